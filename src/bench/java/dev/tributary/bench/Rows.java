package dev.tributary.bench;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import org.apache.arrow.memory.ArrowBuf;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.BigIntVector;
import org.apache.arrow.vector.BitVector;
import org.apache.arrow.vector.Float8Vector;
import org.apache.arrow.vector.TimeStampNanoVector;
import org.apache.arrow.vector.VarCharVector;
import org.apache.arrow.vector.VectorLoader;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.VectorUnloader;
import org.apache.arrow.vector.ipc.message.ArrowRecordBatch;
import org.apache.arrow.vector.types.FloatingPointPrecision;
import org.apache.arrow.vector.types.TimeUnit;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.FieldType;
import org.apache.arrow.vector.types.pojo.Schema;

/**
 * Readings of 200 rooms, made up once: a cycle of 524,288 rows in which only the time goes on, so
 * that serving them costs next to nothing. The same on every machine. Safe for use by several
 * threads.
 */
final class Rows implements AutoCloseable {

  static final int BATCH_ROWS = 8192;
  static final int ROOMS = 200;

  private static final int BATCHES = 64;
  private static final int TIME_DATA = 1;
  private static final ArrowType DOUBLE =
      new ArrowType.FloatingPoint(FloatingPointPrecision.DOUBLE);

  static final Schema SCHEMA =
      new Schema(
          List.of(
              field("time", false, new ArrowType.Timestamp(TimeUnit.NANOSECOND, null), "timestamp"),
              field("room", true, new ArrowType.Utf8(), "tag"),
              field("temp", true, DOUBLE, "field::float"),
              field("hum", true, DOUBLE, "field::float"),
              field("temp_avg", true, DOUBLE, "field::float"),
              field("co2_avg", true, DOUBLE, "field::float"),
              field("n", true, new ArrowType.Int(64, true), "field::integer"),
              field("ok", true, new ArrowType.Bool(), "field::boolean")),
          Map.of("iox::measurement::name", "home"));

  private final BufferAllocator memory;
  private final List<ArrowRecordBatch> cycle = new ArrayList<>();

  Rows(BufferAllocator memory) {
    this.memory = memory;
    Random random = new Random(7);
    double[] temperatures = new double[ROOMS];
    double[] humidities = new double[ROOMS];
    Arrays.fill(temperatures, 21);
    Arrays.fill(humidities, 45);
    for (int batch = 0; batch < BATCHES; batch++) {
      cycle.add(makeUp(batch, random, temperatures, humidities));
    }
  }

  /** Loads the batch that begins at a row, with as many rows as are left of the answer. */
  void load(VectorLoader loader, VectorSchemaRoot root, Ask ask, long from) {
    ArrowRecordBatch made = cycle.get((int) (from / BATCH_ROWS % BATCHES));
    List<ArrowBuf> buffers = new ArrayList<>(made.getBuffers());
    try (ArrowBuf times = memory.buffer(BATCH_ROWS * 8L)) {
      for (int row = 0; row < BATCH_ROWS; row++) {
        times.setLong(row * 8L, ask.first() + (from + row) / ROOMS * ask.step());
      }
      times.writerIndex(BATCH_ROWS * 8L);
      buffers.set(TIME_DATA, times);
      try (ArrowRecordBatch timed = new ArrowRecordBatch(BATCH_ROWS, made.getNodes(), buffers)) {
        loader.load(timed);
      }
    }
    if (ask.rows() - from < BATCH_ROWS) {
      root.setRowCount((int) (ask.rows() - from));
    }
  }

  @Override
  public void close() {
    cycle.forEach(ArrowRecordBatch::close);
  }

  private ArrowRecordBatch makeUp(
      int batch, Random random, double[] temperatures, double[] humidities) {
    try (VectorSchemaRoot root = VectorSchemaRoot.create(SCHEMA, memory)) {
      root.allocateNew();
      VarCharVector rooms = (VarCharVector) root.getVector("room");
      TimeStampNanoVector times = (TimeStampNanoVector) root.getVector("time");
      BigIntVector counts = (BigIntVector) root.getVector("n");
      BitVector flags = (BitVector) root.getVector("ok");
      for (int row = 0; row < BATCH_ROWS; row++) {
        int room = (batch * BATCH_ROWS + row) % ROOMS;
        // none is null; load() puts the values in
        times.setSafe(row, 0);
        rooms.setSafe(row, name(room));
        temperatures[room] += random.nextGaussian() * 0.1;
        humidities[room] += random.nextGaussian() * 0.3;
        // two rounded, as sensors send them, with few distinct values; two as averages come out
        double temperature = Math.round(temperatures[room] * 10) / 10.0;
        double humidity = Math.round(humidities[room] * 100) / 100.0;
        double average = temperatures[room] + random.nextDouble() * 0.01;
        double co2 = 420 + 200 * random.nextDouble();
        set(root, "temp", row, temperature, random);
        set(root, "hum", row, humidity, random);
        set(root, "temp_avg", row, average, random);
        set(root, "co2_avg", row, co2, random);
        if (random.nextInt(20) == 0) {
          counts.setNull(row);
        } else {
          counts.setSafe(row, random.nextInt(600));
        }
        flags.setSafe(row, random.nextInt(10) > 0 ? 1 : 0);
      }
      root.setRowCount(BATCH_ROWS);
      return new VectorUnloader(root).getRecordBatch();
    }
  }

  private static void set(
      VectorSchemaRoot root, String column, int row, double value, Random random) {
    Float8Vector vector = (Float8Vector) root.getVector(column);
    if (random.nextInt(20) == 0) {
      vector.setNull(row);
    } else {
      vector.setSafe(row, value);
    }
  }

  private static byte[] name(int room) {
    return String.format(Locale.ROOT, "room-%03d", room).getBytes(StandardCharsets.UTF_8);
  }

  private static Field field(String name, boolean nullable, ArrowType type, String kind) {
    Map<String, String> metadata = Map.of("iox::column::type", "iox::column_type::" + kind);
    return new Field(name, new FieldType(nullable, type, null, metadata), null);
  }
}
