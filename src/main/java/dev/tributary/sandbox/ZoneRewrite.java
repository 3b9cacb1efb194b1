package dev.tributary.sandbox;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** InfluxDB's functions around time zones, and its clock, in terms of the engine's casts. */
final class ZoneRewrite {

  private static final Pattern ZONED =
      Pattern.compile("(?s)arrow_cast\\(.*'Timestamp\\(Nanosecond, Some\\(\"([^\"]+)\"\\)\\)'\\)");

  private ZoneRewrite() {}

  /**
   * The rules by function name.
   *
   * @param now what {@code now()} gives, as an RFC 3339 text
   */
  static Map<String, CallRewrite.Rule> rules(String now) {
    Map<String, CallRewrite.Rule> rules = new HashMap<>();
    rules.put("now", call -> "arrow_cast('" + now + "', " + type("+00:00") + ")");
    rules.put("tz", ZoneRewrite::zoned);
    rules.put("date_bin_wallclock", ZoneRewrite::wallClock);
    for (String filling :
        List.of("date_bin_gapfill", "date_bin_wallclock_gapfill", "locf", "interpolate")) {
      rules.put(
          filling,
          call -> {
            throw Refusal.unsupported(filling);
          });
    }
    return rules;
  }

  /** A time without a zone is UTC; the cast to UTC first keeps the instant. */
  private static String zoned(List<String> arguments) throws Refusal {
    if (arguments.isEmpty() || arguments.size() > 2) {
      throw Refusal.planning(
          "Error during planning: tz expects 1 or 2 arguments, got " + arguments.size());
    }
    String utc = "arrow_cast(" + arguments.get(0) + ", " + type("UTC") + ")";
    if (arguments.size() == 1) {
      return utc;
    }
    String zone = arguments.get(1);
    if (!zone.matches("'[^'\"]+'")) {
      throw Refusal.unsupported("tz with a zone that is not a literal");
    }
    return "arrow_cast(" + utc + ", " + type(zone.substring(1, zone.length() - 1)) + ")";
  }

  private static String wallClock(List<String> arguments) throws Refusal {
    Matcher zoned = ZONED.matcher(arguments.size() < 2 ? "" : arguments.get(1));
    if (!zoned.matches()) {
      throw Refusal.unsupported("date_bin_wallclock over anything but tz(time, 'Zone')");
    }
    String origin = arguments.size() > 2 ? ", " + arguments.get(2) : "";
    String local = "to_local_time(" + arguments.get(1) + ")";
    return "arrow_cast(date_bin("
        + arguments.get(0)
        + ", "
        + local
        + origin
        + "), "
        + type(zoned.group(1))
        + ")";
  }

  private static String type(String zone) {
    return "'Timestamp(Nanosecond, Some(\"" + zone + "\"))'";
  }
}
