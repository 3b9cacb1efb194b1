package dev.tributary.definition;

import dev.tributary.job.Secret;
import java.net.URI;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;

/** Binds what concerns the process as a whole: {@code limits}, {@code daemon}, {@code notify}. */
final class ProcessBinder {

  private static final long LEAST_MEMORY = 64L << 20;

  private ProcessBinder() {}

  static Definitions.Limits limits(Optional<Fields> section) {
    long memory =
        section
            .flatMap(fields -> fields.value(ProcessKeys.MEMORY))
            .orElseGet(() -> Math.max(LEAST_MEMORY, Runtime.getRuntime().maxMemory() / 2));
    int runs = value(section, ProcessKeys.RUNS).intValue();
    int perJob = value(section, ProcessKeys.PER_JOB).intValue();
    if (perJob > runs) {
      section.ifPresent(
          fields ->
              fields.error(
                  ProcessKeys.PER_JOB,
                  "'per_job' must be at most 'runs', which is " + runs + ", but was " + perJob));
    }
    return new Definitions.Limits(memory, runs, perJob);
  }

  static Definitions.Daemon daemon(Optional<Fields> section) {
    return new Definitions.Daemon(
        value(section, ProcessKeys.HTTP_BIND),
        value(section, ProcessKeys.HTTP_PORT).intValue(),
        value(section, ProcessKeys.GRACE),
        value(section, ProcessKeys.RECONCILE),
        value(section, ProcessKeys.LOG_FORMAT).equals("json"),
        value(section, ProcessKeys.LOG_LEVEL));
  }

  static Optional<Definitions.Notify> notice(Optional<Fields> section) {
    return section.flatMap(ProcessBinder::notice);
  }

  private static Optional<Definitions.Notify> notice(Fields fields) {
    Optional<String> webhook = fields.value(ProcessKeys.WEBHOOK);
    if (webhook.isEmpty()) {
      if (!fields.mentions(ProcessKeys.WEBHOOK)) {
        fields.missing("'notify' needs 'webhook'");
      }
      return Optional.empty();
    }
    Optional<Secret> reference = SecretText.parse(webhook.orElseThrow()).value();
    List<Definitions.Occasion> on =
        fields
            .list(ProcessKeys.ON)
            .orElseGet(() -> List.copyOf(EnumSet.allOf(Definitions.Occasion.class)));
    return Optional.of(
        new Definitions.Notify(
            reference,
            reference.isPresent() ? Optional.empty() : webhook.map(URI::create),
            EnumSet.copyOf(on)));
  }

  private static <T> T value(Optional<Fields> section, Key<T> key) {
    return section.flatMap(fields -> fields.value(key)).orElseGet(key::fallbackValue);
  }
}
