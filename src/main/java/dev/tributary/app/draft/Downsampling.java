package dev.tributary.app.draft;

import dev.tributary.job.Durations;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A trigger of the downsampler plugin as a job. InfluxQL takes all tags by {@code GROUP BY *}, so
 * nothing needs to be known of the table.
 */
final class Downsampling {

  private static final Pattern LENGTH = Pattern.compile("(\\d{1,9})(s|min|h|d|w)");

  private static final Map<String, String> FUNCTIONS =
      Map.ofEntries(
          Map.entry("avg", "mean"),
          Map.entry("sum", "sum"),
          Map.entry("min", "min"),
          Map.entry("max", "max"),
          Map.entry("median", "median"),
          Map.entry("approx_median", "median"),
          Map.entry("count", "count"),
          Map.entry("stddev", "stddev"),
          Map.entry("first_value", "first"),
          Map.entry("last_value", "last"));

  /**
   * Settings that mean nothing to a job: rows are not written back, and nothing is sent by hand.
   */
  private static final Set<String> WITHOUT_MEANING =
      Set.of("target_database", "batch_size", "enable_full_logging", "config_file_path");

  private final DownsamplerText.Settings settings;
  private final List<String> notes = new ArrayList<>();

  Downsampling(DownsamplerText.Settings settings) {
    this.settings = settings;
  }

  private Optional<String> value(String key) {
    return Optional.ofNullable(settings.values().get(key)).filter(text -> !text.isBlank());
  }

  Imported imported(Optional<String> fallback) {
    String source = value("source_measurement").orElse("?");
    String what = "downsampling of '" + source + "'";
    Optional<String> database = settings.database().or(() -> fallback);
    if (database.isEmpty()) {
      return lost(what, "it names no database; name it by --database");
    }
    String text = value("interval").orElse("10min");
    Optional<Duration> interval = length(text);
    if (interval.isEmpty()) {
      return lost(what, "interval " + text + " has no fixed length, and bins of InfluxQL have one");
    }
    Optional<String> window = JobDraft.windowFor(interval.orElseThrow(), Duration.ZERO, false);
    if (window.isEmpty()) {
      return lost(what, Imported.misfit(interval.orElseThrow(), Duration.ZERO));
    }
    Optional<String> items = items();
    if (items.isEmpty()) {
      return lost(what, String.join("; ", notes));
    }
    String query =
        "SELECT "
            + items.orElseThrow()
            + "\nFROM "
            + name(source)
            + "\nWHERE "
            + tags()
            + "time >= $start AND time < $end\nGROUP BY time("
            + Durations.text(interval.orElseThrow())
            + "), * fill(none)";
    Map<String, String> keys = keys(interval.orElseThrow());
    others();
    List<String> comments = new ArrayList<>(List.of(what));
    comments.addAll(notes);
    JobDraft job =
        new JobDraft(
            JobDraft.nameLike(value("target_measurement").orElse(source)),
            database.orElseThrow(),
            "influxql",
            query,
            window.orElseThrow(),
            value("offset").flatMap(Downsampling::length).map(Durations::text),
            keys,
            comments);
    return new Imported(settings.line(), what, Optional.of(job), notes);
  }

  private Imported lost(String what, String why) {
    return new Imported(settings.line(), what, Optional.empty(), List.of(why));
  }

  private static Optional<Duration> length(String text) {
    Matcher matcher = LENGTH.matcher(text.strip());
    if (!matcher.matches()) {
      return Optional.empty();
    }
    long count = Long.parseLong(matcher.group(1));
    return Optional.of(
        switch (matcher.group(2)) {
          case "s" -> Duration.ofSeconds(count);
          case "min" -> Duration.ofMinutes(count);
          case "h" -> Duration.ofHours(count);
          case "d" -> Duration.ofDays(count);
          default -> Duration.ofDays(7 * count);
        });
  }

  /** The select list; absent when a function has no counterpart, which the notes tell. */
  private Optional<String> items() {
    String calculations = value("calculations").orElse("avg");
    Map<String, String> fields = new LinkedHashMap<>();
    if (calculations.contains(":")) {
      for (String pair : calculations.split("\\.", -1)) {
        int colon = pair.indexOf(':');
        fields.put(pair.substring(0, Math.max(0, colon)), pair.substring(colon + 1));
      }
    } else {
      value("specific_fields")
          .ifPresent(
              listed -> List.of(listed.split("\\.", -1)).forEach(f -> fields.put(f, calculations)));
    }
    Set<String> functions = fields.isEmpty() ? Set.of(calculations) : Set.copyOf(fields.values());
    for (String function : functions) {
      if (!FUNCTIONS.containsKey(function)) {
        notes.add("function " + function + " has no counterpart in InfluxQL; write it in SQL");
        return Optional.empty();
      }
      if (function.equals("approx_median")) {
        notes.add("approx_median: median, which is exact");
      }
    }
    List<String> excluded =
        value("excluded_fields").map(list -> List.of(list.split("\\.", -1))).orElse(List.of());
    if (fields.isEmpty()) {
      String function = FUNCTIONS.get(calculations);
      if (!excluded.isEmpty()) {
        notes.add(
            "excluded_fields "
                + String.join(", ", excluded)
                + ": they are there, for all fields are");
      }
      notes.add("columns are named " + function + "_FIELD; record_count is left out");
      return Optional.of(function + "(*)");
    }
    List<String> items = new ArrayList<>();
    fields.keySet().removeAll(excluded);
    fields.forEach(
        (field, function) ->
            items.add(
                FUNCTIONS.get(function)
                    + "("
                    + name(field)
                    + ") AS "
                    + name(field + "_" + function)));
    fields.keySet().stream()
        .findFirst()
        .ifPresent(field -> items.add("count(" + name(field) + ") AS \"record_count\""));
    return Optional.of(String.join(",\n       ", items));
  }

  private static String name(String text) {
    return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
  }

  /** Conditions on tags, with AND behind them. */
  private String tags() {
    StringBuilder conditions = new StringBuilder();
    for (String tag : value("tag_values").map(all -> all.split("\\.", -1)).orElse(new String[0])) {
      int colon = tag.indexOf(':');
      if (colon < 0) {
        notes.add("tag_values " + tag + " has no colon; it is left out");
        continue;
      }
      List<String> any = new ArrayList<>();
      for (String each : tag.substring(colon + 1).split("@", -1)) {
        String quoted = each.replace("\\", "\\\\").replace("'", "\\'");
        any.add(name(tag.substring(0, colon)) + " = '" + quoted + "'");
      }
      conditions.append('(').append(String.join(" OR ", any)).append(") AND ");
    }
    return conditions.toString();
  }

  private Map<String, String> keys(Duration interval) {
    Map<String, String> keys = new LinkedHashMap<>();
    Optional<Duration> window = value("window").flatMap(Downsampling::length);
    JobDraft.revisit(window.filter(length -> length.compareTo(interval) > 0))
        .ifPresent(ages -> keys.put("revisit", ages));
    value("max_retries")
        .filter(count -> count.matches("\\d{1,4}"))
        .ifPresent(count -> keys.put("retries", "" + Math.min(10, Integer.parseInt(count))));
    return keys;
  }

  /** What a job has no place for. */
  private void others() {
    notes.add("time_from and time_to are left out");
    value("window")
        .ifPresent(
            window ->
                notes.add(
                    "window "
                        + window
                        + ": each bin is made once and looked at again, not redone"));
    settings
        .specification()
        .ifPresent(when -> notes.add("trigger " + when + ": a window is made when it is complete"));
    for (String key : List.of("backfill_start", "backfill_end")) {
      value(key).ifPresent(at -> notes.add(key + " " + at + ": 'tributary backfill' takes it"));
    }
    settings.values().keySet().stream()
        .filter(WITHOUT_MEANING::contains)
        .forEach(key -> notes.add(key + " has no meaning for a job"));
  }
}
