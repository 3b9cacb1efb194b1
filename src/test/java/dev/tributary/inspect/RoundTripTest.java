package dev.tributary.inspect;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tributary.encode.ContentTally;
import dev.tributary.encode.FolderColumns;
import dev.tributary.encode.Table;
import dev.tributary.encode.WrittenFile;
import dev.tributary.job.Output;
import dev.tributary.job.Output.Compression;
import dev.tributary.job.Output.Format;
import dev.tributary.testing.Counts;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.apache.arrow.vector.types.pojo.Field;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whatever is written is read back equal by two other implementations. */
class RoundTripTest {

  private static final ArrowType INT32 = new ArrowType.Int(32, true);
  private static final ArrowType UINT8 = new ArrowType.Int(8, false);
  private static final ArrowType FLOAT =
      new ArrowType.FloatingPoint(org.apache.arrow.vector.types.FloatingPointPrecision.SINGLE);
  private static final List<ArrowType> TYPES =
      List.of(
          Table.INT64,
          Table.DOUBLE,
          Table.TEXT,
          Table.BOOL,
          Table.DATE,
          Table.UINT64,
          INT32,
          UINT8,
          FLOAT,
          Table.TIME_MS);

  private final BufferAllocator memory = new RootAllocator(1L << 30);

  private final Path folder;

  RoundTripTest(@TempDir Path folder) {
    this.folder = folder;
  }

  @AfterEach
  void nothingStaysReserved() {
    memory.close();
  }

  @Test
  void randomColumnsAreReadBackEqual() throws Exception {
    for (int seed = 0; seed < Counts.of(40, 2_000); seed++) {
      roundTrip(seed);
    }
  }

  private void roundTrip(long seed) throws Exception {
    Random random = new Random(seed);
    List<Field> fields = new ArrayList<>();
    List<Values> columns = new ArrayList<>();
    for (int column = 0; column <= random.nextInt(5); column++) {
      ArrowType type = TYPES.get(random.nextInt(TYPES.size()));
      fields.add(Table.nullable("c" + column, type));
      columns.add(Values.of(type, random));
    }
    List<Table> batches = new ArrayList<>();
    int rows = random.nextInt(4) == 0 ? random.nextInt(3) : random.nextInt(50_000);
    int done = 0;
    do {
      Table batch = Table.of(fields.toArray(Field[]::new));
      int end = Math.min(rows, done + 1 + random.nextInt(20_000));
      for (; done < end; done++) {
        @Nullable Object[] row = new @Nullable Object[columns.size()];
        for (int column = 0; column < row.length; column++) {
          row[column] = columns.get(column).next(done);
        }
        batch.row(row);
      }
      batches.add(batch);
    } while (done < rows);
    Path file = folder.resolve("rows-" + seed + ".parquet");
    WrittenFile written = WrittenFile.of(file, output(random, fields), batches, null, memory);

    ContentTally tally = new ContentTally(Optional.empty());
    Reading.of(
        file.toUri(),
        Format.PARQUET,
        memory,
        own -> new FolderColumns(List.of(), List.of(), memory),
        tally);

    assertThat(tally.content().rows()).as("rows of seed " + seed).isEqualTo(rows);
    assertThat(tally.content().digest())
        .as("digest of seed " + seed + ": " + fields)
        .isEqualTo(written.content().digest());
    duckReadsTheSame(file, batches, seed);
  }

  private static Output output(Random random, List<Field> fields) {
    Output d = Output.DEFAULT;
    Compression[] all = Compression.values();
    return new Output(
        Format.PARQUET,
        Output.TimestampUnit.MS,
        d.timestampLoss(),
        d.columns(),
        d.types(),
        d.schema(),
        d.emptyFile(),
        d.partitionBy(),
        d.sort(),
        d.successMarker(),
        all[random.nextInt(all.length)],
        1 + random.nextInt(5),
        random.nextBoolean() ? 1 << 20 : 128 << 20,
        random.nextInt(3) == 0 ? List.of(fields.get(0).getName()) : List.of());
  }

  private static void duckReadsTheSame(Path file, List<Table> batches, long seed) throws Exception {
    try (Connection connection = DriverManager.getConnection("jdbc:duckdb:");
        Statement statement = connection.createStatement()) {
      List<String> columns = new ArrayList<>();
      for (Field field : batches.get(0).fields()) {
        boolean date = field.getType().equals(Table.DATE);
        boolean time = field.getType().equals(Table.TIME_MS);
        String name = field.getName();
        columns.add(
            date
                ? "date_diff('day', DATE '1970-01-01', " + name + ")"
                : time ? "epoch_ms(" + name + ")" : name);
      }
      String sql = "SELECT " + String.join(", ", columns) + " FROM '" + file + "'";
      try (ResultSet result = statement.executeQuery(sql)) {
        int number = 0;
        for (Table batch : batches) {
          for (@Nullable Object[] row : batch.rows()) {
            boolean there = result.next();
            for (int column = 0; column < row.length; column++) {
              Object read = there ? result.getObject(column + 1) : "no row";
              String expected = text(expected(batch.fields().get(column), row[column]));
              // a million comparisons: only one that fails is worth a description
              if (!text(read).equals(expected)) {
                assertThat(text(read))
                    .as("seed " + seed + ", row " + number + ", column " + column)
                    .isEqualTo(expected);
              }
            }
            number++;
          }
        }
        assertThat(result.next()).as("seed " + seed).isFalse();
      }
    }
  }

  private static @Nullable Object expected(Field field, @Nullable Object value) {
    if (value != null && field.getType().equals(Table.UINT64)) {
      return Long.toUnsignedString((Long) value);
    }
    return value;
  }

  private static String text(@Nullable Object value) {
    return String.valueOf(value);
  }

  /** Values of one column, of one character: constant, in runs, few, many, sorted, extreme. */
  private record Values(ArrowType type, Random random, int character, double nulls) {

    static Values of(ArrowType type, Random random) {
      double[] shares = {0, 0, 0.05, 0.5, 1};
      return new Values(type, random, random.nextInt(6), shares[random.nextInt(shares.length)]);
    }

    @Nullable Object next(int row) {
      if (random.nextDouble() < nulls) {
        return null;
      }
      long number =
          switch (character) {
            case 0 -> 42;
            case 1 -> row / 300;
            case 2 -> random.nextInt(50);
            case 3 -> row * 1_000L + random.nextInt(10);
            case 4 -> random.nextInt(10) == 0 ? extreme() : random.nextInt();
            default -> random.nextLong();
          };
      return value(number);
    }

    private long extreme() {
      long[] extremes = {Long.MIN_VALUE, Long.MAX_VALUE, 0, -1, Integer.MIN_VALUE};
      return extremes[random.nextInt(extremes.length)];
    }

    private Object value(long number) {
      if (type.equals(Table.TEXT)) {
        return character == 4 && random.nextInt(100) == 0
            ? "long ".repeat(random.nextInt(4_000))
            : number % 7 == 0 ? "" : "value " + number;
      }
      if (type.equals(Table.DOUBLE)) {
        return character == 4 ? special() : character == 5 ? random.nextGaussian() : number / 10.0;
      }
      if (type.equals(FLOAT)) {
        return character == 4
            ? (float) special()
            : character == 5 ? random.nextFloat() : number / 8f;
      }
      if (type.equals(Table.BOOL)) {
        return (number & 1) == 0;
      }
      if (type.equals(Table.DATE)) {
        return (int) (number % 500_000);
      }
      if (type.equals(INT32)) {
        return (int) number;
      }
      if (type.equals(UINT8)) {
        return (int) (number & 0xff);
      }
      return type.equals(Table.TIME_MS) ? number % 250_000_000_000_000L : number;
    }

    private double special() {
      double[] specials = {
        Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY, -0.0, 0.0, 1e-30, 1.5
      };
      return specials[random.nextInt(specials.length)];
    }
  }
}
