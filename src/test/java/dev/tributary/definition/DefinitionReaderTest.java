package dev.tributary.definition;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tributary.job.Job;
import dev.tributary.job.Output;
import dev.tributary.job.Secret;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DefinitionReaderTest {

  private static final InstantSource CLOCK =
      InstantSource.fixed(Instant.parse("2026-11-23T00:00:00Z"));

  private static final String ENDS =
      """
      sources:
        plant: {url: "grpc://127.0.0.1:8181", token: "${env:INFLUX_TOKEN}"}
      destinations:
        lake: {url: "file:///srv/lake"}
      """;

  @TempDir private Path folder = Path.of("");

  private static String job(String name, String more) {
    return """
        jobs:
          %s:
            source: plant
            bucket: home
            sql: |
              SELECT DATE_BIN(INTERVAL '1 hour', time) AS time, avg(temp) AS temp FROM home
              WHERE time >= $start AND time < $end GROUP BY 1
            window: {every: 1d}
            destination: {to: lake}
        %s"""
        .formatted(name, more.indent(4));
  }

  private Definitions read(String yaml) throws IOException {
    write("tributary.yaml", yaml);
    return DefinitionReader.read(folder, CLOCK);
  }

  private void write(String name, String text) throws IOException {
    Path file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }

  private static List<String> said(Definitions definitions) {
    return definitions.diagnostics().stream().map(Diagnostic::rendered).toList();
  }

  private static Job only(Definitions definitions) {
    assertThat(said(definitions)).isEmpty();
    assertThat(definitions.jobs()).hasSize(1);
    return definitions.jobs().get(0);
  }

  @Test
  void aFolderIsTheUnionOfItsFilesAndNamesWithADotAreSkipped() throws IOException {
    write("ends.yml", ENDS);
    write("jobs/a.yaml", job("one", ""));
    write("jobs/deep/b.yaml", job("two", ""));
    write(".hidden.yaml", "nonsense: [");
    write("..data/c.yaml", "nonsense: [");
    write("notes.txt", "nonsense: [");

    Definitions definitions = DefinitionReader.read(folder, CLOCK);

    assertThat(said(definitions)).isEmpty();
    assertThat(definitions.jobs())
        .extracting(job -> job.name().value())
        .containsExactly("one", "two");
  }

  @Test
  void aLinkBackToItsOwnFolderIsReadOnce() throws IOException {
    write("tributary.yaml", ENDS + job("one", ""));
    Files.createSymbolicLink(folder.resolve("again"), folder);

    assertThat(said(DefinitionReader.read(folder, CLOCK))).isEmpty();
  }

  @Test
  void aPathThatDoesNotExistIsADiagnostic() {
    Definitions definitions = DefinitionReader.read(folder.resolve("nowhere"), CLOCK);

    assertThat(definitions.hasErrors()).isTrue();
    assertThat(said(definitions).get(0))
        .startsWith("nowhere:1:1: error: ")
        .endsWith("cannot be read: no such file or folder");
  }

  @Test
  void anchorsAndMergeKeysAreFollowedAndOwnKeysGoFirst() throws IOException {
    Definitions definitions =
        read(
            ENDS
                + """
                x-base: &base
                  source: plant
                  bucket: home
                  retries: 7
                  format: arrow
                  destination: &to {to: lake}
                jobs:
                  one:
                    <<: *base
                    retries: 2
                    sql: SELECT time FROM home WHERE time >= $start AND time < $end
                    window: {every: 1h}
                """);

    Job job = only(definitions);
    assertThat(job.retries()).isEqualTo(2);
    assertThat(job.output().format()).isEqualTo(Output.Format.ARROW);
  }

  @Test
  void aJobTakesWhatItLacksFromTheDefaultsOfAnotherFile() throws IOException {
    write("defaults.yaml", "defaults: {retries: 9, timestamps: ms, window: {delay: 1h}}");
    Definitions definitions = read(ENDS + job("one", "timestamps: {unit: ns}"));

    Job job = only(definitions);
    assertThat(job.retries()).isEqualTo(9);
    assertThat(job.output().timestamps()).isEqualTo(Output.TimestampUnit.NS);
    assertThat(job.windowing().orElseThrow().delay()).isEqualTo(Duration.ofHours(1));
  }

  @Test
  void aNameDefinedInTwoFilesIsToldWithBothPlacesAndNeitherIsUsed() throws IOException {
    write("a.yaml", job("one", ""));
    write("b.yaml", job("one", "retries: 1") + job("two", "").replace("jobs:\n", ""));
    Definitions definitions = read(ENDS);

    assertThat(said(definitions))
        .singleElement()
        .asString()
        .startsWith("b.yaml:2:3: error: 'one' is defined twice; it is also at a.yaml:2");
    assertThat(definitions.jobs()).extracting(job -> job.name().value()).containsExactly("two");
    assertThat(definitions.broken()).containsExactly("one");
  }

  @Test
  void aBrokenSourceBreaksItsJobsOnlyAndIsReportedOnce() throws IOException {
    Definitions definitions =
        read(
            ENDS.replace("sources:", "sources:\n  other: {url: 'http://127.0.0.1:1'}")
                + job("one", "")
                + job("two", "").replace("jobs:\n", "").replace("plant", "other"));

    assertThat(definitions.diagnostics()).hasSize(1);
    assertThat(definitions.jobs()).extracting(job -> job.name().value()).containsExactly("one");
    assertThat(definitions.broken()).containsExactly("two");
  }

  @Test
  void aFileThatIsNotYamlDoesNotMakeItsNamesMissing() throws IOException {
    write("sources.yaml", "sources: {plant: {url: 'grpc://127.0.0.1:8181'}");
    Definitions definitions =
        read("destinations: {lake: {url: 'file:///srv/lake'}}\n" + job("one", ""));

    assertThat(said(definitions)).singleElement().asString().startsWith("sources.yaml:");
    assertThat(definitions.broken()).containsExactly("one");
  }

  @Test
  void mistakesOfAllFilesComeSortedByPlace() throws IOException {
    write("b.yaml", job("two", "retrys: 1\nformat: csv"));
    write("a.yaml", job("one", "retries: 99"));
    Definitions definitions = read(ENDS);

    assertThat(definitions.diagnostics())
        .extracting(diagnostic -> diagnostic.file() + ":" + diagnostic.line())
        .containsExactly("a.yaml:10", "b.yaml:10", "b.yaml:11");
  }

  @Test
  void aQueryInAFileIsReadBesideItsDefinitionAndMistakesHaveItsPlace() throws IOException {
    write("ends.yaml", ENDS);
    String yaml = job("one", "");
    int from = yaml.indexOf("    sql: |");
    yaml =
        yaml.substring(0, from)
            + "    sql_file: one.sql\n"
            + yaml.substring(yaml.indexOf("    window:"));
    write(
        "jobs/one.sql",
        "SELECT time\nFROM home WHERE time >= $start AND time < $end AND time < now()\n");
    write("jobs/one.yaml", yaml);
    Definitions definitions = DefinitionReader.read(folder, CLOCK);

    assertThat(said(definitions))
        .singleElement()
        .satisfies(
            text -> assertThat(text).startsWith("jobs/one.sql:2:59: error: a windowed query"));
  }

  @Test
  void secretsStayReferences() throws IOException {
    Job job = only(read(ENDS + job("one", "")));

    assertThat(job.source().token()).contains(new Secret(Secret.Store.ENV, "INFLUX_TOKEN"));
  }

  @Test
  void aCommentOrAScheduleChangesNoHash() throws IOException {
    Job before = only(read(ENDS + job("one", "")));
    String changed =
        job("one", "schedule: '15 3 * * *'\nretries: 1").replace("GROUP", "-- x\n GROUP");
    Job after = only(read(ENDS + changed.replace("\n GROUP", "\n          GROUP")));

    assertThat(after.hashes()).isEqualTo(before.hashes());
    assertThat(before.hashes().query()).matches("[0-9a-f]{16}");
  }

  @Test
  void whatAffectsBytesChangesTheDefinitionAndWhatAffectsRowsBoth() throws IOException {
    Job before = only(read(ENDS + job("one", "")));
    Job bytes = only(read(ENDS + job("one", "compression_level: 9")));
    Job rows = only(read(ENDS + job("one", "").replace("avg(temp)", "max(temp)")));
    Job bucket = only(read(ENDS + job("one", "").replace("bucket: home", "bucket: garden")));

    assertThat(bytes.hashes().query()).isEqualTo(before.hashes().query());
    assertThat(bytes.hashes().definition()).isNotEqualTo(before.hashes().definition());
    assertThat(rows.hashes().query()).isNotEqualTo(before.hashes().query());
    assertThat(rows.hashes().definition()).isNotEqualTo(before.hashes().definition());
    assertThat(bucket.hashes().query()).isNotEqualTo(before.hashes().query());
  }

  @Test
  void chainsOfMergesAreFollowedOnce() throws IOException {
    StringBuilder yaml = new StringBuilder("x-0: &a0 {retries: 1}\n");
    for (int i = 1; i <= 19; i++) {
      String one = "*a" + (i - 1);
      yaml.append("x-").append(i).append(": &a").append(i).append(" {<<: [");
      yaml.append(String.join(", ", Collections.nCopies(10, one))).append("]}\n");
    }
    Definitions definitions = read(yaml + ENDS + job("one", "<<: *a19"));

    assertThat(only(definitions).retries()).isEqualTo(1);
  }

  @Test
  void theProcessHasItsSettings() throws IOException {
    Definitions definitions =
        read(
            ENDS
                + job("one", "")
                + """
                limits: {memory: 256MiB, runs: 8, per_job: 2}
                daemon: {http: {port: 9000}, log: {format: json}}
                notify: {webhook: "${credential:hook}", on: failure}
                """);

    assertThat(said(definitions)).isEmpty();
    assertThat(definitions.limits()).isEqualTo(new Definitions.Limits(256 << 20, 8, 2));
    assertThat(definitions.daemon().port()).isEqualTo(9000);
    assertThat(definitions.daemon().jsonLog()).isTrue();
    assertThat(definitions.daemon().grace()).isEqualTo(Duration.ofSeconds(60));
    assertThat(definitions.notice().orElseThrow().reference())
        .contains(new Secret(Secret.Store.CREDENTIAL, "hook"));
    assertThat(definitions.notice().orElseThrow().on())
        .containsExactly(Definitions.Occasion.FAILURE);
  }

  @Test
  void tenThousandJobsAreReadInSeconds() throws IOException {
    StringBuilder yaml = new StringBuilder(ENDS).append("jobs:\n");
    for (int i = 0; i < 10_000; i++) {
      yaml.append("  job-")
          .append(i)
          .append(": {source: plant, bucket: home, window: {every: 1h}, ");
      yaml.append("sql: 'SELECT time FROM home WHERE time >= $start AND time < $end', ");
      yaml.append("destination: {to: lake}}\n");
    }
    long began = System.nanoTime();
    Definitions definitions = read(yaml.toString());
    Duration took = Duration.ofNanos(System.nanoTime() - began);

    assertThat(definitions.jobs()).hasSize(10_000);
    assertThat(took).isLessThan(Duration.ofSeconds(20));
  }
}
