package dev.tributary.telemetry;

import dev.tributary.job.Failure;
import dev.tributary.ledger.Manifest;
import dev.tributary.run.Outcome;
import java.util.Locale;

/** The words for what became of a window, the same in logs, metrics and notices. */
final class Outcomes {

  private Outcomes() {}

  static String word(Outcome outcome) {
    return outcome.fold(
        new Outcome.Cases<String>() {
          @Override
          public String settled(Outcome.Settled settled) {
            return switch (settled.how()) {
              case PUBLISHED -> settled.manifest().content().rows() == 0 ? "empty" : "done";
              case REPLACED -> "replaced";
              case ROLLED_FORWARD -> "recorded";
              case UNCHANGED -> "unchanged";
              case FOUND -> "found";
            };
          }

          @Override
          public String failed(Outcome.Failed failed) {
            return "failed";
          }
        });
  }

  /** What became of a second look: the guard, or an expectation, refused some. */
  static String wordOfRevisit(Outcome outcome) {
    return outcome.fold(
        new Outcome.Cases<String>() {
          @Override
          public String settled(Outcome.Settled settled) {
            return word(settled);
          }

          @Override
          public String failed(Outcome.Failed failed) {
            Failure.Kind kind = failed.failure().kind();
            return kind == Failure.Kind.REFUSED ? word(kind) : word(failed);
          }
        });
  }

  static String word(Failure.Kind kind) {
    return kind.name().toLowerCase(Locale.ROOT);
  }

  static long bytes(Manifest manifest) {
    return manifest.files().stream().mapToLong(Manifest.DataFile::bytes).sum();
  }
}
