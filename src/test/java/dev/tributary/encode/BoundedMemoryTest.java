package dev.tributary.encode;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tributary.job.Output;
import dev.tributary.job.Output.Format;
import dev.tributary.job.Output.TimestampLoss;
import dev.tributary.job.Output.TimestampUnit;
import dev.tributary.testing.Counts;
import java.io.OutputStream;
import java.util.Optional;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** However many rows there are, the budget that one file takes stays the same. */
class BoundedMemoryTest {

  private static final int BATCH_ROWS = 8_192;
  private static final long ROW_GROUP = 4 << 20;

  @ParameterizedTest
  @EnumSource(Format.class)
  void theBudgetTakenDoesNotGrowWithTheRows(Format format) throws Exception {
    long few = peak(format, 4);

    assertThat(peak(format, Counts.of(370, 3_700))).isEqualTo(few);
    assertThat(few).isBetween(500_000L, ROW_GROUP + (2L << 20));
  }

  /** The most that was taken of the budget, in bytes, batches of the caller not counted. */
  private static long peak(Format format, int batches) throws Exception {
    Output output = WrittenFile.output(format, TimestampUnit.US, TimestampLoss.COUNT, ROW_GROUP);
    Table table =
        Table.of(
            Table.required("time", Table.TIME_NS),
            Table.nullable("room", Table.TEXT),
            Table.nullable("temp", Table.DOUBLE));
    for (int row = 0; row < BATCH_ROWS; row++) {
      table.row(row * 1_000_003L, "room " + row % 50, Math.sin(row));
    }
    Optional<String> time = Optional.of("time");
    ResultSchema result = ResultSchema.of(table.schema(), output, time);
    try (BufferAllocator callers = new RootAllocator();
        VectorSchemaRoot batch = table.batch(callers);
        BufferAllocator budget = new RootAllocator(64 << 20);
        Encoder encoder =
            Encoders.open(
                output,
                result,
                result.columns(),
                WrittenFile.ATTEMPT,
                time,
                budget,
                OutputStream.nullOutputStream())) {
      for (int i = 0; i < batches; i++) {
        encoder.write(batch);
      }
      assertThat(encoder.finish().rows()).isEqualTo((long) batches * BATCH_ROWS);
      return budget.getPeakMemoryAllocation();
    }
  }
}
