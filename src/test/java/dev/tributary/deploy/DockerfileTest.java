package dev.tributary.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The properties of the image that can be seen without building it. */
class DockerfileTest {

  private static final Path FILE = Path.of("deploy/docker/Dockerfile");

  private Dockerfile file = new Dockerfile(List.of());

  @BeforeEach
  void read() throws IOException {
    file = Dockerfile.read(FILE);
  }

  @Test
  void theUserIsANumberAndNotRoot() {
    assertThat(file.of("USER").value()).matches("[1-9][0-9]*:[1-9][0-9]*");
  }

  @Test
  void noShellStandsBetweenASignalAndTheProgram() {
    assertThat(file.of("ENTRYPOINT").words())
        .startsWith("/usr/bin/java")
        .endsWith("-jar", "/usr/lib/tributary/tributary.jar");
    CommandWords.assertTaken(file.of("CMD").words());
    assertThatThrownBy(() -> Dockerfile.parse("FROM a\nENTRYPOINT java").of("ENTRYPOINT").words())
        .isInstanceOf(AssertionError.class);
  }

  @Test
  void theImageThatIsMadeHasNoShellAndRunsNothingWhileItIsMade() {
    assertThat(file.stages()).hasSize(2);
    assertThat(file.of("FROM").value()).contains("/distroless/java17-").endsWith(":nonroot");
    assertThat(file.last()).extracting(Dockerfile.Instruction::name).doesNotContain("RUN", "ADD");
  }

  @Test
  void everyBaseHasATag() {
    assertThat(file.all())
        .filteredOn(instruction -> instruction.name().equals("FROM"))
        .hasSize(2)
        .allSatisfy(
            from ->
                assertThat(from.value()).matches("[^ ]+:[^ ]+( AS .*)?").doesNotContain("latest"));
  }

  @Test
  void nothingSecretIsBakedIn() {
    Pattern secret = Pattern.compile("(?i)token|password|secret|key|credential");
    assertThat(file.all())
        .filteredOn(
            instruction -> List.of("ENV", "ARG", "COPY", "LABEL").contains(instruction.name()))
        .noneMatch(instruction -> secret.matcher(instruction.value()).find());
  }

  @Test
  void onlyWhatIsCopiedIsSentToTheBuilder() throws IOException {
    List<String> sent =
        Files.readAllLines(FILE.resolveSibling("Dockerfile.dockerignore")).stream()
            .filter(line -> line.startsWith("!"))
            .map(line -> line.substring(1))
            .toList();
    List<String> copied =
        file.all().stream()
            .filter(instruction -> instruction.name().equals("COPY"))
            .flatMap(copy -> copy.sources().stream())
            .toList();
    assertThat(copied).hasSize(2);
    List<String> unmatched = new ArrayList<>(copied);
    for (String pattern : sent) {
      assertThat(
              unmatched.removeIf(
                  source -> source.matches(pattern.replace(".", "\\.").replace("*", "[^/]*"))))
          .as("'%s' is copied", pattern)
          .isTrue();
    }
    assertThat(unmatched).isEmpty();
  }
}
