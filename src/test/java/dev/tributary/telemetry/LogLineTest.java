package dev.tributary.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tributary.job.Failure;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/** Events of a pass as they are logged. */
class LogLineTest {

  private static final ObjectMapper JSON = new ObjectMapper();

  private final Redactor redactor = new Redactor();
  private final EventLog events =
      new EventLog(InstantSource.fixed(Told.NOW), EventLog.Sequel.OF_A_PASS);
  private final ListAppender<ILoggingEvent> seen = new ListAppender<>();
  private final Logger logger =
      ((LoggerContext) LoggerFactory.getILoggerFactory()).getLogger("tributary");

  @BeforeEach
  void listen() {
    seen.start();
    logger.setLevel(Level.DEBUG);
    logger.setAdditive(false);
    logger.addAppender(seen);
  }

  @AfterEach
  void fallSilent() {
    logger.detachAppender(seen);
    logger.setAdditive(true);
    logger.setLevel(null);
  }

  private List<String> lines(boolean json) {
    LogLine line = new LogLine(redactor, json);
    line.start();
    return seen.list.stream().map(line::doLayout).toList();
  }

  @Test
  void everyEventIsOneLine() throws Exception {
    Told.everything(events);

    assertThat(lines(false)).hasSize(17).allSatisfy(line -> assertThat(line.lines()).hasSize(1));
    for (String line : lines(true)) {
      assertThat(line.lines()).hasSize(1);
      JsonNode event = JSON.readTree(line);
      assertThat(event.get("job").asText()).isEqualTo("climate");
      assertThat(event.get("time").asText()).endsWith("Z");
    }
  }

  @Test
  void aSettledWindowIsToldInKeysAndValues() throws Exception {
    events.ended(Told.done(Told.hour(2)));

    assertThat(lines(false).get(0))
        .contains(" INFO  tributary window done job=climate start=2026-11-23T04:00:00Z")
        .contains("end=2026-11-23T05:00:00Z rows=26 bytes=4096")
        .contains("file=\"climate/a b.parquet\"");
    JsonNode event = JSON.readTree(lines(true).get(0));
    assertThat(event.get("event").asText()).isEqualTo("window done");
    assertThat(event.get("rows").isNumber()).isTrue();
  }

  @Test
  void aFailureSaysWhatHappensNextAndWhen() {
    events.retrying(Told.JOB, Told.hour(2), Told.down(), Duration.ofMillis(2500));
    events.ended(Told.failed(Told.hour(2), new Failure(Failure.Kind.REFUSED, "cannot query: no")));

    assertThat(lines(false).get(0))
        .contains("kind=unreachable")
        .contains("next=\"tried again in 2500ms\" at=2026-11-23T06:00:02.500Z");
    assertThat(lines(false).get(1)).contains("kind=refused").contains("next=\"due again after 1h");
  }

  @Test
  void aServersWordsCannotForgeALine() throws Exception {
    String forged = "no\n2026-11-23T06:00:00.000Z INFO  tributary window done job=\"x";
    events.warned(Told.JOB, forged);

    assertThat(lines(false).get(0).lines()).hasSize(1);
    assertThat(JSON.readTree(lines(true).get(0)).get("reason").asText()).isEqualTo(forged);
  }

  @Test
  void noSecretPassesNotEvenInAStackTrace() {
    redactor.learn("pl4nted-s3cret");
    logger.error(
        "with pl4nted-s3cret",
        new IllegalStateException("and pl4nted-s3cret", new Error("pl4nted-s3cret")));

    assertThat(lines(false).get(0)).doesNotContain("pl4nted").contains("IllegalStateException");
    assertThat(lines(true).get(0)).doesNotContain("pl4nted");
  }
}
