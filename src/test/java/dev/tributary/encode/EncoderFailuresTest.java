package dev.tributary.encode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.tributary.job.Column;
import dev.tributary.job.Content;
import dev.tributary.job.Failure;
import dev.tributary.job.Output;
import dev.tributary.job.Output.Format;
import dev.tributary.job.Output.TimestampLoss;
import dev.tributary.job.Output.TimestampUnit;
import dev.tributary.testing.Counts;
import java.io.BufferedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Whatever fails, the operator gets a sentence and the memory comes back. */
class EncoderFailuresTest {

  private final BufferAllocator memory = new RootAllocator(64 << 20);

  @AfterEach
  void nothingStaysReserved() {
    memory.close();
  }

  /** A disk that takes some bytes and no more. */
  private static final class FullDisk extends OutputStream {
    private long room;

    FullDisk(long room) {
      this.room = room;
    }

    @Override
    public void write(int b) throws IOException {
      if (--room < 0) {
        throw new IOException("No space left on device");
      }
    }
  }

  private static Table noise(int rows) {
    Random random = new Random(7);
    Table table = Table.of(Table.nullable("text", Table.TEXT), Table.nullable("x", Table.DOUBLE));
    for (int row = 0; row < rows; row++) {
      table.row(Long.toHexString(random.nextLong()), random.nextDouble());
    }
    return table;
  }

  private Failure failureOf(
      Output output, Table table, List<Column> settled, BufferAllocator budget, OutputStream out) {
    return catchThrowableOfType(
        Failure.class,
        () -> {
          ResultSchema result = ResultSchema.of(table.schema(), output, Optional.empty());
          List<Column> columns = settled.isEmpty() ? result.columns() : settled;
          try (VectorSchemaRoot batch = table.batch(memory);
              Encoder encoder =
                  Encoders.open(
                      output,
                      result,
                      columns,
                      WrittenFile.ATTEMPT,
                      Optional.empty(),
                      budget,
                      out)) {
            for (int i = 0; i < 40; i++) {
              encoder.write(batch);
            }
            encoder.finish();
          }
        });
  }

  private Failure refused(Output output, Table table, Column... settled) {
    return failureOf(output, table, List.of(settled), memory, new ByteArrayOutputStream());
  }

  @ParameterizedTest
  @EnumSource(Format.class)
  void aFullDiskIsNamedAndTheWindowStaysOpen(Format format) {
    Output output = WrittenFile.output(format, TimestampUnit.US, TimestampLoss.COUNT, 1 << 20);
    for (long room : new long[] {0, 3, 4, 100, 50_000}) {
      Failure failure = failureOf(output, noise(2_000), List.of(), memory, new FullDisk(room));

      assertThat(failure).as("room for " + room).isNotNull();
      assertThat(failure.kind()).isEqualTo(Failure.Kind.CANNOT_WRITE);
      assertThat(failure.sentence())
          .isEqualTo(
              "cannot write window [2026-11-21T23:00:00Z, 2026-11-22T23:00:00Z) of job"
                  + " 'room-climate': No space left on device; nothing was published, the window"
                  + " stays open");
    }
  }

  /** Wherever it happens: in the head, between row groups, in the index, in the footer. */
  @ParameterizedTest
  @EnumSource(Format.class)
  void aDiskThatIsFullAtAnyByteIsNamed(Format format) throws Exception {
    Output output = Output.DEFAULT.withFormat(format);
    Table table = Table.hardValues();
    ResultSchema result = ResultSchema.of(table.schema(), output, Optional.empty());
    int step = Counts.of(13, 1);
    long room = 0;
    for (boolean fits = false; !fits; room += step) {
      try (VectorSchemaRoot batch = table.batch(memory);
          Encoder encoder =
              Encoders.open(
                  output,
                  result,
                  result.columns(),
                  WrittenFile.ATTEMPT,
                  Optional.empty(),
                  memory,
                  new FullDisk(room))) {
        encoder.write(batch);
        encoder.finish();
        fits = true;
      } catch (Failure failure) {
        assertThat(failure.kind()).as("room for " + room).isEqualTo(Failure.Kind.CANNOT_WRITE);
        assertThat(failure.sentence()).contains(": No space left on device; ");
      }
    }
    assertThat(room).isBetween(1_000L, 10_000L);
  }

  @ParameterizedTest
  @EnumSource(Format.class)
  void theLastByteIsFlushedBeforeTheFileIsCalledFinished(Format format) throws Exception {
    ByteArrayOutputStream disk = new ByteArrayOutputStream();
    OutputStream out = new BufferedOutputStream(disk, 1 << 20);
    Output output = Output.DEFAULT.withFormat(format);
    Table table = Table.hardValues();
    ResultSchema result = ResultSchema.of(table.schema(), output, Optional.empty());
    try (VectorSchemaRoot batch = table.batch(memory);
        Encoder encoder =
            Encoders.open(
                output,
                result,
                result.columns(),
                WrittenFile.ATTEMPT,
                Optional.empty(),
                memory,
                out)) {
      encoder.write(batch);
      encoder.finish();
    }
    String magic = format == Format.PARQUET ? "PAR1" : "ARROW1";

    assertThat(disk.toString(StandardCharsets.ISO_8859_1)).startsWith(magic).endsWith(magic);
  }

  @ParameterizedTest
  @EnumSource(Format.class)
  void aBudgetThatIsUsedUpSaysWhatToRaise(Format format) {
    Output output = WrittenFile.output(format, TimestampUnit.US, TimestampLoss.COUNT, 1 << 20);
    Table table = noise(5_000);
    int failed = 0;
    for (long budget = 64 << 10; budget <= 2 << 20; budget += 128 << 10) {
      try (BufferAllocator small = new RootAllocator(budget)) {
        Failure failure =
            failureOf(output, table, List.of(), small, OutputStream.nullOutputStream());
        if (failure != null) {
          failed++;
          assertThat(failure.kind()).isEqualTo(Failure.Kind.TRY_AGAIN);
          assertThat(failure.sentence())
              .startsWith("cannot reserve memory to write window [2026-11-21T23:00:00Z")
              .contains("; limits.memory is ")
              .endsWith("raise it or lower limits.runs");
        }
        assertThat(small.getAllocatedMemory()).as("budget of " + budget).isZero();
      }
    }
    assertThat(failed).isBetween(4, 15);
  }

  @Test
  void aRunWaitsForTheRoomThatAnotherHolds() throws Exception {
    // two row groups of the smallest size do not fit
    try (BufferAllocator small = new RootAllocator(2 << 20)) {
      CompletableFuture<Content> second = new CompletableFuture<>();
      Thread waiting = new Thread(() -> complete(second, small), "waiting");
      try (Encoder first = opened(small)) {
        waiting.start();
        while (waiting.getState() != Thread.State.TIMED_WAITING) {
          assertThat(second.isDone()).isFalse();
          Thread.onSpinWait();
        }
        assertThat(first.finish().rows()).isZero();
      }
      assertThat(second.get(20, TimeUnit.SECONDS).rows()).isZero();
      waiting.join();
    }
  }

  private static void complete(CompletableFuture<Content> into, BufferAllocator memory) {
    try (Encoder encoder = opened(memory)) {
      into.complete(encoder.finish());
    } catch (Failure failure) {
      into.completeExceptionally(failure);
    }
  }

  private static Encoder opened(BufferAllocator memory) throws Failure {
    Output output =
        WrittenFile.output(Format.PARQUET, TimestampUnit.US, TimestampLoss.COUNT, 1 << 20);
    ResultSchema result = ResultSchema.of(noise(1).schema(), output, Optional.empty());
    return Encoders.open(
        output,
        result,
        result.columns(),
        WrittenFile.ATTEMPT,
        Optional.empty(),
        memory,
        OutputStream.nullOutputStream());
  }

  @ParameterizedTest
  @EnumSource(Format.class)
  void closingHalfwayAndTwiceGivesTheMemoryBack(Format format) throws Exception {
    Table table = noise(100);
    Output output = Output.DEFAULT.withFormat(format);
    ResultSchema result = ResultSchema.of(table.schema(), output, Optional.empty());
    Encoder encoder =
        Encoders.open(
            output,
            result,
            result.columns(),
            WrittenFile.ATTEMPT,
            Optional.empty(),
            memory,
            OutputStream.nullOutputStream());
    try (VectorSchemaRoot batch = table.batch(memory)) {
      encoder.write(batch);
    }
    encoder.close();
    encoder.close();

    assertThat(memory.getAllocatedMemory()).isZero();
  }

  @Test
  void digitsThatMustNotBeCutAreRefusedWithTheirColumn() {
    Output exact =
        WrittenFile.output(Format.PARQUET, TimestampUnit.MS, TimestampLoss.FAIL, 1 << 20);

    Failure failure =
        refused(exact, Table.of(Table.nullable("at", Table.TIME_NS)).row(0L).row(-1L));

    assertThat(failure.kind()).isEqualTo(Failure.Kind.REFUSED);
    assertThat(failure.sentence())
        .isEqualTo(
            "cannot write column 'at': 1969-12-31T23:59:59.999999999Z has digits below the written"
                + " unit; choose a finer unit under 'timestamps', or 'loss: count'");
  }

  @Test
  void timesBeyondTheRangeOfNanosecondsAreRefused() {
    Output nanos = WrittenFile.with(Format.ARROW, TimestampUnit.NS);
    long last = Long.MAX_VALUE / 1_000_000;
    Table inRange =
        Table.of(Table.nullable("at", Table.TIME_MS)).row(last).row(-last).row((Object) null);

    assertThat(refused(nanos, inRange)).isNull();
    assertThat(refused(nanos, inRange.row(last + 1)).sentence())
        .isEqualTo(
            "cannot write column 'at' as timestamp[ns, UTC]: 2262-04-11T23:47:16.855Z is out of its"
                + " range; choose another unit under 'timestamps'");
  }

  @Test
  void nullsInAColumnWithoutNullsAreRefused() {
    Failure failure =
        refused(
            Output.DEFAULT,
            Table.of(Table.nullable("x", Table.DOUBLE)).row(1.0).row((Object) null),
            new Column("x", "double", false));

    assertThat(failure.sentence())
        .isEqualTo(
            "cannot write column 'x': it holds nulls, but the job's schema says that it has none;"
                + " fill them in the query, such as with coalesce");
  }

  @Test
  void integersThatAnotherSignWouldChangeAreRefused() {
    Table unsigned = Table.of(Table.nullable("n", Table.UINT64)).row(-1L);
    Table signed = Table.of(Table.nullable("n", Table.INT64)).row(-1L);

    assertThat(refused(Output.DEFAULT, unsigned, new Column("n", "int64", true)).sentence())
        .startsWith("cannot write column 'n': it is ")
        .endsWith("but the job's schema says int64; cast it in the query");
    assertThat(refused(Output.DEFAULT, signed, new Column("n", "uint64", true))).isNotNull();
  }

  @ParameterizedTest
  @EnumSource(Format.class)
  void aTypeThatANewerVersionRecordedIsNamed(Format format) {
    Failure failure =
        refused(
            Output.DEFAULT.withFormat(format),
            Table.of(Table.nullable("n", Table.INT64)).row(1L),
            new Column("n", "int64", true),
            new Column("price", "decimal128(9, 2)", true));

    assertThat(failure.kind()).isEqualTo(Failure.Kind.CONFIGURATION);
    assertThat(failure.sentence())
        .isEqualTo(
            "cannot write column 'price': the job's schema says decimal128(9, 2), which this"
                + " version does not know; run the version that recorded it, or a newer one");
  }
}
