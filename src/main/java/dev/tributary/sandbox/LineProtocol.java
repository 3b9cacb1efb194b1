package dev.tributary.sandbox;

import dev.tributary.job.Failure;
import dev.tributary.sandbox.table.ColumnKind;
import dev.tributary.sandbox.table.Table;
import dev.tributary.sandbox.table.TableBuilder;
import dev.tributary.sandbox.table.Tables;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

/**
 * Reads InfluxDB's line protocol, {@code measurement,tag=value field=1i,other="text" 1641024000},
 * and adds its points to tables. One reader reads one text.
 */
final class LineProtocol {

  private final String text;
  private final TimeUnit precision;
  private final long now;
  private final Map<String, TableBuilder> builders = new TreeMap<>();
  private int at;

  /**
   * A reader at the begin of a text.
   *
   * @param precision unit of the times in the text
   * @param now nanoseconds since 1970, for points without a time
   */
  LineProtocol(String text, TimeUnit precision, long now) {
    this.text = text;
    this.precision = precision;
    this.now = now;
  }

  /** The tables with the points of the text added; the given ones are left as they are. */
  Tables addTo(Tables tables) throws Failure {
    while (at < text.length()) {
      char c = text.charAt(at);
      if (Character.isWhitespace(c)) {
        at++;
      } else if (c == '#') {
        skipLine();
      } else {
        point(tables);
      }
    }
    Map<String, Table> all = new HashMap<>();
    tables.all().forEach(table -> all.put(table.name(), table));
    builders.forEach((name, builder) -> all.put(name, builder.build()));
    return new Tables(all);
  }

  private void skipLine() {
    int end = text.indexOf('\n', at);
    at = end < 0 ? text.length() : end + 1;
  }

  private void point(Tables tables) throws Failure {
    String measurement = word(", ");
    Map<String, String> tags = new TreeMap<>();
    while (take(',')) {
      String key = word("=");
      expect('=');
      tags.put(key, word(", "));
    }
    expect(' ');
    Map<String, String> fields = new TreeMap<>();
    do {
      String key = word("=");
      expect('=');
      fields.put(key, fieldText());
    } while (take(','));
    while (take(' ')) {
      // several spaces may stand before the time
    }
    String stamp = word(" \r\n");
    TableBuilder builder =
        builders.computeIfAbsent(
            measurement,
            name ->
                tables.table(name).map(TableBuilder::from).orElseGet(() -> new TableBuilder(name)));
    builder.point(stamp.isEmpty() ? now : nanoseconds(stamp));
    for (Map.Entry<String, String> tag : tags.entrySet()) {
      agree(builder, tag.getKey(), ColumnKind.TAG);
      builder.text(tag.getKey(), ColumnKind.TAG, tag.getValue());
    }
    for (Map.Entry<String, String> field : fields.entrySet()) {
      field(builder, field.getKey(), field.getValue());
    }
  }

  private void field(TableBuilder builder, String name, String value) throws Failure {
    ColumnKind kind = kind(value);
    agree(builder, name, kind);
    String digits = value.substring(0, value.length() - 1);
    try {
      switch (kind) {
        case STRING -> builder.text(name, kind, unquoted(value));
        case INTEGER -> builder.bits(name, kind, Long.parseLong(digits));
        case UINTEGER -> builder.bits(name, kind, Long.parseUnsignedLong(digits));
        case BOOLEAN ->
            builder.bits(name, kind, value.toLowerCase(Locale.ROOT).startsWith("t") ? 1 : 0);
        case FLOAT ->
            builder.bits(name, kind, Double.doubleToRawLongBits(Double.parseDouble(value)));
        case TAG, TIME -> throw new IllegalStateException("no field is a " + kind);
      }
    } catch (NumberFormatException e) {
      throw wrong("the value of field '" + name + "' is neither a number nor quoted");
    }
  }

  private static ColumnKind kind(String value) {
    if (value.startsWith("\"")) {
      return ColumnKind.STRING;
    }
    return switch (value) {
      case "t", "T", "true", "True", "TRUE", "f", "F", "false", "False", "FALSE" ->
          ColumnKind.BOOLEAN;
      default ->
          value.endsWith("i")
              ? ColumnKind.INTEGER
              : value.endsWith("u") ? ColumnKind.UINTEGER : ColumnKind.FLOAT;
    };
  }

  private void agree(TableBuilder builder, String column, ColumnKind kind) throws Failure {
    Optional<ColumnKind> known = builder.kindOf(column);
    if (known.isPresent() && known.get() != kind) {
      throw wrong("column '" + column + "' is " + known.get() + " in earlier points, here " + kind);
    }
  }

  private long nanoseconds(String stamp) throws Failure {
    try {
      return Math.multiplyExact(Long.parseLong(stamp), precision.toNanos(1));
    } catch (NumberFormatException | ArithmeticException e) {
      throw wrong(
          "the time '"
              + stamp
              + "' is not a number of "
              + precision.name().toLowerCase(Locale.ROOT));
    }
  }

  /** Text up to one of the ends, with backslashes taken from before what they protect. */
  private String word(String ends) {
    StringBuilder word = new StringBuilder();
    for (; at < text.length(); at++) {
      char c = text.charAt(at);
      boolean protects =
          c == '\\' && at + 1 < text.length() && ",= ".indexOf(text.charAt(at + 1)) >= 0;
      if (protects) {
        at++;
        word.append(text.charAt(at));
      } else if (c == '\n' || ends.indexOf(c) >= 0) {
        break;
      } else {
        word.append(c);
      }
    }
    return word.toString();
  }

  /** The text of a field's value as written, quotes included: a quoted one may hold line breaks. */
  private String fieldText() throws Failure {
    if (at >= text.length() || text.charAt(at) != '"') {
      String value = word(", \r");
      if (value.isEmpty()) {
        throw wrong("a field has no value");
      }
      return value;
    }
    int start = at;
    for (at++; at < text.length() && text.charAt(at) != '"'; at++) {
      if (text.charAt(at) == '\\') {
        at++;
      }
    }
    expect('"');
    return text.substring(start, at);
  }

  private static String unquoted(String value) {
    return value.substring(1, value.length() - 1).replaceAll("\\\\([\"\\\\])", "$1");
  }

  private boolean take(char wanted) {
    boolean found = at < text.length() && text.charAt(at) == wanted;
    if (found) {
      at++;
    }
    return found;
  }

  private void expect(char wanted) throws Failure {
    if (!take(wanted)) {
      throw wrong("'" + wanted + "' is missing");
    }
  }

  private Failure wrong(String what) {
    long line =
        1 + text.substring(0, Math.min(at, text.length())).chars().filter(c -> c == '\n').count();
    return new Failure(
        Failure.Kind.CONFIGURATION,
        "cannot load line " + line + " of the line protocol: " + what + "; nothing was loaded");
  }
}
