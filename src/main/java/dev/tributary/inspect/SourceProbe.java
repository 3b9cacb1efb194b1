package dev.tributary.inspect;

import dev.tributary.encode.ResultSchema;
import dev.tributary.inspect.Diagnosis.Part;
import dev.tributary.job.Durations;
import dev.tributary.job.Failure;
import dev.tributary.job.Failure.Kind;
import dev.tributary.job.Job;
import dev.tributary.query.BatchSource;
import dev.tributary.query.BatchStream;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;

/**
 * Asks a source what every run will ask of it, and reads no rows. Safe for use by several threads.
 */
public final class SourceProbe {

  private static final Duration WORTH_KNOWING = Duration.ofMinutes(1);
  private static final Duration TOO_FAR = Duration.ofHours(1);

  private final InstantSource clock;

  public SourceProbe(InstantSource clock) {
    this.clock = clock;
  }

  /** Connects, shows the token, reads in a bucket, and holds the server's clock against ours. */
  public List<Diagnosis> bucket(String name, BatchSource source, String bucket) {
    Part part = new Part("source", name);
    Instant before = clock.instant();
    Instant theirs;
    try {
      theirs = source.now(bucket);
    } catch (Failure failure) {
      return List.of(part.wrong("answers", failure));
    }
    return List.of(
        part.right("answers", "bucket '" + bucket + "' may be read"),
        clocks(part, distance(theirs, before, clock.instant())));
  }

  private static Diagnosis clocks(Part part, Duration apart) {
    if (apart.compareTo(WORTH_KNOWING) <= 0) {
      return part.right("clock", "its clock and ours agree to within a minute");
    }
    String told = "its clock and ours are " + Durations.text(apart) + " apart; ";
    return apart.compareTo(TOO_FAR) > 0
        ? part.wrong(
            "clock",
            Kind.TRY_AGAIN,
            told + "nothing is committed until they agree to within an hour")
        : part.doubtful("clock", told + "the earlier one says what is due; set the clocks");
  }

  /**
   * Has a job's query planned, over a window that no row can be in.
   *
   * @param request the job's query over such a window
   */
  public Diagnosis query(Job job, BatchSource source, BatchSource.Request request) {
    Part part = new Part("job", job.name().value());
    try (BatchStream answer = source.open(request)) {
      ResultSchema result = ResultSchema.of(answer.schema(), job.output(), job.timeColumn());
      int columns = result.present().size();
      return result.isNoData()
          ? part.right("query", "the server plans it; its columns show with the first rows")
          : part.right("query", "the server plans it, with " + columns + " columns");
    } catch (Failure failure) {
      return part.wrong("query", failure);
    }
  }

  /** How far an instant lies from a span of our time, in whole seconds. */
  static Duration distance(Instant theirs, Instant before, Instant after) {
    Duration distance =
        theirs.isBefore(before)
            ? Duration.between(theirs, before)
            : theirs.isAfter(after) ? Duration.between(after, theirs) : Duration.ZERO;
    return distance.truncatedTo(ChronoUnit.SECONDS);
  }
}
