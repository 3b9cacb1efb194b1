package dev.tributary.run;

import dev.tributary.job.Failure;
import dev.tributary.job.JobName;
import dev.tributary.job.Window;
import dev.tributary.ledger.Manifest;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What became of one window in one pass. */
public sealed interface Outcome {

  JobName job();

  Window window();

  <R extends @Nullable Object> R fold(Cases<R> cases);

  /** One answer for each outcome. */
  interface Cases<R extends @Nullable Object> {
    R settled(Settled settled);

    R failed(Failed failed);
  }

  /** How a window came to be settled. */
  enum How {
    /** Its rows were queried and published. */
    PUBLISHED,
    /** It was queried again, and what was there replaced. */
    REPLACED,
    /** It was queried again, and what is there is what came. */
    UNCHANGED,
    /** The file was there, complete, and only its manifest was missing. */
    ROLLED_FORWARD,
    /** A manifest was there already: ours or a rival's. */
    FOUND
  }

  /**
   * The window has a manifest.
   *
   * @param at when it was settled, or looked at again
   */
  record Settled(JobName job, Window window, How how, Manifest manifest, Instant at)
      implements Outcome {

    public Settled(JobName job, Window window, How how, Manifest manifest) {
      this(job, window, how, manifest, manifest.ended());
    }

    @Override
    public <R extends @Nullable Object> R fold(Cases<R> cases) {
      return cases.settled(this);
    }
  }

  /** The window stays open; nothing became visible. */
  record Failed(JobName job, Window window, Failure failure, int attempts) implements Outcome {
    @Override
    public <R extends @Nullable Object> R fold(Cases<R> cases) {
      return cases.failed(this);
    }
  }
}
