package dev.tributary.cli;

import dev.tributary.job.Durations;
import dev.tributary.job.History;
import dev.tributary.job.Job;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * How fresh a job is.
 *
 * @param complete up to when its data reaches
 * @param limit age from which on it is stale
 * @param failing windows whose last try failed
 * @param reason of the last of them, or why nothing can be planned
 * @param told who knew
 */
record Freshness(
    String job,
    Instant now,
    Optional<Instant> complete,
    Optional<Duration> limit,
    int failing,
    Optional<String> reason,
    Told told) {

  /** Who knew how fresh a job is. */
  enum Told {
    DAEMON,
    LEDGER
  }

  /** By what lies at the destination. */
  static Freshness of(Job job, History history, Optional<Duration> limit, Instant now) {
    return new Freshness(
        job.name().value(),
        now,
        history.complete(),
        limit,
        history.failures().size(),
        Optional.ofNullable(history.failures().lastEntry()).map(last -> last.getValue().reason()),
        Told.LEDGER);
  }

  Optional<Duration> age() {
    return complete.map(end -> Duration.between(end, now).truncatedTo(ChronoUnit.SECONDS));
  }

  /** A job without any data is as old as can be. */
  boolean isStale() {
    return limit.map(most -> age().map(age -> age.compareTo(most) > 0).orElse(true)).orElse(false);
  }

  /** For a table of people's. */
  List<String> row() {
    return List.of(
        job,
        complete.map(Instant::toString).orElse(""),
        age().map(Texts::roughly).orElse(""),
        limit.map(Durations::text).orElse(""),
        state() + trouble());
  }

  private String state() {
    return isStale() ? "stale" : complete.isEmpty() ? "nothing yet" : "fresh";
  }

  private String trouble() {
    if (failing == 0) {
      return reason.map(why -> "; " + why).orElse("");
    }
    return "; "
        + Texts.count(failing, "window")
        + " failing"
        + reason.map(why -> ", the last: " + why).orElse("");
  }

  /** For programs. */
  Map<String, Object> document() {
    Map<String, Object> document = new LinkedHashMap<>();
    document.put("job", job);
    document.put("complete_until", complete.map(Instant::toString).orElse(null));
    document.put("age_seconds", age().map(Duration::toSeconds).orElse(null));
    document.put("max_age_seconds", limit.map(Duration::toSeconds).orElse(null));
    document.put("stale", isStale());
    document.put("failing", failing);
    document.put("told", told == Told.DAEMON ? "daemon" : "ledger");
    return document;
  }
}
