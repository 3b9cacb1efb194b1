package dev.tributary.inspect;

import dev.tributary.encode.ContentTally;
import dev.tributary.job.Column;
import dev.tributary.job.PartitionValue;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.arrow.vector.BaseIntVector;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.FloatingPointVector;
import org.apache.arrow.vector.TimeStampVector;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.jspecify.annotations.Nullable;

/**
 * What rows of two sides have in common: columns of either, by name, those that are no floats the
 * key, the others the values. A column that a side lacks is one of nulls there.
 *
 * <p>In a key each cell is its text in UTF-8, ended by 0 1; a zero in a text is 0 255, and no value
 * is 0 0: so keys are equal only if their cells are, and sort as their texts do.
 *
 * @param keys names of the columns of the key
 * @param values names of the columns of floats
 */
record RowShape(List<String> keys, List<String> values) {

  private static final int END = 1;
  private static final int NONE = 0;
  private static final int ZERO = 255;
  private static final int LONGEST_TEXT = 80;

  RowShape {
    keys = List.copyOf(keys);
    values = List.copyOf(values);
  }

  /** The columns of both sides, a column of the second one where only that has it. */
  static RowShape of(List<Column> one, List<Column> other) {
    Set<String> floats = new LinkedHashSet<>();
    Set<String> rest = new LinkedHashSet<>();
    List<Column> all = Stream.concat(one.stream(), other.stream()).toList();
    all.stream().filter(RowShape::isFloat).map(Column::name).forEach(floats::add);
    all.stream().map(Column::name).filter(name -> !floats.contains(name)).forEach(rest::add);
    return new RowShape(List.copyOf(rest), List.copyOf(floats));
  }

  private static boolean isFloat(Column column) {
    return column.type().equals("double") || column.type().equals("float");
  }

  /** The columns of a batch in this shape's order, beside what a file's folders say. */
  final class Batch {
    private final List<@Nullable FieldVector> keyVectors = new ArrayList<>();
    private final List<@Nullable FieldVector> valueVectors = new ArrayList<>();
    private final List<PartitionValue> folders;

    Batch(VectorSchemaRoot batch, List<PartitionValue> folders) {
      this.folders = folders;
      keys.forEach(name -> keyVectors.add(batch.getVector(name)));
      values.forEach(name -> valueVectors.add(batch.getVector(name)));
    }

    Row row(int row) {
      ByteArrayOutputStream key = new ByteArrayOutputStream();
      for (int i = 0; i < keyVectors.size(); i++) {
        FieldVector vector = keyVectors.get(i);
        put(key, vector == null ? folderText(keys.get(i)) : text(vector, row));
      }
      long[] numbers = new long[valueVectors.size()];
      for (int i = 0; i < numbers.length; i++) {
        FieldVector vector = valueVectors.get(i);
        numbers[i] =
            vector == null || vector.isNull(row)
                ? Row.NULL
                : Row.ordered(((FloatingPointVector) vector).getValueAsDouble(row));
      }
      return new Row(key.toByteArray(), numbers);
    }

    private Optional<String> folderText(String column) {
      return folders.stream()
          .filter(folder -> folder.column().equals(column))
          .findFirst()
          .flatMap(PartitionValue::text);
    }
  }

  private static Optional<String> text(FieldVector vector, int row) {
    if (vector.isNull(row)) {
      return Optional.empty();
    }
    if (vector instanceof TimeStampVector times) {
      return Optional.of(ContentTally.instantAt(times, row).toString());
    }
    if (vector instanceof BaseIntVector numbers
        && vector.getField().getType() instanceof ArrowType.Int type) {
      long value = numbers.getValueAsLong(row);
      return Optional.of(type.getIsSigned() ? Long.toString(value) : Long.toUnsignedString(value));
    }
    Object value = vector.getObject(row);
    return Optional.of(
        value instanceof byte[] bytes ? HexFormat.of().formatHex(bytes) : String.valueOf(value));
  }

  private static void put(ByteArrayOutputStream key, Optional<String> text) {
    if (text.isPresent()) {
      for (byte octet : text.orElseThrow().getBytes(StandardCharsets.UTF_8)) {
        key.write(octet);
        if (octet == 0) {
          key.write(ZERO);
        }
      }
    }
    key.write(0);
    key.write(text.isPresent() ? END : NONE);
  }

  /** A row's key for people: its columns and their texts, without those that have no value. */
  String text(Row row) {
    List<String> cells = new ArrayList<>();
    ByteArrayOutputStream cell = new ByteArrayOutputStream();
    byte[] key = row.key();
    int column = 0;
    int at = 0;
    while (at < key.length) {
      if (key[at] != 0) {
        cell.write(key[at]);
        at++;
        continue;
      }
      int mark = key[at + 1] & 0xff;
      at += 2;
      if (mark == ZERO) {
        cell.write(0);
        continue;
      }
      if (mark == END) {
        cells.add(keys.get(column) + "=" + shortened(cell.toString(StandardCharsets.UTF_8)));
      }
      cell.reset();
      column++;
    }
    return String.join(" ", cells);
  }

  private static String shortened(String text) {
    return text.length() <= LONGEST_TEXT ? text : text.substring(0, LONGEST_TEXT) + "…";
  }
}
