package dev.tributary.definition;

import dev.tributary.job.Bounds;
import dev.tributary.job.Cron;
import dev.tributary.job.DestinationSpec;
import dev.tributary.job.Every;
import dev.tributary.job.Expect;
import dev.tributary.job.Job;
import dev.tributary.job.JobName;
import dev.tributary.job.Source;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Binds one job and checks that its parts fit each other. */
final class JobBinder {

  private final String name;
  private final Entries.Entry entry;
  private final Fields fields;
  private final References references;
  private final Path folder;
  private final Diagnostics diagnostics;

  JobBinder(
      String name,
      Entries.Entry entry,
      Fields fields,
      References references,
      Path folder,
      Diagnostics diagnostics) {
    this.name = name;
    this.entry = entry;
    this.fields = fields;
    this.references = references;
    this.folder = folder;
    this.diagnostics = diagnostics;
  }

  /** The job; absent, or accompanied by errors, when something is wrong. */
  Optional<Job> bind() {
    Optional<Source> source =
        reference(JobKeys.SOURCE, "source", references.sources(), references.sourceNames());
    Optional<DestinationSpec> destination =
        reference(
            JobKeys.TO, "destination", references.destinations(), references.destinationNames());
    Optional<String> bucket = bucket();
    ZoneId zone = fields.valueOrFallback(JobKeys.ZONE);
    QueryBinder queries = new QueryBinder(name, fields, folder, diagnostics);
    Optional<QueryBinder.Bound> query = queries.bind();
    Optional<Every> every = fields.value(JobKeys.EVERY);
    // a wrong length is an error of its own, and no word about snapshots
    boolean windowed = fields.mentions(JobKeys.EVERY);
    Expect expect = expect();
    Job.Catchup catchup = catchup();
    List<Duration> revisit = revisit(windowed);
    Optional<Cron> schedule = fields.value(JobKeys.SCHEDULE);
    checkWindowKeys(every);
    if (fields.value(JobKeys.TIMESTAMPS).isPresent()
        && fields.value(JobKeys.TIMESTAMPS_UNIT).isPresent()
        && fields.isOwn(JobKeys.TIMESTAMPS) == fields.isOwn(JobKeys.TIMESTAMPS_UNIT)) {
      fields.error(JobKeys.TIMESTAMPS, "'timestamps' has two units");
    }
    String path = JobPath.of(fields, every, zone, references.misfits());
    if (query.isEmpty()) {
      return Optional.empty();
    }
    QueryBinder.Bound bound = query.orElseThrow();
    queries.checkBounds(bound, windowed);
    Optional<Job.Windowing> windowing =
        every.map(
            length ->
                new WindowBinder(fields, zone, queries, bound, references.misfits()).bind(length));
    warn(every, zone, schedule);
    if (source.isEmpty() || destination.isEmpty() || bucket.isEmpty()) {
      return Optional.empty();
    }
    String timeColumn = fields.valueOrFallback(JobKeys.TIME_COLUMN);
    Source from = source.orElseThrow();
    Job job =
        new Job(
            new JobName(name),
            from,
            bucket.orElseThrow(),
            bound.text().query(),
            zone,
            windowing,
            schedule,
            catchup,
            revisit,
            timeColumn.equals("none") ? Optional.empty() : Optional.of(timeColumn),
            fields.valueOrFallback(JobKeys.MISSING_TABLE).equals("empty"),
            fields.valueOrFallback(JobKeys.MEASUREMENT).equals("keep"),
            fields.valueOrFallback(JobKeys.RETRIES).intValue(),
            fields.value(JobKeys.TIMEOUT).orElse(from.timeouts().window()),
            expect,
            OutputBinder.bind(fields),
            new Job.Target(destination.orElseThrow(), path),
            new Job.Ages(
                fields.value(JobKeys.RETENTION).or(from::retention), fields.value(JobKeys.MAX_AGE)),
            new Job.Hashes("", ""));
    return Optional.of(Hashes.stamped(job, bound.text().tokens()));
  }

  private <T> Optional<T> reference(
      Key<String> key, String what, Map<String, T> sound, Set<String> names) {
    Optional<String> named = fields.value(key);
    if (named.isEmpty()) {
      if (!fields.mentions(key)) {
        fields.missing("job '" + name + "' needs '" + key.name() + "'");
      }
      return Optional.empty();
    }
    String wanted = named.orElseThrow();
    if (!names.contains(wanted) && !references.incomplete()) {
      fields.error(
          key,
          "there is no "
              + what
              + " '"
              + wanted
              + "'"
              + Suggestion.closest(wanted, names)
                  .map(near -> "; did you mean '" + near + "'?")
                  .orElse(
                      names.isEmpty()
                          ? "; none is defined"
                          : "; there are " + String.join(", ", names)));
    }
    // a broken one has been reported where it stands
    return Optional.ofNullable(sound.get(wanted));
  }

  private Optional<String> bucket() {
    Optional<String> bucket = fields.value(JobKeys.BUCKET);
    Optional<String> database = fields.value(JobKeys.DATABASE);
    if (bucket.isPresent()
        && database.isPresent()
        && fields.isOwn(JobKeys.BUCKET) == fields.isOwn(JobKeys.DATABASE)) {
      fields.error(JobKeys.DATABASE, "'database' and 'bucket' mean the same; keep one");
    }
    Optional<String> chosen = fields.isOwn(JobKeys.DATABASE) ? database : bucket.or(() -> database);
    if (chosen.isEmpty()
        && fields.entry(JobKeys.BUCKET).isEmpty()
        && fields.entry(JobKeys.DATABASE).isEmpty()) {
      fields.missing("job '" + name + "' needs 'bucket'");
    }
    return chosen;
  }

  private Expect expect() {
    Bounds series = bounds(JobKeys.EXPECT_SERIES);
    long counted = series.most() == Long.MAX_VALUE ? series.least() : series.most();
    if (counted > Expect.MOST_SERIES) {
      fields.error(
          JobKeys.EXPECT_SERIES,
          "'expect.series' is counted up to " + Expect.MOST_SERIES + ", but was " + counted);
    }
    return new Expect(
        bounds(JobKeys.EXPECT_ROWS),
        series,
        fields.mapping(JobKeys.EXPECT_NULLS).orElse(Map.of()),
        fields.valueOrFallback(JobKeys.EXPECT_ON_FAILURE).equals("warn"),
        fields.valueOrFallback(JobKeys.GUARD));
  }

  private Bounds bounds(Key<String> key) {
    return fields.value(key).flatMap(text -> ExpectText.parse(text).value()).orElse(Bounds.NONE);
  }

  private Job.Catchup catchup() {
    String text = fields.value(JobKeys.CATCHUP).orElse("all");
    if (text.equals("all") || text.equals("none")) {
      return text.equals("all") ? Job.Catchup.ALL : Job.Catchup.NONE;
    }
    Optional<Duration> reach = DurationText.parse(text).value().filter(far -> !far.isZero());
    if (reach.isEmpty()) {
      fields.error(
          JobKeys.CATCHUP,
          "'catchup' must be all, none or a duration longer than 0s, but was '" + text + "'");
    }
    return reach.map(Job.Catchup::within).orElse(Job.Catchup.ALL);
  }

  private List<Duration> revisit(boolean windowed) {
    Optional<List<String>> texts = fields.list(JobKeys.REVISIT);
    if (texts.isEmpty()) {
      return windowed ? List.of(Duration.ofDays(1)) : List.of();
    }
    if (!windowed && fields.isOwn(JobKeys.REVISIT)) {
      fields.error(
          JobKeys.REVISIT, "'revisit' has no meaning for a snapshot job, which has no window");
    }
    if (!windowed) {
      return List.of();
    }
    List<Duration> ages = new ArrayList<>();
    for (String text : texts.orElseThrow()) {
      if (!text.equals("none")) {
        DurationText.parse(text).value().ifPresent(ages::add);
      } else if (texts.orElseThrow().size() > 1) {
        fields.error(JobKeys.REVISIT, "'revisit' has 'none' among durations; 'none' stands alone");
      }
    }
    return ages.stream().sorted().distinct().toList();
  }

  private void checkWindowKeys(Optional<Every> every) {
    if (every.isPresent() || fields.mentions(JobKeys.EVERY)) {
      return;
    }
    for (Key<?> key : List.of(JobKeys.DELAY, JobKeys.START, JobKeys.BIN)) {
      if (fields.isOwn(key)) {
        fields.error(key, "'" + key.name() + "' needs 'window.every'");
      }
    }
  }

  private void warn(Optional<Every> every, ZoneId zone, Optional<Cron> schedule) {
    boolean zoneMatters =
        schedule.isPresent()
            || every.map(Every.Calendar.class::isInstance).orElse(false)
            || fields.value(JobKeys.PATH).map(path -> path.contains(":")).orElse(true);
    if (fields.isOwn(JobKeys.ZONE) && !zoneMatters) {
      fields.warning(
          JobKeys.ZONE,
          "'zone' has no effect: windows shorter than a day lie on the UTC grid, and neither path"
              + " nor schedule use it");
    }
    schedule
        .flatMap(cron -> references.misfits().skipped(cron, zone))
        .ifPresent(
            time ->
                fields.warning(
                    JobKeys.SCHEDULE,
                    "clocks in "
                        + zone
                        + " skip "
                        + time
                        + "; it fires at "
                        + zone.getRules().getTransition(time).getInstant()
                        + " then"));
  }

  /** The job's name, for messages about the whole of it. */
  @Override
  public String toString() {
    return "job '" + name + "' at " + entry.file().place(entry.key());
  }
}
