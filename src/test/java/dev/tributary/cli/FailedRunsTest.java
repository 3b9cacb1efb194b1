package dev.tributary.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tributary.query.ReplayServer;
import dev.tributary.sandbox.Sandbox;
import dev.tributary.sandbox.SandboxSettings;
import dev.tributary.testing.Definition;
import io.grpc.Status;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.stream.Stream;
import org.apache.arrow.vector.TimeStampNanoVector;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.types.TimeUnit;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.Schema;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Whatever fails: the right code, one clear sentence, nothing visible, and the next run completes.
 */
class FailedRunsTest {

  private static final String WINDOW = "2022-01-01T12:00:00Z";

  private static Sandbox sandbox;

  private final Path folder;
  private final Path lake;

  FailedRunsTest(@TempDir Path folder) {
    this.folder = folder;
    this.lake = folder.resolve("lake");
  }

  @BeforeAll
  static void start() throws Exception {
    sandbox = Sandbox.start(SandboxSettings.standard());
    sandbox.loadHome("home");
  }

  @AfterAll
  static void stop() {
    sandbox.close();
  }

  @BeforeEach
  void sandboxAnswersAgain() {
    sandbox.change(SandboxSettings.standard());
  }

  @Test
  void aStreamThatBreaksOffPublishesNothing() throws Exception {
    try (ReplayServer broken =
        queried(
            (ticket, answer) -> {
              try (VectorSchemaRoot root = answer.columns(times())) {
                fill(root, Instant.parse(WINDOW));
                answer.batch();
                answer.fail(Status.UNAVAILABLE.withDescription("going away"));
              }
            })) {
      failsThenCompletes(broken.url(), 69, "going away");
    }
  }

  @Test
  void aServerThatIsNotThereIsUnreachable() throws Exception {
    failsThenCompletes("grpc://127.0.0.1:1", 69, "127.0.0.1:1");
  }

  @Test
  void aSilentServerIsLeftAfterItsIdleTime() throws Exception {
    try (ReplayServer silent = queried((ticket, answer) -> answer.fallSilent())) {
      failsThenCompletes(silent.url(), 69, "1s");
    }
  }

  @Test
  void aServerThatOnlyKeepsAliveIsLeftAfterTheWindowsTime() throws Exception {
    try (ReplayServer alive =
        queried(
            (ticket, answer) -> {
              try (VectorSchemaRoot root = answer.columns(times())) {
                while (!answer.pause(100)) {
                  answer.keepAlive(root);
                }
              }
            })) {
      failsThenCompletes(alive.url(), 69, "3s");
    }
  }

  @Test
  void aWrongTokenIsNotAuthorisedAndNotPrinted() throws Exception {
    sandbox.change(SandboxSettings.standard().withToken("right"));
    Path secret = Files.writeString(folder.resolve("token"), "pl4nted-s3cret\n");
    String yaml =
        yaml(sandbox.url()).replace("plant: {", "plant: {token: '${file:" + secret + "}', ");
    Definition.read(folder, yaml);
    Typed typed = run();
    assertThat(typed.code()).as(typed.all()).isEqualTo(77);
    assertThat(typed.all()).doesNotContain("pl4nted");
    nothingIsVisible();
  }

  @Test
  void aQueryTheServerRefusesEndsWith65() throws Exception {
    Definition.read(folder, yaml(sandbox.url()).replace("avg(temp)", "avg(nosuch)"));
    Typed typed = run();
    assertThat(typed.code()).as(typed.all()).isEqualTo(65);
    assertThat(typed.err()).contains("nosuch").doesNotContain("Exception");
    nothingIsVisible();
  }

  @Test
  void aFolderThatCannotBeWrittenEndsWith73() throws Exception {
    Files.writeString(lake, "a file where the folder should be");
    Definition.read(folder, yaml(sandbox.url()));
    Typed typed = run();
    assertThat(typed.code()).as(typed.all()).isEqualTo(73);
    assertThat(typed.err()).contains(lake.toString()).doesNotContain("Exception");
    Files.delete(lake);
    assertThat(run().code()).isZero();
  }

  @Test
  void rowsOutsideTheWindowAreRefused() throws Exception {
    Definition.read(
        folder,
        yaml(sandbox.url())
            .replace("time >= $start AND time < $end", "time >= $start AND time <= $end"));
    Typed typed = run();
    assertThat(typed.code()).as(typed.all()).isEqualTo(65);
    assertThat(typed.err()).contains("must lie inside the window");
    nothingIsVisible();
  }

  @Test
  void tooFewRowsAreRefusedWhenTheJobExpectsMore() throws Exception {
    Definition.read(
        folder,
        yaml(sandbox.url()).replace("retries: 0", "retries: 0\n    expect: {rows: '>= 5'}"));
    Typed typed = run();
    assertThat(typed.code()).as(typed.all()).isEqualTo(65);
    assertThat(typed.err()).contains("2 rows came, expected at least 5");
    nothingIsVisible();
  }

  @Test
  void aMissingTableThatCountsAsEmptyIsSettledOnceWithoutAFile() throws Exception {
    Definition.read(
        folder,
        yaml(sandbox.url())
            .replace("FROM home", "FROM nosuchtable")
            .replace("retries: 0", "retries: 0\n    missing_table: empty"));
    Typed typed = run();
    assertThat(typed.code()).as(typed.all()).isZero();
    assertThat(typed.err()).contains("empty").contains("no file");
    nothingIsVisible();
    assertThat(run().err()).contains("found");
  }

  @Test
  void aStrangersFileIsLeftAlone() throws Exception {
    Definition.read(folder, yaml(sandbox.url()));
    assertThat(run().code()).isZero();
    Path file = dataFiles().get(0);
    Files.delete(file);
    try (Stream<Path> receipts = Files.walk(lake.resolve("_tributary/climate/windows"))) {
      receipts.filter(Files::isRegularFile).forEach(FailedRunsTest::delete);
    }
    Files.writeString(file, "not ours");
    Typed typed = run();
    assertThat(typed.code()).as(typed.all()).isEqualTo(65);
    assertThat(typed.err()).contains("left alone");
    assertThat(file).hasContent("not ours");
  }

  private void failsThenCompletes(String url, int code, String words) throws Exception {
    Definition.read(folder, yaml(url));
    Typed failed = run();
    assertThat(failed.code()).as(failed.all()).isEqualTo(code);
    assertThat(failed.err()).contains(words).doesNotContain("Exception").doesNotContain("\tat ");
    nothingIsVisible();

    sandbox.change(SandboxSettings.standard());
    Definition.read(folder, yaml(sandbox.url()));
    Typed completed = run();
    assertThat(completed.code()).as(completed.all()).isZero();
    assertThat(dataFiles()).hasSize(1);
  }

  private Typed run() {
    return Typed.in(folder, "run", "climate", "--window", WINDOW, "--config", "tributary.yaml");
  }

  private String yaml(String url) {
    return Definition.hourly(url, lake)
        .replace("url: '" + url + "'", "url: '" + url + "', timeouts: {idle: 1s, window: 3s}");
  }

  private void nothingIsVisible() throws IOException {
    assertThat(dataFiles()).isEmpty();
  }

  private List<Path> dataFiles() throws IOException {
    if (Files.notExists(lake)) {
      return List.of();
    }
    try (Stream<Path> files = Files.walk(lake)) {
      return files
          .filter(Files::isRegularFile)
          .filter(file -> !file.startsWith(lake.resolve("_tributary")))
          .toList();
    }
  }

  /** A server that tells the time, and plays a script at every other query. */
  private static ReplayServer queried(ReplayServer.Script script) throws IOException {
    return ReplayServer.scripted(
        (ticket, answer) -> {
          if (ticket.get("sql_query").asText().equals("SELECT now()")) {
            try (VectorSchemaRoot root = answer.columns(times())) {
              fill(root, InstantSource.system().instant());
              answer.batch();
            }
          } else {
            script.play(ticket, answer);
          }
        });
  }

  private static void fill(VectorSchemaRoot root, Instant time) {
    TimeStampNanoVector times = (TimeStampNanoVector) root.getVector(0);
    times.setSafe(0, time.getEpochSecond() * 1_000_000_000L);
    root.setRowCount(1);
  }

  private static Schema times() {
    return new Schema(
        List.of(Field.nullable("time", new ArrowType.Timestamp(TimeUnit.NANOSECOND, null))));
  }

  private static void delete(Path file) {
    try {
      Files.delete(file);
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }
}
