package dev.tributary.definition;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The example that operators copy. */
class ConfigExampleTest {

  private static final Path CONFIG = Path.of("config");

  private static final Definitions EXAMPLE =
      DefinitionReader.read(CONFIG, InstantSource.fixed(Instant.parse("2026-11-21T12:00:00Z")));

  @Test
  void theExampleHasNeitherErrorsNorWarnings() {
    assertThat(EXAMPLE.diagnostics()).extracting(Diagnostic::rendered).isEmpty();
    assertThat(EXAMPLE.jobs())
        .extracting(job -> job.name().value())
        .containsExactly("cpu-daily-berlin", "cpu-hourly", "cpu-latest", "room-climate");
  }

  @Test
  void theArchiveShowsEveryKeyThatS3Has() throws IOException {
    String archive = Files.readString(CONFIG.resolve("archive.yaml"));
    for (String key : DestinationBinder.keysOf("s3")) {
      assertThat(archive).containsPattern("(?m)^ +" + key + ": ");
    }
  }

  @Test
  void theExampleShowsEveryKey() throws IOException {
    String text = text();
    for (List<Key<?>> keys : Keys.SECTIONS.values()) {
      for (Key<?> key : keys) {
        String leaf = key.name().substring(key.name().lastIndexOf('.') + 1);
        assertThat(text).as(key.name()).containsPattern("(?m)(^|[\\s{'])" + leaf + ":( |$)");
      }
    }
  }

  private static String text() throws IOException {
    StringBuilder text = new StringBuilder();
    try (Stream<Path> files = Files.walk(CONFIG)) {
      for (Path file : files.filter(path -> path.toString().endsWith(".yaml")).toList()) {
        text.append(Files.readString(file)).append('\n');
      }
    }
    return text.toString();
  }
}
