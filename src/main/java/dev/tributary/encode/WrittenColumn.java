package dev.tributary.encode;

import java.util.List;
import java.util.Map;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.FieldType;

/**
 * A column of a file being written.
 *
 * @param source the name of the result's column that it is filled from, if the result has it
 * @param metadata of the result's field; empty for a column the result lacks
 */
record WrittenColumn(
    String name, String source, ColumnType type, boolean nullable, Map<String, String> metadata) {

  Field field() {
    return new Field(name, new FieldType(nullable, type.arrow(), null, metadata), List.of());
  }
}
