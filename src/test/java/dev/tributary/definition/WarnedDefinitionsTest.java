package dev.tributary.definition;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What is accepted, but hardly ever meant. */
class WarnedDefinitionsTest {

  static List<Path> warned() {
    return Corpus.files("warned");
  }

  @ParameterizedTest
  @MethodSource("warned")
  void theJobIsSoundAndTheDoubtIsTold(Path file) throws IOException {
    Definitions definitions = Corpus.read(file);
    assertThat(definitions.hasErrors()).as("%s", definitions.diagnostics()).isFalse();
    assertThat(definitions.diagnostics()).isNotEmpty();
    Corpus.isAsExpected(file, definitions);
  }
}
