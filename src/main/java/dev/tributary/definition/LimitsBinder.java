package dev.tributary.definition;

import java.util.Optional;

/** Binds {@code limits}. */
final class LimitsBinder {

  private LimitsBinder() {}

  static Definitions.Limits bind(Optional<Fields> fields) {
    long memory =
        fields
            .flatMap(f -> f.value(Keys.OfProcess.MEMORY))
            .orElseGet(() -> Math.max(64L << 20, Runtime.getRuntime().maxMemory() / 2));
    return new Definitions.Limits(
        memory,
        fields.flatMap(f -> f.value(Keys.OfProcess.RUNS)).orElse(4L).intValue(),
        fields.flatMap(f -> f.value(Keys.OfProcess.PER_JOB)).orElse(1L).intValue());
  }
}
