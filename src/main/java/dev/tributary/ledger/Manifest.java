package dev.tributary.ledger;

import dev.tributary.job.Attempt;
import dev.tributary.job.Column;
import dev.tributary.job.Content;
import dev.tributary.job.History;
import dev.tributary.job.ObjectKey;
import dev.tributary.job.Window;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * The receipt of one generation of one window.
 *
 * @param attempt who made it, from which definition and source
 * @param status how the window was settled
 * @param content what its rows amount to
 * @param columns of the files, in order; empty when nothing was ever known of them
 * @param files the window's files; none when it had no rows and no file was wanted or its columns
 *     are unknown
 * @param ended when the data was whole at the destination, by our clock
 * @param reason why a window was skipped, or what a second look at it found changed; absent
 *     otherwise
 */
public record Manifest(
    Attempt attempt,
    History.Status status,
    Content content,
    List<Column> columns,
    List<DataFile> files,
    Instant ended,
    Optional<String> reason) {

  public Manifest {
    columns = List.copyOf(columns);
    files = List.copyOf(files);
  }

  /** What a history keeps of it, when its window was settled or looked at last at an instant. */
  public History.Committed committed(Instant at) {
    Window window = attempt.window();
    return new History.Committed(
        window, status, attempt.generation(), attempt.hashes().query(), window.age(at));
  }

  /** The same, with what was the reason for it. */
  public Manifest because(Optional<String> why) {
    return new Manifest(attempt, status, content, columns, files, ended, why);
  }

  /**
   * A published file.
   *
   * @param key below the destination's prefix
   * @param bytes size
   * @param rows in this file
   * @param sha256 of the whole file, lower-case hex
   * @param version the destination's word for this state of the object
   */
  public record DataFile(ObjectKey key, long bytes, long rows, String sha256, String version) {}
}
