package dev.tributary.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tributary.job.Failure;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.apache.arrow.flight.FlightClient;
import org.apache.arrow.flight.FlightRuntimeException;
import org.apache.arrow.flight.FlightStream;
import org.apache.arrow.flight.Location;
import org.apache.arrow.flight.Ticket;
import org.apache.arrow.memory.RootAllocator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
@SuppressWarnings("try") // a close that an interrupt ends fails the test, as it should
class SandboxTest {

  private static final SandboxSettings STANDARD = SandboxSettings.standard();
  private static final CpuSample CPU =
      new CpuSample(
          5, Instant.parse("2026-01-01T00:00:00Z"), Duration.ofDays(1), Duration.ofSeconds(20), 7);

  private Sandbox sandbox;

  @BeforeEach
  void start() throws Failure {
    sandbox = Sandbox.start(STANDARD);
  }

  @AfterEach
  void stop() {
    sandbox.close();
  }

  private Answer ask(String sql) throws Exception {
    return Answer.toSql(sandbox.port(), "home", sql);
  }

  private Answer ask(String sql, String params) throws Exception {
    String ticket =
        "{\"database\":\"home\",\"sql_query\":\"%s\",\"params\":%s}".formatted(sql, params);
    return Answer.to(sandbox.port(), ticket.getBytes(StandardCharsets.UTF_8), "");
  }

  @Test
  void aSlowQueryIsKeptAliveByEmptyBatches() throws Exception {
    sandbox.loadHome("home");
    sandbox.change(
        STANDARD.withLatency(Duration.ofMillis(500)).withKeepAlive(Duration.ofMillis(50)));

    Answer answer = ask("SELECT room, temp FROM home");

    assertThat(answer.status()).isEqualTo("OK");
    assertThat(answer.batches()).startsWith(0, 0).endsWith(26);
  }

  @Test
  void aQueryThatReadsTooMuchFailsInItsStreamAndASmallerRangePasses() throws Exception {
    sandbox.loadHome("home");
    sandbox.change(STANDARD.withMemoryLimit(1000));
    String day = "SELECT temp FROM home WHERE time >= '2022-01-01' AND time < '2022-01-02'";
    String hour =
        "SELECT temp FROM home WHERE time >= '2022-01-01T08:00:00Z' AND time < '2022-01-01T09:00:00Z'";

    Answer tooMuch = ask(day);
    Answer little = ask(hour);

    assertThat(tooMuch.status()).isEqualTo("RESOURCE_EXHAUSTED");
    assertThat(tooMuch.batches()).containsExactly(0);
    assertThat(tooMuch.message()).contains("Resources exhausted");
    assertThat(little.status()).isEqualTo("OK");
    assertThat(little.rows()).hasSize(2);
  }

  @Test
  void theFileLimitGoesByTheTimeThatTheQueryAsksFor() throws Exception {
    sandbox.loadHome("home");
    sandbox.change(STANDARD.withFileLimit(5, Duration.ofHours(1)));
    String sql = "SELECT count(*) AS n FROM home WHERE time >= $start AND time < $end";

    Answer six = ask(sql, "{\"start\":\"2022-01-01T08:00:00Z\",\"end\":\"2022-01-01T14:00:00Z\"}");
    Answer five = ask(sql, "{\"start\":\"2022-01-01T08:00:00Z\",\"end\":\"2022-01-01T13:00:00Z\"}");

    assertThat(six.status()).isEqualTo("INTERNAL");
    assertThat(six.message()).contains("Query would exceed file limit of 5 parquet files");
    assertThat(five.rows()).containsExactly(List.of(10L));
  }

  @Test
  void aBoundThatHoldsForSomeRowsOnlyIsNoBoundForTheFileLimit() throws Exception {
    sandbox.loadHome("home");
    sandbox.load("home", "other,a=b v=1 1641024000", TimeUnit.SECONDS);
    sandbox.change(STANDARD.withFileLimit(5, Duration.ofHours(1)));

    Answer either =
        ask(
            "SELECT count(*) AS n FROM home WHERE time < '2022-01-01T09:00:00Z' OR room = 'Kitchen'");
    Answer joined =
        ask(
            "SELECT count(*) AS n FROM home a JOIN other b ON a.time = b.time"
                + " WHERE a.time < '2022-01-01T09:00:00Z'");

    assertThat(either.message()).contains("Query would exceed file limit");
    assertThat(joined.rows()).containsExactly(List.of(2L));
  }

  @Test
  void aStreamToldToBreakOffFailsAfterGoodRows() throws Exception {
    sandbox.loadCpu("home", CPU);
    sandbox.change(STANDARD.breakingOffAfter(2));

    Answer answer = ask("SELECT * FROM cpu");

    assertThat(answer.status()).isEqualTo("UNAVAILABLE");
    assertThat(answer.batches()).hasSize(2).allMatch(rows -> rows > 0 && rows <= 8192);
  }

  @Test
  void aLargeResultArrivesWholeInBatchesOfAtMost8192Rows() throws Exception {
    sandbox.loadCpu("home", CPU);

    Answer answer = ask("SELECT host, time, usage_user FROM cpu ORDER BY host, time");

    assertThat(answer.rows()).hasSize(5 * 24 * 60 * 3).doesNotHaveDuplicates();
    assertThat(answer.batches()).allMatch(rows -> rows <= 8192);
  }

  @Test
  void theSameSeedGivesTheSameSample() throws Exception {
    sandbox.loadCpu("home", CPU);
    sandbox.loadCpu("other", CPU);
    String sql =
        "SELECT host, sum(usage_user) AS u, sum(processes) AS p FROM cpu GROUP BY host ORDER BY host";

    assertThat(ask(sql).rows()).hasSize(5);
    assertThat(ask(sql).rows()).isEqualTo(Answer.toSql(sandbox.port(), "other", sql).rows());
  }

  @Test
  void aCallerWhoLeavesIsLetGo() throws Exception {
    sandbox.loadHome("home");
    sandbox.change(STANDARD.withLatency(Duration.ofHours(1)).withKeepAlive(Duration.ofMillis(20)));
    byte[] ticket =
        "{\"database\":\"home\",\"sql_query\":\"SELECT * FROM home\"}"
            .getBytes(StandardCharsets.UTF_8);
    try (RootAllocator allocator = new RootAllocator();
        FlightClient client =
            FlightClient.builder(allocator, Location.forGrpcInsecure("127.0.0.1", sandbox.port()))
                .build()) {
      try (FlightStream stream = client.getStream(new Ticket(ticket))) {
        assertThat(stream.next()).isTrue();
        stream.cancel("enough", null);
        assertThatThrownBy(
                () -> {
                  while (stream.next()) {
                    assertThat(stream.getRoot().getRowCount()).isZero();
                  }
                })
            .isInstanceOf(FlightRuntimeException.class);
      }
      sandbox.change(STANDARD);
      assertThat(ask("SELECT 1 AS one").rows()).containsExactly(List.of(1L));
    }
  }

  @Test
  void closingEndsAQueryThatIsUnderWay() throws Exception {
    sandbox.loadHome("home");
    sandbox.change(STANDARD.withLatency(Duration.ofHours(1)).withKeepAlive(Duration.ofMillis(20)));
    ExecutorService threads = Executors.newSingleThreadExecutor();
    try {
      Future<Answer> answer = threads.submit(() -> ask("SELECT * FROM home"));
      while (sandbox.queries() == 0) {
        Thread.onSpinWait();
      }
      sandbox.close();
      assertThat(answer.get(20, TimeUnit.SECONDS).status()).isNotEqualTo("OK");
    } finally {
      threads.shutdownNow();
    }
  }

  @Test
  void queriesAndLoadsGoOnAtTheSameTime() throws Exception {
    sandbox.loadHome("home");
    ExecutorService threads = Executors.newFixedThreadPool(4);
    try {
      List<Callable<List<List<Object>>>> calls = new ArrayList<>();
      for (int i = 0; i < 40; i++) {
        calls.add(() -> ask("SELECT count(*) AS n FROM home WHERE room <> 'Attic'").rows());
      }
      List<Future<List<List<Object>>>> answers = new ArrayList<>();
      for (Callable<List<List<Object>>> call : calls) {
        answers.add(threads.submit(call));
        sandbox.load("home", "home,room=Attic temp=1 " + answers.size(), TimeUnit.SECONDS);
      }
      for (Future<List<List<Object>>> answer : answers) {
        assertThat(answer.get()).containsExactly(List.of(26L));
      }
    } finally {
      threads.shutdownNow();
    }
    assertThat(ask("SELECT count(*) AS n FROM home").rows()).containsExactly(List.of(66L));
  }

  @Test
  void nowIsTheClockOfTheSettings() throws Exception {
    sandbox.loadHome("home");
    sandbox.change(STANDARD.withClock(InstantSource.fixed(Instant.parse("2022-01-01T12:00:00Z"))));
    String sql =
        "SELECT count(*) AS n FROM home WHERE time > now() - INTERVAL '2 hours' AND time <= now()";

    assertThat(ask(sql).rows()).containsExactly(List.of(4L));
  }

  @Test
  void nothingButReadingIsAllowed(@TempDir Path folder) throws Exception {
    Path file = folder.resolve("stolen.csv");

    Answer copy = ask("COPY (SELECT 1) TO '" + file + "'");
    sandbox.create("home");
    Answer again = ask("COPY (SELECT 1) TO '" + file + "'");
    Answer two = ask("SELECT 1; COPY (SELECT 1) TO '" + file + "'");
    Answer hidden = ask("WITH x AS (SELECT 1) COPY (SELECT 1) TO '" + file + "'");

    assertThat(copy.message()).contains("database not found: home");
    for (Answer refused : List.of(again, two, hidden)) {
      assertThat(refused.status()).isEqualTo("INVALID_ARGUMENT");
    }
    assertThat(again.message()).contains("DML not supported");
    assertThat(file).doesNotExist();
  }

  @Test
  void aDatabaseWithoutTablesAnswersAProbe() throws Exception {
    sandbox.create("home");

    assertThat(ask("SELECT 1 AS one").rows()).containsExactly(List.of(1L));
    assertThat(ask("SELECT * FROM home").message()).contains("table 'public.iox.home' not found");
  }

  @Test
  void aPortInUseIsNamed() {
    assertThatThrownBy(() -> Sandbox.start(STANDARD.withPort(sandbox.port())))
        .isInstanceOf(Failure.class)
        .hasMessage(
            "cannot start the sandbox on port %d: the port is taken or not allowed",
            sandbox.port());
  }

  @Test
  void aMissingEngineIsNamedWithTheWayToGetIt() {
    assertThatThrownBy(() -> EngineLibrary.require(ClassLoader.getPlatformClassLoader()))
        .isInstanceOf(Failure.class)
        .hasMessageContaining("`mvn package` puts it into target/lib-sandbox");
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void theUnpackedLibraryIsNotLeftBehind() throws Exception {
    try (Stream<String> maps = Files.lines(Path.of("/proc/self/maps"))) {
      assertThat(maps.filter(map -> map.contains("lance_jni")))
          .isNotEmpty()
          .allMatch(map -> map.endsWith("(deleted)"));
    }
  }
}
