package dev.tributary.encode;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tributary.job.Output;
import dev.tributary.job.Output.Format;
import dev.tributary.job.Output.TimestampLoss;
import dev.tributary.job.Output.TimestampUnit;
import dev.tributary.testing.Counts;
import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.apache.arrow.vector.Float8Vector;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.Schema;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

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

  /** What cannot be made smaller shows how much is held back on its way to the stream. */
  @ParameterizedTest
  @ValueSource(ints = {1_000, 2_000_000})
  void neverMoreThanARowGroupIsHeldBack(int batchRows) throws Exception {
    Random random = new Random(17);
    Output output =
        WrittenFile.output(Format.PARQUET, TimestampUnit.US, TimestampLoss.COUNT, ROW_GROUP);
    Field field = Table.required("x", Table.DOUBLE);
    ResultSchema result =
        ResultSchema.of(new Schema(List.of(field)), output, Optional.<String>empty());
    long in = 0;
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (BufferAllocator budget = new RootAllocator(64 << 20);
        Float8Vector numbers = new Float8Vector(field, budget);
        VectorSchemaRoot batch = new VectorSchemaRoot(List.of(numbers));
        Encoder encoder =
            Encoders.open(
                output,
                result,
                result.columns(),
                WrittenFile.ATTEMPT,
                Optional.empty(),
                budget,
                out)) {
      numbers.allocateNew(batchRows);
      while (in < 10 * ROW_GROUP) {
        for (int row = 0; row < batchRows; row++) {
          numbers.set(row, Double.longBitsToDouble(random.nextLong() >>> 2));
        }
        batch.setRowCount(batchRows);
        encoder.write(batch);
        in += (long) batchRows * Double.BYTES;

        assertThat(in - out.size()).isLessThan(ROW_GROUP + ROW_GROUP / 4);
      }
      encoder.finish();
    }
    assertThat(ParquetFooterTest.footer(out.toByteArray()).getRow_groups())
        .hasSizeBetween(9, 25)
        .allMatch(group -> group.getTotal_byte_size() < ROW_GROUP + ROW_GROUP / 4);
  }
}
