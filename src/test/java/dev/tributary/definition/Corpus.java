package dev.tributary.definition;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Definitions with what the reader says of each beside it, in {@code NAME.expected}. With the
 * property {@code tributary.test.write} the answers of today are written there, to be read and
 * committed.
 */
final class Corpus {

  private static final Path ROOT = Path.of("src/test/resources/definition");
  private static final InstantSource CLOCK =
      InstantSource.fixed(Instant.parse("2026-11-21T12:00:00Z"));

  private Corpus() {}

  static List<Path> files(String folder) {
    try (Stream<Path> files = Files.list(ROOT.resolve(folder))) {
      return files.filter(file -> file.toString().endsWith(".yaml")).sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static Definitions read(Path file) {
    return DefinitionReader.read(file, CLOCK);
  }

  static void isAsExpected(Path file, Definitions definitions) throws IOException {
    String said =
        definitions.diagnostics().stream()
            .map(diagnostic -> diagnostic.rendered() + "\n")
            .collect(Collectors.joining());
    Path expected =
        file.resolveSibling(file.getFileName().toString().replace(".yaml", ".expected"));
    if (Boolean.getBoolean("tributary.test.write")) {
      Files.writeString(expected, said);
    }
    assertThat(said).isEqualTo(Files.readString(expected));
  }
}
