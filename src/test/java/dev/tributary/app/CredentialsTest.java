package dev.tributary.app;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.tributary.job.Secret;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

class CredentialsTest {

  private static final Secret SHORT = new Secret(Secret.Store.ENV, "SHORT");
  private static final Secret LONG = new Secret(Secret.Store.ENV, "LONG");

  private final Logger logger = (Logger) LoggerFactory.getLogger(Credentials.class);
  private final ListAppender<ILoggingEvent> lines = new ListAppender<>();

  @BeforeEach
  void listen() {
    lines.start();
    logger.addAppender(lines);
  }

  @AfterEach
  void turnAway() {
    logger.detachAppender(lines);
  }

  @Test
  void aSecretTooShortToBeTakenOutOfLogsIsWarnedOfOnceByItsName() throws Exception {
    Credentials credentials = new Credentials(Map.of("SHORT", "qzx", "LONG", "qzxqzxqzx"));

    assertThat(credentials.read(SHORT)).isEqualTo("qzx");
    assertThat(credentials.read(SHORT)).isEqualTo("qzx");
    assertThat(credentials.read(LONG)).isEqualTo("qzxqzxqzx");

    assertThat(lines.list)
        .singleElement()
        .extracting(ILoggingEvent::getFormattedMessage)
        .asString()
        .startsWith("secret ${env:SHORT} has under four characters")
        .doesNotContain("qzx");
  }
}
