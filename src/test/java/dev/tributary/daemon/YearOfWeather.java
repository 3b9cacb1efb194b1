package dev.tributary.daemon;

import dev.tributary.encode.Table;
import dev.tributary.job.Failure;
import dev.tributary.job.Window;
import dev.tributary.query.BatchSource;
import dev.tributary.query.BatchStream;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.types.pojo.Schema;

/**
 * A source that has one row in each hour, right when asked after it, and fails as a year has it.
 */
final class YearOfWeather implements BatchSource {

  /** True time. */
  Instant now;

  /** Chance that a question fails. */
  double faults;

  final Map<Window, Integer> asked = new HashMap<>();
  final AtomicBoolean early = new AtomicBoolean();
  private final Random random;
  private final BufferAllocator memory;

  YearOfWeather(Instant now, Random random, BufferAllocator memory) {
    this.now = now;
    this.random = random;
    this.memory = memory;
  }

  static long rows(Window window) {
    return Math.min(3, java.time.Duration.between(window.start(), window.end()).toHours());
  }

  @Override
  public BatchStream open(Request request) throws Failure {
    mayFail();
    Window window = request.window();
    asked.merge(window, 1, Integer::sum);
    if (window.end().isAfter(now)) {
      early.set(true);
    }
    Table table = Table.of(Table.nullable("time", Table.TIME_NS), Table.nullable("v", Table.INT64));
    for (int row = 0; row < rows(window); row++) {
      Instant time = window.start().plusSeconds(3600L * row);
      table = table.row(time.getEpochSecond() * 1_000_000_000L, (long) row);
    }
    VectorSchemaRoot root = table.batch(memory);
    boolean breaks = random.nextDouble() < faults / 2;
    return new BatchStream() {
      private int delivered;

      @Override
      public Schema schema() {
        return root.getSchema();
      }

      @Override
      public boolean next() throws Failure {
        if (delivered++ > 0 && breaks) {
          throw new Failure(Failure.Kind.UNREACHABLE, "cannot read on: the line is cut");
        }
        return delivered == 1;
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
  public Instant now(String bucket) throws Failure {
    mayFail();
    return now;
  }

  private void mayFail() throws Failure {
    if (random.nextDouble() < faults) {
      boolean down = random.nextInt(4) > 0;
      throw new Failure(
          down ? Failure.Kind.UNREACHABLE : Failure.Kind.REFUSED,
          down ? "cannot reach the weather: no answer" : "cannot ask: the server is out of sorts");
    }
  }

  @Override
  public void close() {}
}
