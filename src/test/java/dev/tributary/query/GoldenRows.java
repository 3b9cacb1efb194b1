package dev.tributary.query;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.TimeStampVector;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.complex.StructVector;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.apache.arrow.vector.types.pojo.Field;

/** Recorded rows and read rows, in one form in which they can be compared. */
final class GoldenRows {

  private GoldenRows() {}

  static List<Integer> rowCountsWithoutKeepAlives(Golden golden) {
    List<Integer> counts = new ArrayList<>();
    golden.json().path("batch_rows").forEach(n -> counts.add(n.asInt()));
    counts.removeIf(n -> n == 0);
    return counts;
  }

  /** As the recording names types. */
  static String typeName(Field field) {
    ArrowType type = field.getType();
    if (type instanceof ArrowType.Struct) {
      List<String> members = new ArrayList<>();
      field.getChildren().forEach(child -> members.add(child.getName() + ": " + typeName(child)));
      return "struct<" + String.join(", ", members) + ">";
    }
    if (type instanceof ArrowType.Timestamp time) {
      String zone = time.getTimezone() == null ? "" : ", tz=" + time.getTimezone();
      return "timestamp[ns" + zone + "]";
    }
    if (type instanceof ArrowType.Int whole) {
      return (whole.getIsSigned() ? "int" : "uint") + whole.getBitWidth();
    }
    return switch (type.getTypeID()) {
      case Utf8 -> "string";
      case FloatingPoint -> "double";
      case Bool -> "bool";
      case Null -> "null";
      default -> type.toString();
    };
  }

  static Map<String, String> texts(JsonNode object) {
    Map<String, String> texts = new HashMap<>();
    object.properties().forEach(entry -> texts.put(entry.getKey(), entry.getValue().asText()));
    return texts;
  }

  static void addRows(VectorSchemaRoot batch, List<List<Object>> rows) {
    for (int row = 0; row < batch.getRowCount(); row++) {
      List<Object> values = new ArrayList<>();
      for (FieldVector vector : batch.getFieldVectors()) {
        values.add(value(vector, row));
      }
      rows.add(values);
    }
  }

  private static Object value(FieldVector vector, int row) {
    if (vector.isNull(row)) {
      return "null";
    }
    if (vector instanceof StructVector struct) {
      Map<String, Object> members = new HashMap<>();
      struct
          .getChildrenFromFields()
          .forEach(child -> members.put(child.getName(), value(child, row)));
      return members;
    }
    if (vector instanceof TimeStampVector times) {
      return number(times.get(row));
    }
    Object value = vector.getObject(row);
    return value instanceof Number number ? number(number) : value.toString();
  }

  private static Object number(Number number) {
    return number instanceof Double || number instanceof Float
        ? (Object) number.doubleValue()
        : Long.toUnsignedString(number.longValue());
  }

  static List<List<Object>> rowsOf(Golden golden) {
    List<List<Object>> rows = new ArrayList<>();
    for (JsonNode row : golden.json().path("rows")) {
      List<Object> values = new ArrayList<>();
      row.forEach(value -> values.add(valueOf(value)));
      rows.add(values);
    }
    return rows;
  }

  private static Object valueOf(JsonNode value) {
    if (value.isObject() && value.has("float")) {
      return switch (value.path("float").asText()) {
        case "nan" -> Double.NaN;
        case "inf" -> Double.POSITIVE_INFINITY;
        default -> Double.NEGATIVE_INFINITY;
      };
    }
    if (value.isObject()) {
      Map<String, Object> members = new HashMap<>();
      value.properties().forEach(entry -> members.put(entry.getKey(), valueOf(entry.getValue())));
      return members;
    }
    if (value.isIntegralNumber()) {
      return Long.toUnsignedString(value.bigIntegerValue().longValue());
    }
    return value.isDouble() ? value.doubleValue() : value.asText();
  }
}
