package dev.tributary.testing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tributary.definition.DefinitionReader;
import dev.tributary.definition.Definitions;
import dev.tributary.job.Job;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Jobs as an operator would write them, in a file of the test's folder. */
public final class Definition {

  private Definition() {}

  /** Hourly means of the sample data's rooms on its one day: 24 windows, 13 of them with rows. */
  public static String hourly(String source, Path lake) {
    return """
        sources:
          plant: {url: '%s'}
        destinations:
          lake: {url: '%s'}
        jobs:
          climate:
            source: plant
            bucket: home
            sql: |
              SELECT DATE_BIN(INTERVAL '1 hour', time) AS time, room, avg(temp) AS temp, sum(co) AS co
              FROM home WHERE time >= $start AND time < $end GROUP BY 1, room ORDER BY room, 1
            window: {every: 1h, start: 2022-01-01}
            catchup: 3d
            retries: 0
            destination: {to: lake}
        """
        .formatted(source, url(lake));
  }

  /** A folder as the URL of a destination. */
  public static String url(Path folder) {
    String url = folder.toUri().toString();
    return url.endsWith("/") ? url.substring(0, url.length() - 1) : url;
  }

  /** Writes definitions to a file and reads them back; any mistake fails the test. */
  public static Definitions read(Path folder, String yaml) throws IOException {
    Files.createDirectories(folder);
    Path file = folder.resolve("tributary.yaml");
    Files.writeString(file, yaml);
    Definitions definitions = DefinitionReader.read(file);
    assertThat(definitions.hasErrors()).as("%s", definitions.diagnostics()).isFalse();
    return definitions;
  }

  /** The one job of these definitions. */
  public static Job only(Path folder, String yaml) throws IOException {
    return read(folder, yaml).jobs().get(0);
  }
}
