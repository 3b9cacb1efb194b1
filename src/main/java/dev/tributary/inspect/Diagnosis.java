package dev.tributary.inspect;

import dev.tributary.job.Failure;
import java.util.Optional;

/**
 * What one probe found.
 *
 * @param part what was probed
 * @param check what of it, in a word or two
 * @param told one clause or sentence: what was found and, unless it is right, what follows
 * @param kind of what is wrong; absent when nothing is
 */
public record Diagnosis(
    Part part, String check, State state, String told, Optional<Failure.Kind> kind) {

  /** How a part stands. */
  public enum State {
    RIGHT,
    /** It works, but not as one would expect. */
    DOUBTFUL,
    WRONG
  }

  /**
   * What was probed.
   *
   * @param sort source, job or destination
   */
  public record Part(String sort, String name) {

    /** This part is as it should be. */
    public Diagnosis right(String check, String told) {
      return new Diagnosis(this, check, State.RIGHT, told, Optional.empty());
    }

    /** This part works, but the operator should know something. */
    public Diagnosis doubtful(String check, String told) {
      return new Diagnosis(this, check, State.DOUBTFUL, told, Optional.empty());
    }

    /** This part cannot be used as it is. */
    public Diagnosis wrong(String check, Failure.Kind kind, String told) {
      return new Diagnosis(this, check, State.WRONG, told, Optional.of(kind));
    }

    /** This part failed. */
    public Diagnosis wrong(String check, Failure failure) {
      return wrong(check, failure.kind(), failure.sentence());
    }
  }
}
