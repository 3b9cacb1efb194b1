package dev.tributary.definition;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** One mistake to a file, and what an operator reads about it. */
class BadDefinitionsTest {

  static List<Path> bad() {
    return Corpus.files("bad");
  }

  @Test
  void everyKindOfMistakeIsThere() {
    assertThat(bad()).hasSizeGreaterThanOrEqualTo(125);
  }

  @ParameterizedTest
  @MethodSource("bad")
  void theMistakeIsNamedAtItsPlace(Path file) throws IOException {
    Definitions definitions = Corpus.read(file);
    List<Diagnostic> errors =
        definitions.diagnostics().stream().filter(Diagnostic::isError).toList();
    assertThat(errors).isNotEmpty();
    for (Diagnostic error : errors) {
      Path place = file.resolveSibling(error.file());
      List<String> lines = Files.readString(place).lines().toList();
      assertThat(error.line()).as("line of %s", error).isBetween(1, lines.size() + 1);
      String line = error.line() > lines.size() ? "" : lines.get(error.line() - 1);
      assertThat(error.column()).as("column of %s", error).isBetween(1, line.length() + 1);
      assertThat(error.message())
          .as("no class name, no secret")
          .doesNotContainPattern("Exception|java\\.|snakeyaml|dev\\.tributary|@[0-9a-f]{6}")
          .doesNotContainIgnoringCase("s3cret");
    }
    Corpus.isAsExpected(file, definitions);
  }
}
