package dev.tributary.app.draft;

import dev.tributary.definition.ContinuousQuery;
import dev.tributary.job.Durations;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What became of one thing that was to be imported.
 *
 * @param line where it begins in its file, counted from 1
 * @param what it is, as an operator calls it
 * @param job what it became; absent when nothing could be carried over
 * @param notes what was not carried over, or differs, each a clause
 */
public record Imported(int line, String what, Optional<JobDraft> job, List<String> notes) {

  public Imported {
    notes = List.copyOf(notes);
  }

  /**
   * Everything in a text that can become a job, in the order of its lines: continuous queries and
   * settings of the downsampler plugin.
   *
   * @param database where settings that name none read; absent when the operator said nothing
   */
  public static List<Imported> in(String text, Optional<String> database) {
    List<Imported> found = new ArrayList<>();
    ContinuousQuery.in(text).forEach(query -> found.add(of(query)));
    DownsamplerText.in(text)
        .forEach(settings -> found.add(new Downsampling(settings).imported(database)));
    found.sort(Comparator.comparingInt(Imported::line));
    return found;
  }

  private static Imported of(ContinuousQuery query) {
    String what = "continuous query '" + query.name() + "'";
    if (query.query().isEmpty()) {
      return new Imported(query.line(), what, Optional.empty(), query.notes());
    }
    Optional<String> window =
        JobDraft.windowFor(query.bin(), query.offset(), query.zone().isPresent());
    if (window.isEmpty()) {
      return new Imported(
          query.line(), what, Optional.empty(), List.of(misfit(query.bin(), query.offset())));
    }
    Map<String, String> keys = new LinkedHashMap<>();
    query.zone().ifPresent(zone -> keys.put("zone", Scalar.of(zone)));
    JobDraft.revisit(query.again()).ifPresent(ages -> keys.put("revisit", ages));
    if (query.several()) {
      keys.put("measurement", "keep");
    }
    List<String> notes = new ArrayList<>();
    notes.add(what);
    notes.addAll(query.notes());
    JobDraft job =
        new JobDraft(
            JobDraft.nameLike(query.name()),
            query.bucket(),
            "influxql",
            query.query().orElseThrow(),
            window.orElseThrow(),
            Optional.empty(),
            keys,
            notes);
    return new Imported(query.line(), what, Optional.of(job), query.notes());
  }

  /** Why no window holds these bins. */
  static String misfit(Duration bin, Duration offset) {
    String bins =
        "bins of "
            + Durations.text(bin)
            + (offset.isZero() ? "" : " shifted by " + Durations.text(offset));
    return bin.equals(Duration.ofDays(7))
        ? bins + " begin on another day than windows of a week, on Mondays; write time(1w, 4d)"
        : bins + " fill no window: one divides a day and begins at midnight in UTC";
  }
}
