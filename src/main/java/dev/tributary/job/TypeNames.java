package dev.tributary.job;

import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The names that operators give column types. */
public final class TypeNames {

  /** All but the decimals, of which there are many. */
  public static final List<String> PLAIN =
      List.of(
          "string",
          "binary",
          "double",
          "float",
          "int8",
          "int16",
          "int32",
          "int64",
          "uint8",
          "uint16",
          "uint32",
          "uint64",
          "bool",
          "date32",
          "timestamp[ms, UTC]",
          "timestamp[us, UTC]",
          "timestamp[ns, UTC]",
          "time32[ms]",
          "time64[us]",
          "time64[ns]",
          "duration[s]",
          "duration[ms]",
          "duration[us]",
          "duration[ns]");

  /** Digits, and those of them behind the point. */
  public static final String DECIMAL = "decimal\\(([0-9]{1,2}), ?([0-9]{1,2})\\)";

  /** Digits that every reader of decimals can take. */
  private static final int MAX_PRECISION = 38;

  private static final Pattern DECIMALS = Pattern.compile(DECIMAL);

  private TypeNames() {}

  /** The name of the timestamps of a unit. */
  public static String timestamp(Output.TimestampUnit unit) {
    return "timestamp[" + unit.name().toLowerCase(Locale.ROOT) + ", UTC]";
  }

  /** Whether this names timestamps, of whatever unit. */
  public static boolean isTimestamp(String name) {
    return name.startsWith("timestamp[");
  }

  /** Whether a column can have the type of this name. */
  public static boolean isKnown(String name) {
    if (PLAIN.contains(name)) {
      return true;
    }
    Matcher decimal = DECIMALS.matcher(name);
    if (!decimal.matches()) {
      return false;
    }
    int precision = Integer.parseInt(decimal.group(1));
    return precision >= 1
        && precision <= MAX_PRECISION
        && Integer.parseInt(decimal.group(2)) <= precision;
  }
}
