package dev.tributary.app.draft;

import dev.tributary.job.Durations;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * A job as it is written for an operator.
 *
 * @param name of the job, well-formed
 * @param bucket the database
 * @param language the key of the query, {@code sql} or {@code influxql}
 * @param query several lines
 * @param window length of a window, as in {@code window.every}
 * @param delay how long after its end a window is due; absent for the default
 * @param keys further keys and their values, as they stand in YAML
 * @param notes comments before the job
 */
public record JobDraft(
    String name,
    String bucket,
    String language,
    String query,
    String window,
    Optional<String> delay,
    Map<String, String> keys,
    List<String> notes) {

  private static final Duration HOUR = Duration.ofHours(1);
  private static final Duration DAY = Duration.ofDays(1);
  private static final Duration WEEK = Duration.ofDays(7);

  /** Weeks of the epoch begin on its weekday, a Thursday; ISO weeks four days later. */
  private static final Duration TO_MONDAY = Duration.ofDays(4);

  public JobDraft {
    keys = new LinkedHashMap<>(keys);
    notes = List.copyOf(notes);
  }

  /**
   * The length of windows that bins fill without a rest: an hour or, if they are longer, a bin.
   *
   * @param offset of the bins from the epoch
   * @param local whether they follow the calendar of a zone
   */
  static Optional<String> windowFor(Duration bin, Duration offset, boolean local) {
    if (bin.isZero() || bin.isNegative()) {
      return Optional.empty();
    }
    Duration shift = Duration.ofNanos(Math.floorMod(offset.toNanos(), bin.toNanos()));
    if (bin.equals(WEEK)) {
      return shift.equals(TO_MONDAY) ? Optional.of("1w") : Optional.empty();
    }
    if (!shift.isZero()) {
      return Optional.empty();
    }
    if (HOUR.toNanos() % bin.toNanos() == 0) {
      return Optional.of("1h");
    }
    if (bin.equals(DAY) || (local && DAY.toNanos() % bin.toNanos() == 0)) {
      return Optional.of("1d");
    }
    boolean divides = bin.toSecondsPart() == 0 && bin.toNanosPart() == 0;
    return divides && DAY.toMinutes() % bin.toMinutes() == 0 && bin.toHours() <= 12
        ? Optional.of(bin.toMinutes() % 60 == 0 ? bin.toHours() + "h" : bin.toMinutes() + "m")
        : Optional.empty();
  }

  /** A name in the letters that names of jobs are made of. */
  static String nameLike(String text) {
    String plain =
        text.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-").replaceAll("^-+|-+$", "");
    String bounded = plain.substring(0, Math.min(63, plain.length()));
    return bounded.isEmpty() ? "rollup" : bounded;
  }

  /** Looks at an age and, as every job does, after a day. */
  static Optional<String> revisit(Optional<Duration> age) {
    return age.filter(each -> !each.isZero() && !each.equals(DAY))
        .map(each -> "[" + Durations.text(each) + ", 1d]");
  }

  /** The job's lines below {@code jobs:}. */
  List<String> lines() {
    List<String> lines = new ArrayList<>();
    notes.forEach(note -> lines.add("  # " + note.replace('\n', ' ')));
    lines.add("  " + name + ":");
    lines.add("    source: " + DraftFile.SOURCE);
    lines.add("    bucket: " + Scalar.of(bucket));
    lines.add("    " + language + ": |");
    query.lines().forEach(line -> lines.add("      " + line));
    lines.add(
        "    window: {every: " + window + delay.map(wait -> ", delay: " + wait).orElse("") + "}");
    keys.forEach((key, value) -> lines.add("    " + key + ": " + value));
    lines.add("    destination: {to: " + DraftFile.DESTINATION + "}");
    return lines;
  }
}
