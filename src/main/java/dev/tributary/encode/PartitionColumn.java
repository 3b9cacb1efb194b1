package dev.tributary.encode;

import dev.tributary.job.Column;
import dev.tributary.job.Failure;
import dev.tributary.job.PartitionValue;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.IntToLongFunction;
import org.apache.arrow.memory.util.ArrowBufPointer;
import org.apache.arrow.vector.BaseIntVector;
import org.apache.arrow.vector.BitVector;
import org.apache.arrow.vector.DateDayVector;
import org.apache.arrow.vector.ElementAddressableVector;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.NullVector;
import org.apache.arrow.vector.TimeStampVector;
import org.apache.arrow.vector.UInt1Vector;
import org.apache.arrow.vector.UInt4Vector;
import org.apache.arrow.vector.UInt8Vector;
import org.apache.arrow.vector.VariableWidthFieldVector;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.jspecify.annotations.Nullable;

/**
 * Numbers the values of one partition column; 0 is no value, null and the empty string alike. A
 * value's text is made once, not for each row: strings as they are, numbers in decimal, {@code
 * true} and {@code false}, ISO dates, and instants in RFC 3339 in the unit that timestamps are
 * written in.
 */
final class PartitionColumn {

  private static final long NANOS_PER_SECOND = 1_000_000_000L;

  private final String name;
  private final String source;
  private final String type;
  private final TextIds texts = new TextIds();
  private final LongIds longs = new LongIds();
  private final List<PartitionValue> values = new ArrayList<>();
  private final ArrowBufPointer pointer = new ArrowBufPointer();

  private PartitionColumn(String name, String source, String type) {
    this.name = name;
    this.source = source;
    this.type = type;
    values.add(new PartitionValue(name, Optional.empty()));
  }

  /**
   * A column that can become folders.
   *
   * @param source the name of the result's column that it is filled from
   * @throws Failure of kind {@code REFUSED} if its type has no exact text
   */
  static PartitionColumn of(Column column, String source) throws Failure {
    String type = column.type();
    if (type.equals("string")
        || type.equals("bool")
        || type.equals("date32")
        || type.startsWith("timestamp[")
        || type.matches("u?int\\d+")) {
      return new PartitionColumn(column.name(), source, type);
    }
    throw new Failure(
        Failure.Kind.REFUSED,
        "cannot partition by '"
            + column.name()
            + "': it is a "
            + type
            + ", and only strings, whole numbers, booleans, dates and times become folders; cast it"
            + " in the query or take it out of 'partition_by'");
  }

  /** The name of the result's column. */
  String source() {
    return source;
  }

  /** The value of a number. */
  PartitionValue value(int id) {
    return values.get(id);
  }

  /**
   * Numbers a batch's values.
   *
   * @param vector null for a column that the result lacks
   * @param into row by row
   */
  void number(@Nullable FieldVector vector, int rows, int[] into) throws Failure {
    if (vector == null || vector instanceof NullVector) {
      Arrays.fill(into, 0, rows, 0);
      return;
    }
    if (type.equals("string")
        && vector instanceof VariableWidthFieldVector
        && vector instanceof ElementAddressableVector strings) {
      numberTexts(strings, rows, into);
      return;
    }
    IntToLongFunction number = numbers(vector);
    for (int row = 0; row < rows; row++) {
      into[row] = vector.isNull(row) ? 0 : idOf(number.applyAsLong(row));
    }
  }

  private void numberTexts(ElementAddressableVector strings, int rows, int[] into) throws Failure {
    for (int row = 0; row < rows; row++) {
      if (strings.isNull(row)) {
        into[row] = 0;
        continue;
      }
      strings.getDataPointer(row, pointer);
      if (pointer.getLength() == 0) {
        into[row] = 0;
        continue;
      }
      int id = 1 + texts.of(pointer);
      if (id == values.size()) {
        values.add(new PartitionValue(name, Optional.of(utf8(texts.text(id - 1)))));
      }
      into[row] = id;
    }
  }

  private int idOf(long value) {
    int id = 1 + longs.of(value);
    if (id == values.size()) {
      values.add(new PartitionValue(name, Optional.of(text(value))));
    }
    return id;
  }

  private String text(long value) {
    if (type.equals("bool")) {
      return Boolean.toString(value != 0);
    }
    if (type.equals("date32")) {
      return LocalDate.ofEpochDay(value).toString();
    }
    if (type.startsWith("timestamp[")) {
      long perSecond = NANOS_PER_SECOND / nanosPerUnit();
      return Instant.ofEpochSecond(
              Math.floorDiv(value, perSecond), Math.floorMod(value, perSecond) * nanosPerUnit())
          .toString();
    }
    return type.startsWith("u") ? Long.toUnsignedString(value) : Long.toString(value);
  }

  private IntToLongFunction numbers(FieldVector vector) throws Failure {
    if (vector instanceof TimeStampVector times && type.startsWith("timestamp[")) {
      long from =
          ColumnType.nanosPer(((ArrowType.Timestamp) vector.getField().getType()).getUnit());
      long to = nanosPerUnit();
      return from >= to
          ? row -> times.get(row) * (from / to)
          : row -> Math.floorDiv(times.get(row), to / from);
    }
    if (vector instanceof BitVector bits && type.equals("bool")) {
      return bits::get;
    }
    if (vector instanceof DateDayVector days && type.equals("date32")) {
      return days::get;
    }
    if (vector instanceof BaseIntVector whole && type.contains("int")) {
      return numbers(whole);
    }
    throw new Failure(
        Failure.Kind.REFUSED,
        "cannot partition by '"
            + name
            + "': it is "
            + vector.getField().getType()
            + ", but the job's schema says "
            + type
            + "; cast it in the query");
  }

  private static IntToLongFunction numbers(BaseIntVector whole) {
    if (whole instanceof UInt8Vector longs) {
      return longs::get;
    }
    if (whole instanceof UInt4Vector ints) {
      return row -> Integer.toUnsignedLong(ints.get(row));
    }
    if (whole instanceof UInt1Vector bytes) {
      return row -> Byte.toUnsignedLong(bytes.get(row));
    }
    return whole::getValueAsLong;
  }

  private long nanosPerUnit() {
    return type.startsWith("timestamp[us")
        ? 1_000
        : type.startsWith("timestamp[ms") ? 1_000_000 : 1;
  }

  private String utf8(byte[] bytes) throws Failure {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (CharacterCodingException e) {
      throw new Failure(
          Failure.Kind.REFUSED,
          "cannot partition by '" + name + "': it holds bytes that are not UTF-8",
          e);
    }
  }
}
