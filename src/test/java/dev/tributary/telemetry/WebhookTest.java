package dev.tributary.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tributary.job.Failure;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class WebhookTest {

  private static final Duration SHORT = Duration.ofMillis(1);
  private static final Duration LONG = Duration.ofSeconds(30);

  private final List<Delivery> told = new CopyOnWriteArrayList<>();
  private Receiver receiver;

  @BeforeEach
  void start() throws Exception {
    receiver = Receiver.start();
  }

  @AfterEach
  void stop() {
    receiver.close();
  }

  private Webhook webhook(Webhook.Address address) {
    return new Webhook(address, SHORT, told::add);
  }

  private static Notice notice(String sentence) {
    return new Notice(Occasion.FAILURE, Told.JOB, Optional.of(Told.hour(2)), sentence, Told.NOW);
  }

  @Test
  void aNoticeArrivesAsJson() throws Exception {
    try (Webhook webhook = webhook(() -> receiver.url("/hook"))) {
      webhook.send(notice("cannot \"quote\" ü\nend"));
      JsonNode body = new ObjectMapper().readTree(receiver.next());

      assertThat(body.get("occasion").asText()).isEqualTo("failure");
      assertThat(body.get("job").asText()).isEqualTo("climate");
      assertThat(body.get("start").asText()).isEqualTo("2026-11-23T04:00:00Z");
      assertThat(body.get("reason").asText()).isEqualTo("cannot \"quote\" ü\nend");
      assertThat(body.get("text").asText()).startsWith("tributary: failure of job 'climate': ");
      assertThat(webhook.flush(LONG)).isTrue();
    }
    assertThat(told).containsExactly(Delivery.SENT);
  }

  @ParameterizedTest
  @ValueSource(ints = {500, 503, 429, 408})
  void whatMayPassIsTriedAgain(int status) throws Exception {
    receiver.answers(status, status);
    try (Webhook webhook = webhook(() -> receiver.url("/"))) {
      webhook.send(notice("x"));
      assertThat(webhook.flush(LONG)).isTrue();
    }
    assertThat(told).containsExactly(Delivery.SENT);
    assertThat(receiver.waiting()).isEqualTo(3);
  }

  @ParameterizedTest
  @ValueSource(ints = {400, 401, 404, 301, 307})
  void aRefusalIsNotRepeatedAndNoRedirectFollowed(int status) throws Exception {
    receiver.answers(status);
    try (Webhook webhook = webhook(() -> receiver.url("/"))) {
      webhook.send(notice("x"));
      assertThat(webhook.flush(LONG)).isTrue();
    }
    assertThat(told).containsExactly(Delivery.FAILED);
    assertThat(receiver.waiting()).isEqualTo(1);
  }

  @Test
  void aReceiverThatIsNotThereEndsInAFailureAndTheNextNoticeIsTried() throws Exception {
    List<URI> addresses =
        new CopyOnWriteArrayList<>(
            IntStream.range(0, 6).mapToObj(i -> URI.create("http://127.0.0.1:1/")).toList());
    try (Webhook webhook =
        webhook(() -> addresses.isEmpty() ? receiver.url("/") : addresses.remove(0))) {
      webhook.send(notice("lost"));
      webhook.send(notice("arrives"));
      assertThat(receiver.next()).contains("arrives");
      assertThat(webhook.flush(LONG)).isTrue();
    }
    assertThat(told).containsExactly(Delivery.FAILED, Delivery.SENT);
  }

  @Test
  void aSecretThatCannotBeReadIsAFailureOfThatNoticeAlone() throws Exception {
    try (Webhook webhook =
        webhook(
            () -> {
              throw new Failure(Failure.Kind.NOT_AUTHORISED, "cannot read secret ${env:HOOK}: no");
            })) {
      webhook.send(notice("x"));
      assertThat(webhook.flush(LONG)).isTrue();
    }
    assertThat(told).containsExactly(Delivery.FAILED);
  }

  @Test
  void sendingNeverWaitsAndTheOldestIsDroppedWhenTooManyAreLeft() throws Exception {
    CountDownLatch open = new CountDownLatch(1);
    try (Webhook webhook =
        webhook(
            () -> {
              try {
                open.await();
              } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
              }
              return receiver.url("/");
            })) {
      for (int i = 0; i < 400; i++) {
        webhook.send(notice("number " + i));
      }
      long dropped = told.stream().filter(Delivery.DROPPED::equals).count();
      assertThat(dropped).isBetween(143L, 144L);
      open.countDown();
      assertThat(webhook.flush(LONG)).isTrue();
    }
    String last = "";
    while (receiver.waiting() > 0) {
      last = receiver.next();
    }
    assertThat(last).contains("number 399");
  }

  @Test
  void whatIsLeftAtTheEndCountsAsDropped() throws Exception {
    Webhook webhook =
        new Webhook(() -> URI.create("http://127.0.0.1:1/"), Duration.ofHours(1), told::add);
    webhook.send(notice("first"));
    webhook.send(notice("second"));
    assertThat(webhook.flush(Duration.ofMillis(50))).isFalse();
    webhook.close();

    assertThat(told).contains(Delivery.DROPPED);
  }
}
