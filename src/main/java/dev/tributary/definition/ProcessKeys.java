package dev.tributary.definition;

import static dev.tributary.definition.KeyTypes.choice;
import static dev.tributary.definition.KeyTypes.duration;
import static dev.tributary.definition.KeyTypes.number;
import static dev.tributary.definition.KeyTypes.size;
import static dev.tributary.definition.KeyTypes.text;
import static dev.tributary.definition.KeyTypes.word;

import java.time.Duration;
import java.util.List;

/** The keys of the process. */
final class ProcessKeys {

  static final Key<Long> MEMORY =
      Key.of(
          "memory",
          size(32L << 20, 1L << 40),
          "",
          "Budget from which every run reserves; half of max direct memory");
  static final Key<Long> RUNS = Key.of("runs", number(1, 256), "4", "Windows at once");
  static final Key<Long> PER_JOB =
      Key.of("per_job", number(1, 64), "1", "Windows of one job at once");
  static final List<Key<?>> LIMITS = List.of(MEMORY, RUNS, PER_JOB);
  static final Key<String> HTTP_BIND =
      Key.of("http.bind", text(), "127.0.0.1", "Address of the HTTP port");
  static final Key<Long> HTTP_PORT =
      Key.of("http.port", number(0, 65_535), "8321", "HTTP port; 0 lets the system choose");
  static final Key<Duration> GRACE =
      Key.of("grace", duration(Duration.ZERO), "60s", "Time to finish after SIGTERM");
  static final Key<Duration> RECONCILE =
      Key.of("reconcile", duration(Duration.ofSeconds(1)), "60s", "How often to look");
  static final Key<String> LOG_FORMAT =
      Key.of("log.format", word("text", "json"), "text", "Form of log lines");
  static final Key<String> LOG_LEVEL =
      Key.of(
          "log.level",
          word("error", "warn", "info", "debug", "trace"),
          "info",
          "Least level of log lines");
  static final List<Key<?>> DAEMON =
      List.of(HTTP_BIND, HTTP_PORT, GRACE, RECONCILE, LOG_FORMAT, LOG_LEVEL);

  static final Key<String> WEBHOOK =
      Key.of("webhook", KeyTypes.webhook(), "", "URL without secrets, or a reference to one");
  static final Key<Definitions.Occasion> ON =
      Key.of(
          "on", choice(Definitions.Occasion.class).many(), "", "What to notify of; all by default");
  static final List<Key<?>> NOTIFY = List.of(WEBHOOK, ON);

  private ProcessKeys() {}
}
