package dev.tributary.definition;

import dev.tributary.job.Output;
import dev.tributary.job.TypeNames;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Checks the types that an operator gives columns. */
final class ColumnTypeText {

  private static final List<String> SHOWN =
      Stream.concat(TypeNames.PLAIN.stream(), Stream.of("decimal(38, 2)")).toList();

  private static final String WIDEST = "; decimals have 38 digits at most";

  /** Sorted, so that the generated schema is the same every time. */
  private static final Map<String, String> DECIMAL =
      new TreeMap<>(Map.of("type", "string", "pattern", "^" + TypeNames.DECIMAL + "$"));

  private ColumnTypeText() {}

  static KeyType<String> type() {
    return KeyType.one(
        Map.of("anyOf", List.of(Map.of("enum", TypeNames.PLAIN), DECIMAL)),
        text ->
            TypeNames.isKnown(text)
                ? Parsed.of(text)
                : KeyTypes.refused(
                    text,
                    KeyTypes.oneOf(SHOWN, text) + (text.startsWith("decimal(") ? WIDEST : "")));
  }

  /** Rows are checked against their window by the time column, so it has to stay a time. */
  static Map<String, String> checked(Fields fields) {
    Map<String, String> types = fields.mapping(JobKeys.TYPES).orElse(Map.of());
    String time = fields.valueOrFallback(JobKeys.TIME_COLUMN);
    String wanted = types.get(time);
    if (!time.equals("none") && wanted != null && !TypeNames.isTimestamp(wanted)) {
      fields.error(
          JobKeys.TYPES,
          "'types' makes the time column '"
              + time
              + "' a "
              + wanted
              + "; give it a timestamp type, such as "
              + TypeNames.timestamp(Output.TimestampUnit.US));
    }
    return types;
  }
}
