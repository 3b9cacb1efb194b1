package dev.tributary.run;

import dev.tributary.encode.Table;
import dev.tributary.job.Window;
import dev.tributary.query.BatchSource;
import dev.tributary.query.BatchStream;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.types.pojo.Schema;

/**
 * A source whose windows are written to after their end. Every row of an answer says which edition
 * of its window it belongs to, and each edition has two rows more than the one before: so a file
 * tells what it ought to hold.
 */
final class LateRooms implements BatchSource {

  private final BufferAllocator memory;
  private final Map<Window, Integer> editions = new HashMap<>();

  /** True time. */
  Instant now;

  LateRooms(Instant now, BufferAllocator memory) {
    this.now = now;
    this.memory = memory;
  }

  /** Rows of an edition, one in each second, in turn of two rooms. */
  static long rows(int edition) {
    return 2L * edition;
  }

  /** Something arrives late. */
  void change(Window window) {
    editions.merge(window, 1, Integer::sum);
  }

  /** Editions are counted from 0, which has no rows. */
  int edition(Window window) {
    return editions.getOrDefault(window, 0);
  }

  @Override
  public BatchStream open(Request request) {
    Window window = request.window();
    int edition = edition(window);
    Table table =
        Table.of(
            Table.nullable("time", Table.TIME_NS),
            Table.nullable("room", Table.TEXT),
            Table.nullable("edition", Table.INT64));
    for (int row = 0; row < rows(edition); row++) {
      long second = window.start().getEpochSecond() + row;
      table = table.row(second * 1_000_000_000L, row % 2 == 0 ? "hall" : "attic", (long) edition);
    }
    VectorSchemaRoot root = table.batch(memory);
    return new BatchStream() {
      private boolean delivered;

      @Override
      public Schema schema() {
        return root.getSchema();
      }

      @Override
      public boolean next() {
        boolean first = !delivered && edition > 0;
        delivered = true;
        return first;
      }

      @Override
      public VectorSchemaRoot batch() {
        return root;
      }

      @Override
      public void close() {
        root.close();
      }
    };
  }

  @Override
  public Instant now(String bucket) {
    return now;
  }

  @Override
  public void close() {}
}
