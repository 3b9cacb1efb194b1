package dev.tributary.run;

import dev.tributary.job.Failure;
import dev.tributary.job.Job;
import dev.tributary.job.Split;
import dev.tributary.query.BatchSource;

/**
 * Asks for the windows of one job, in pieces where the server refuses them whole. Safe for use by
 * several threads, each with a window of its own.
 */
final class Splitting {

  private final Job job;
  private final BatchSource source;
  private final Split split;
  private final PieceSize size;

  Splitting(Job job, BatchSource source, Kit kit) {
    this.job = job;
    this.source = source;
    this.split = job.windowing().map(Job.Windowing::split).orElse(Split.NEVER);
    this.size = kit.pieces().of(job);
  }

  /** What is done with the answers; done again from its beginning when pieces were too large. */
  @FunctionalInterface
  interface Work<T> {

    /**
     * Asks and works, leaving nothing behind when it fails.
     *
     * @param source to be asked for whole windows
     */
    T with(BatchSource source) throws Failure;
  }

  /**
   * Works with a source that gives whole windows, however many queries that takes.
   *
   * @param listener hears of each cut
   * @throws Failure as the work; of the server's kind, with the reason, if a window was refused for
   *     its size and cannot be cut
   */
  <T> T of(RunListener listener, Work<T> work) throws Failure {
    if (split.when() == Split.When.NEVER) {
      return work.with(source);
    }
    Pieces pieces = new Pieces(job, source, split, size, listener);
    while (true) {
      try {
        T done = work.with(pieces);
        pieces.answered();
        return done;
      } catch (Failure failure) {
        pieces.beginAgainAfter(failure);
      }
    }
  }
}
