package dev.tributary.definition;

import static java.util.stream.Collectors.joining;

import dev.tributary.job.Cron;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Reads cron expressions of five fields, and the macros that stand for one. */
final class CronText {

  private static final Map<String, String> MACROS =
      Map.of(
          "@hourly", "0 * * * *",
          "@daily", "0 0 * * *",
          "@midnight", "0 0 * * *",
          "@weekly", "0 0 * * 0",
          "@monthly", "0 0 1 * *",
          "@yearly", "0 0 1 1 *",
          "@annually", "0 0 1 1 *");

  private static final String FIELDS = "minute hour day-of-month month day-of-week";
  private static final int[] LONGEST_MONTH = {0, 31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};

  private CronText() {}

  /** A field's text and where it begins. */
  private record Part(String text, int offset) {}

  /**
   * Reads one expression.
   *
   * @param text as the operator wrote it; offsets of findings count from its beginning
   */
  static Parsed<Cron> parse(String text) {
    List<Part> parts = parts(text);
    if (parts.isEmpty()) {
      return Parsed.refused(
          0, text.length(), "schedule is empty; write " + FIELDS + ", such as '15 2 * * *'");
    }
    Part first = parts.get(0);
    String folded = first.text().toLowerCase(Locale.ROOT);
    if (folded.startsWith("tz=") || folded.startsWith("cron_tz=")) {
      return Parsed.refused(
          first.offset(),
          first.text().length(),
          "'TZ=' has no place in a schedule; it follows the job's 'zone'");
    }
    if (folded.startsWith("@")) {
      return macro(text, parts);
    }
    if (parts.size() != CronField.values().length) {
      return Parsed.refused(wrongCount(parts));
    }
    return fields(text, parts);
  }

  private static List<Part> parts(String text) {
    List<Part> parts = new ArrayList<>();
    int at = 0;
    while (at < text.length()) {
      int begin = at;
      while (at < text.length() && !Character.isWhitespace(text.charAt(at))) {
        at++;
      }
      if (at > begin) {
        parts.add(new Part(text.substring(begin, at), begin));
      }
      at++;
    }
    return parts;
  }

  private static Parsed<Cron> macro(String text, List<Part> parts) {
    Part macro = parts.get(0);
    String meaning = MACROS.get(macro.text().toLowerCase(Locale.ROOT));
    if (meaning == null) {
      return Parsed.refused(
          macro.offset(),
          macro.text().length(),
          "unknown macro '"
              + macro.text()
              + "'; known are "
              + MACROS.keySet().stream().sorted().collect(joining(" "))
              + Suggestion.hint(macro.text(), MACROS.keySet()));
    }
    if (parts.size() > 1) {
      Part surplus = parts.get(1);
      return Parsed.refused(
          surplus.offset(),
          surplus.text().length(),
          "'" + macro.text() + "' stands alone, but '" + surplus.text() + "' follows it");
    }
    return fields(text, parts(meaning));
  }

  private static Finding wrongCount(List<Part> parts) {
    int count = parts.size();
    Part last = parts.get(count - 1);
    String counted = "schedule needs 5 fields (" + FIELDS + "), but has " + count;
    if (count < 5) {
      return Finding.error(last.offset() + last.text().length(), 0, counted);
    }
    boolean endsInYear = count == 6 && last.text().matches("[0-9]{4}");
    Part surplus = count == 6 && !endsInYear ? parts.get(0) : parts.get(5);
    int from = count == 5 || endsInYear ? 0 : 1;
    String hint =
        count > 7
            ? ""
            : "; without "
                + (count == 7 ? "seconds and year" : endsInYear ? "the year" : "seconds")
                + " it is '"
                + parts.subList(from, from + 5).stream()
                    .map(part -> part.text().equals("?") ? "*" : part.text())
                    .collect(joining(" "))
                + "'";
    return Finding.error(surplus.offset(), surplus.text().length(), counted + hint);
  }

  private static Parsed<Cron> fields(String text, List<Part> parts) {
    Map<CronField, Long> masks = new EnumMap<>(CronField.class);
    Iterator<Part> each = parts.iterator();
    for (CronField field : CronField.values()) {
      Part part = each.next();
      Parsed<Long> mask = CronFieldText.parse(field, part.text(), part.offset());
      if (mask.finding().isPresent()) {
        return Parsed.refused(mask.finding().get());
      }
      masks.put(field, mask.value().orElseThrow());
    }
    Cron cron =
        new Cron(
            text,
            masks.getOrDefault(CronField.MINUTE, 0L),
            mask(masks, CronField.HOUR),
            mask(masks, CronField.DAY_OF_MONTH),
            mask(masks, CronField.MONTH),
            mask(masks, CronField.DAY_OF_WEEK),
            isAny(parts.get(2)),
            isAny(parts.get(4)),
            parts.get(0).text().startsWith("*") || parts.get(1).text().startsWith("*"));
    return neverFires(cron, parts).map(Parsed::<Cron>refused).orElseGet(() -> Parsed.of(cron));
  }

  private static int mask(Map<CronField, Long> masks, CronField field) {
    // day 31 is the sign bit
    return masks.getOrDefault(field, 0L).intValue();
  }

  private static boolean isAny(Part part) {
    return part.text().equals("*") || part.text().equals("*/1");
  }

  private static Optional<Finding> neverFires(Cron cron, List<Part> parts) {
    if (cron.anyDayOfMonth() || !cron.anyDayOfWeek()) {
      return Optional.empty();
    }
    int earliest = Integer.numberOfTrailingZeros(cron.daysOfMonth());
    for (int month = 1; month <= 12; month++) {
      if ((cron.months() & 1 << month) != 0 && earliest <= LONGEST_MONTH[month]) {
        return Optional.empty();
      }
    }
    Part day = parts.get(2);
    return Optional.of(
        Finding.error(
            day.offset(),
            day.text().length(),
            "schedule never comes: month '"
                + parts.get(3).text()
                + "' has no day '"
                + day.text()
                + "'"));
  }
}
