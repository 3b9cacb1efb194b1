package dev.tributary.run;

import dev.tributary.job.Failure;
import dev.tributary.job.Job;
import dev.tributary.job.Split;
import dev.tributary.job.Window;
import dev.tributary.plan.Halving;
import dev.tributary.query.BatchSource;
import dev.tributary.query.BatchStream;
import dev.tributary.query.JoinedBatches;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A source that gives one window of a job whole, asking for pieces of it where the server refuses
 * more at once. A piece that is refused before its first row is cut on the spot; after that the
 * rows that came are of no use, and whoever reads begins again. Confined to one thread.
 */
final class Pieces implements BatchSource {

  /**
   * How often a window is cut for the time it takes, in one try: a server that hangs would let us
   * wait for each piece. The next try begins with what this one came to.
   */
  private static final int CUTS_FOR_TIME = 3;

  private final Job job;
  private final BatchSource source;
  private final Split split;
  private final PieceSize size;
  private final RunListener listener;
  private @Nullable Failure midst;
  private boolean refused;
  private @Nullable Duration whole;
  private int cutsForTime;

  Pieces(Job job, BatchSource source, Split split, PieceSize size, RunListener listener) {
    this.job = job;
    this.source = source;
    this.split = split;
    this.size = size;
    this.listener = listener;
  }

  @Override
  public BatchStream open(Request request) throws Failure {
    Window window = request.window();
    whole = length(window);
    return JoinedBatches.open(source, request, new Cuts(window), job.timeColumn());
  }

  /** Those of one window. */
  private final class Cuts implements JoinedBatches.Cutting {

    private final Window window;

    Cuts(Window window) {
      this.window = window;
    }

    @Override
    public List<Window> fitting(Window piece) {
      return split.bins().isEmpty()
          ? List.of(piece)
          : halving().pieces(piece, size.longest().orElse(length(piece)));
    }

    @Override
    public List<Window> instead(Window piece, Failure refusal, boolean rowsCame) throws Failure {
      return Pieces.this.instead(window, piece, refusal, rowsCame);
    }
  }

  private List<Window> instead(Window window, Window piece, Failure refusal, boolean rowsCame)
      throws Failure {
    if (split.obstacle().isPresent() && split.when() != Split.When.ALWAYS) {
      throw uncut(
          window,
          "because " + split.obstacle().orElseThrow(),
          "'split: always' insists, where each of its rows comes from one bin all the same",
          refusal);
    }
    if (split.bins().isEmpty()) {
      throw uncut(
          window,
          "because its bin is not known",
          "say with 'window.bin' how long it is, or 'none' where rows are not binned",
          refusal);
    }
    if (refusal.kind() == Failure.Kind.TOO_SLOW && ++cutsForTime > CUTS_FOR_TIME) {
      throw refusal;
    }
    List<Window> halves = halving().halves(piece);
    if (halves.size() == 1) {
      throw uncut(window, "because " + piece + " is one bin already", "use a shorter bin", refusal);
    }
    refused = true;
    size.refused(halves.stream().map(Pieces::length).max(Duration::compareTo).orElseThrow());
    listener.split(job.name(), window, halves.get(0), halves.get(1), refusal);
    if (rowsCame) {
      midst = refusal;
      throw refusal;
    }
    return halves;
  }

  private Failure uncut(Window window, String why, String whatToDo, Failure refusal) {
    return new Failure(
        refusal.kind(),
        "cannot split window "
            + window
            + " of job '"
            + job.name()
            + "' "
            + why
            + ": "
            + refusal.sentence()
            + "; "
            + whatToDo,
        refusal);
  }

  private Halving halving() {
    return new Halving(split.bins());
  }

  private static Duration length(Window window) {
    return Duration.between(window.start(), window.end());
  }

  /**
   * Returns if the failure is a refusal in the midst of rows, after which smaller pieces are asked
   * for; else throws it.
   */
  void beginAgainAfter(Failure failure) throws Failure {
    if (failure != midst) {
      throw failure;
    }
    midst = null;
  }

  /** Everything that was asked for has been answered. */
  void answered() {
    if (!refused && whole != null) {
      size.answered(whole);
    }
  }

  @Override
  public Instant now(String bucket) throws Failure {
    return source.now(bucket);
  }

  /** The source is shared, and closed by whoever opened it. */
  @Override
  public void close() {}
}
