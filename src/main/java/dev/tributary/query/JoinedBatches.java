package dev.tributary.query;

import dev.tributary.job.Failure;
import dev.tributary.job.Window;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.Schema;

/**
 * The results of a query over the pieces of a window, one after the other as one result. One piece
 * is asked for at a time, when the rows of the one before it have all come. A piece for which the
 * server had no data counts as empty. Confined to one thread.
 */
public final class JoinedBatches implements BatchStream {

  private final BatchSource source;
  private final BatchSource.Request request;
  private final Deque<Window> waiting;
  private final Cutting cutting;
  private final Optional<String> timeColumn;
  private Window piece;
  private BatchStream stream = new NoData();
  private Schema schema = stream.schema();
  private boolean rowsCame;

  /** Decides how much is asked for at once. */
  public interface Cutting {

    /**
     * A piece as it is now known to be answered: in smaller ones, oldest first, or itself alone.
     */
    List<Window> fitting(Window piece);

    /**
     * The smaller pieces to ask for instead of one that the server refused for its size, oldest
     * first.
     *
     * @param rowsCame whether rows of it were handed on, so that only a new beginning can help
     * @throws Failure if there is nothing to be asked for instead
     */
    List<Window> instead(Window piece, Failure refusal, boolean rowsCame) throws Failure;
  }

  private JoinedBatches(
      BatchSource source,
      BatchSource.Request request,
      Cutting cutting,
      Optional<String> timeColumn) {
    this.source = source;
    this.request = request;
    this.waiting = new ArrayDeque<>(List.of(request.window()));
    this.cutting = cutting;
    this.timeColumn = timeColumn;
    this.piece = request.window();
  }

  /**
   * Opens the first piece that has columns.
   *
   * @param request of the whole window
   * @param timeColumn the result's time column, by which each row is held to its piece
   * @throws Failure as {@link BatchSource#open} and {@link Cutting#instead}
   */
  public static JoinedBatches open(
      BatchSource source, BatchSource.Request request, Cutting cutting, Optional<String> timeColumn)
      throws Failure {
    JoinedBatches joined = new JoinedBatches(source, request, cutting, timeColumn);
    boolean opened = false;
    try {
      while (joined.schema.getFields().isEmpty() && !joined.waiting.isEmpty()) {
        joined.openNext();
      }
      opened = true;
      return joined;
    } finally {
      if (!opened) {
        joined.close();
      }
    }
  }

  @Override
  public Schema schema() {
    return schema;
  }

  @Override
  public boolean next() throws Failure {
    while (true) {
      if (loaded()) {
        rowsCame = true;
        if (!piece.equals(request.window())) {
          PieceTimes.hold(batch(), timeColumn, piece, request);
        }
        return true;
      }
      if (waiting.isEmpty()) {
        return false;
      }
      openNext();
    }
  }

  private boolean loaded() throws Failure {
    try {
      return stream.next();
    } catch (Failure refusal) {
      cut(refusal);
      return false;
    }
  }

  private void openNext() throws Failure {
    stream.close();
    stream = new NoData();
    rowsCame = false;
    // by what was learnt since it was put there
    waitFor(cutting.fitting(waiting.remove()));
    piece = waiting.remove();
    try {
      stream = source.open(request.over(piece));
    } catch (Failure refusal) {
      cut(refusal);
      return;
    }
    if (schema.getFields().isEmpty()) {
      schema = stream.schema();
    } else if (!stream.schema().getFields().isEmpty()) {
      requireSame(stream.schema());
    }
  }

  private void cut(Failure refusal) throws Failure {
    if (!refusal.kind().isForSize()) {
      throw refusal;
    }
    List<Window> smaller = cutting.instead(piece, refusal, rowsCame);
    stream.close();
    stream = new NoData();
    waitFor(smaller);
  }

  private void waitFor(List<Window> next) {
    for (int i = next.size() - 1; i >= 0; i--) {
      waiting.addFirst(next.get(i));
    }
  }

  private void requireSame(Schema other) throws Failure {
    List<String> before = columns(schema);
    List<String> now = columns(other);
    if (!before.equals(now)) {
      List<String> differing = new ArrayList<>(now);
      differing.removeAll(before);
      before.stream().filter(column -> !now.contains(column)).forEach(differing::add);
      throw new Failure(
          Failure.Kind.REFUSED,
          "cannot join the pieces of window "
              + request.window()
              + ": the columns of "
              + piece
              + " are not those of the pieces before it"
              + (differing.isEmpty() ? ", in their order" : ": " + String.join(", ", differing))
              + "; name and cast the columns in the query");
    }
  }

  private static List<String> columns(Schema schema) {
    return schema.getFields().stream().map(JoinedBatches::column).toList();
  }

  private static String column(Field field) {
    return "'" + field.getName() + "' " + field.getType();
  }

  @Override
  public VectorSchemaRoot batch() {
    return stream.batch();
  }

  @Override
  public void close() {
    stream.close();
  }
}
