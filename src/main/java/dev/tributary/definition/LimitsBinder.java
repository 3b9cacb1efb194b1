package dev.tributary.definition;

import java.util.Optional;

/** Binds {@code limits}. */
final class LimitsBinder {

  private LimitsBinder() {}

  static Definitions.Limits bind(Optional<Fields> fields) {
    long memory =
        fields
            .flatMap(f -> f.value(ProcessKeys.MEMORY))
            .orElseGet(() -> Math.max(64L << 20, Runtime.getRuntime().maxMemory() / 2));
    return new Definitions.Limits(
        memory,
        fields.flatMap(f -> f.value(ProcessKeys.RUNS)).orElse(4L).intValue(),
        fields.flatMap(f -> f.value(ProcessKeys.PER_JOB)).orElse(1L).intValue());
  }
}
