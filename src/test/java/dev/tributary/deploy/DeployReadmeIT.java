package dev.tributary.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the page on deployment tells an operator to type. */
class DeployReadmeIT {

  private static final Path README = Path.of("deploy/README.md");

  /** Commands that change a host or a cluster; what they name is looked for instead. */
  private static final List<String> ELSEWHERE =
      List.of("sudo ", "sudoedit ", "docker ", "kubectl create ", "kubectl apply ");

  @Test
  void whatCanRunHereRuns(@TempDir Path folder) throws Exception {
    Tool.require("dpkg-deb");
    PackageTree tree = PackageTree.unpack(folder.resolve("root"));
    Files.copy(
        tree.at("/usr/share/doc/tributary/examples/jobs/room-climate.yaml"),
        tree.at("/etc/tributary/jobs/room-climate.yaml"));
    int run = 0;
    for (String command : commands()) {
      List<String> words = List.of(command.split(" ", -1));
      if (command.startsWith("tributary ")) {
        tree.tributary(folder, words.subList(1, words.size())).successfully();
        run++;
      } else if (command.startsWith("kubectl kustomize ")) {
        Tool.require("kubectl");
        Tool.run(Path.of("."), words).successfully();
        run++;
      } else {
        assertThat(ELSEWHERE)
            .as("known to run elsewhere: %s", command)
            .anyMatch(command::startsWith);
      }
    }
    assertThat(run).isEqualTo(2);
  }

  @Test
  void whatTheOthersNameIsThere(@TempDir Path folder) throws Exception {
    Tool.require("dpkg-deb");
    PackageTree tree = PackageTree.unpack(folder);
    List<String> checked = new ArrayList<>();
    for (String word :
        commands().stream().flatMap(command -> Stream.of(command.split(" ", -1))).toList()) {
      if (word.matches("(\\./)?(target|deploy)/.*")) {
        assertThat(Path.of(word)).exists();
        checked.add(word);
      } else if (word.matches("/(usr|etc)/.*") && !word.endsWith("/influx-token")) {
        assertThat(tree.at(word)).exists();
        checked.add(word);
      } else if (word.endsWith(".service") || word.endsWith(".timer")) {
        assertThat(tree.at("/usr/lib/systemd/system/" + word)).exists();
        checked.add(word);
      }
    }
    assertThat(checked).hasSizeGreaterThan(8);
  }

  @Test
  void theProgramTakesWhatIsTypedAfterAnotherCommand() throws IOException {
    List<String> typed =
        commands().stream()
            .filter(
                command ->
                    command.startsWith("sudo -u tributary tributary ")
                        || command.contains(":0.1.0 "))
            .filter(command -> !command.contains(" build "))
            .map(
                command -> command.replaceFirst(".*(tributary tributary|tributary:0\\.1\\.0) ", ""))
            .toList();
    assertThat(typed).hasSize(2);
    for (String words : typed) {
      CommandWords.assertTaken(List.of(words.split(" ", -1)));
    }
  }

  @Test
  void everyExampleAndEveryFolderIsInATable() throws IOException {
    List<String> rows =
        Files.readAllLines(README).stream()
            .filter(line -> line.startsWith("| `"))
            .map(line -> line.split("`", 3)[1])
            .toList();
    List<String> there = new ArrayList<>();
    try (Stream<Path> examples = Files.list(Path.of("deploy/systemd/examples"));
        Stream<Path> folders = Files.list(Manifest.FOLDER)) {
      Stream.concat(examples, folders)
          .map(file -> file.getFileName().toString())
          .filter(name -> !name.equals("base"))
          .forEach(there::add);
    }
    assertThat(rows).containsExactlyInAnyOrderElementsOf(there);
  }

  private static List<String> commands() throws IOException {
    List<String> commands = new ArrayList<>();
    boolean inside = false;
    for (String line : Files.readAllLines(README)) {
      if (line.startsWith("```")) {
        inside = line.equals("```sh");
      } else if (inside) {
        commands.add(line);
      }
    }
    return commands;
  }
}
