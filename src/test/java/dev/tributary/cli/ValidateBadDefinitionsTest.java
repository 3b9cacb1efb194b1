package dev.tributary.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** {@code validate} over every mistake of the corpus, as a user types it. */
class ValidateBadDefinitionsTest {

  private static final Path ROOT = Path.of("src/test/resources/definition");

  @Test
  void everyMistakeEndsWith78AndWithoutAStackTrace() throws IOException {
    for (Path file : files("bad")) {
      Typed typed = Typed.in(Path.of("."), "validate", "--config", file.toString());
      assertThat(typed.code()).as("%s: %s", file, typed.all()).isEqualTo(78);
      assertThat(typed.err()).as("%s", file).contains(": error: ");
      assertThat(typed.all())
          .as("%s", file)
          .doesNotContain("Exception")
          .doesNotContain("\tat ")
          .doesNotContainIgnoringCase("s3cret");
    }
  }

  @Test
  void aDoubtIsToldButDoesNotFail() throws IOException {
    for (Path file : files("warned")) {
      Typed typed = Typed.in(Path.of("."), "validate", "--config", file.toString());
      assertThat(typed.code()).as("%s: %s", file, typed.all()).isZero();
      assertThat(typed.err()).as("%s", file).contains(": warning: ");
    }
  }

  @Test
  void theExampleIsSound() {
    Typed typed = Typed.in(Path.of("."), "validate", "--config", "config");
    assertThat(typed.code()).as("%s", typed.all()).isZero();
    assertThat(typed.err()).contains("4 sound jobs, 0 errors, 0 warnings");
  }

  private static List<Path> files(String folder) throws IOException {
    try (Stream<Path> files = Files.list(ROOT.resolve(folder))) {
      return files.filter(file -> file.toString().endsWith(".yaml")).sorted().toList();
    }
  }
}
