package dev.tributary.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tributary.definition.DefinitionReader;
import dev.tributary.definition.Definitions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the README shows, done. */
class ReadmeTest {

  private static final Path README = Path.of("README.md");
  private static final String JAR = "java -jar target/tributary.jar ";

  /** Build commands, which run this very test. */
  private static final List<String> BUILDS = List.of("mvn -q -DskipTests package", "mvn verify");

  @Test
  void everyCommandRuns(@TempDir Path folder) throws IOException {
    copy(Path.of("config"), folder.resolve("config"));
    int run = 0;
    for (String command : blocks("sh").stream().flatMap(String::lines).toList()) {
      if (BUILDS.contains(command)) {
        continue;
      }
      assertThat(command).startsWith(JAR);
      Typed typed = Typed.in(folder, command.substring(JAR.length()).split(" ", -1));
      assertThat(typed.code()).as(command + "\n" + typed.all()).isZero();
      run++;
    }
    assertThat(run).isGreaterThan(3);
  }

  @Test
  void theJobIsSound(@TempDir Path folder) throws IOException {
    Path file = folder.resolve("job.yaml");
    Files.writeString(file, blocks("yaml").get(0));
    Definitions definitions = DefinitionReader.read(file);
    assertThat(definitions.diagnostics()).isEmpty();
    assertThat(definitions.jobs()).hasSize(1);
  }

  @Test
  void theCommandsAreTheOnesThereAre() throws IOException {
    List<String> named =
        Files.readString(README)
            .lines()
            .filter(line -> line.startsWith("| `"))
            .map(line -> line.substring(3).split("[` ]", 2)[0])
            .toList();
    Set<String> there =
        new HashSet<>(Tributary.line(Console.ofProcess()).getSubcommands().keySet());
    // the launcher's, which the text tells of
    there.remove("train");
    assertThat(named).containsExactlyInAnyOrderElementsOf(there);
  }

  @Test
  void itFitsOnAFewScreens() throws IOException {
    assertThat(Files.readAllLines(README)).hasSizeLessThanOrEqualTo(150);
  }

  private static List<String> blocks(String language) throws IOException {
    List<String> blocks = new ArrayList<>();
    StringBuilder block = new StringBuilder();
    boolean inside = false;
    for (String line : Files.readAllLines(README)) {
      if (inside && line.equals("```")) {
        blocks.add(block.toString());
        block.setLength(0);
        inside = false;
      } else if (inside) {
        block.append(line).append('\n');
      } else {
        inside = line.equals("```" + language);
      }
    }
    return blocks;
  }

  private static void copy(Path from, Path to) throws IOException {
    try (Stream<Path> all = Files.walk(from)) {
      for (Path path : all.toList()) {
        Path target = to.resolve(from.relativize(path).toString());
        if (Files.isDirectory(path)) {
          Files.createDirectories(target);
        } else {
          Files.copy(path, target);
        }
      }
    }
  }
}
