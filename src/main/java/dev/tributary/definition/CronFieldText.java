package dev.tributary.definition;

import java.util.Locale;

/** Reads one field of a cron expression: a list of stars, values and ranges with steps. */
final class CronFieldText {

  private final CronField field;

  private CronFieldText(CronField field) {
    this.field = field;
  }

  /**
   * Reads one field to a bit mask, in which Sunday is bit 0.
   *
   * @param offset where {@code text} begins in the expression
   */
  static Parsed<Long> parse(CronField field, String text, int offset) {
    CronFieldText reader = new CronFieldText(field);
    long mask = 0;
    int begin = 0;
    while (begin <= text.length()) {
      int comma = text.indexOf(',', begin);
      int end = comma < 0 ? text.length() : comma;
      Parsed<Long> item = reader.item(text.substring(begin, end), offset + begin);
      if (item.finding().isPresent()) {
        return item;
      }
      mask |= item.value().orElseThrow();
      begin = end + 1;
    }
    boolean sundayAsSeven = field == CronField.DAY_OF_WEEK && (mask & 1L << 7) != 0;
    return Parsed.of(sundayAsSeven ? (mask & 0x7f) | 1 : mask);
  }

  private Parsed<Long> item(String text, int offset) {
    if (text.isEmpty()) {
      return Parsed.refused(offset, 0, field + " has an empty place in its list");
    }
    int slash = text.indexOf('/');
    String range = slash < 0 ? text : text.substring(0, slash);
    int step = 1;
    if (slash >= 0) {
      Parsed<Integer> read = step(text.substring(slash + 1), offset + slash + 1);
      if (read.finding().isPresent()) {
        return Parsed.refused(read.finding().get());
      }
      step = read.value().orElseThrow();
    }
    if (range.equals("*")) {
      // 7 is a second name of Sunday, not an eighth day
      int most = field == CronField.DAY_OF_WEEK ? 6 : field.most();
      return Parsed.of(mask(field.least(), most, step));
    }
    if (range.isEmpty()) {
      return Parsed.refused(offset, 0, field + " needs '*' or a range before the step");
    }
    int dash = range.indexOf('-', 1);
    if (dash < 0) {
      return single(range, offset, text, slash >= 0);
    }
    return range(range, dash, offset, step);
  }

  private Parsed<Long> single(String value, int offset, String item, boolean stepped) {
    Parsed<Integer> read = value(value, offset);
    if (read.finding().isPresent()) {
      return Parsed.refused(read.finding().get());
    }
    if (stepped) {
      String step = item.substring(value.length());
      return Parsed.refused(
          offset,
          item.length(),
          "a step needs a range; write '" + value + "-" + field.most() + step + "'");
    }
    return Parsed.of(1L << read.value().orElseThrow());
  }

  private Parsed<Long> range(String text, int dash, int offset, int step) {
    if (isLastOrWeekday(text)) {
      return unsupported(text, offset);
    }
    Parsed<Integer> first = value(text.substring(0, dash), offset);
    if (first.finding().isPresent()) {
      return Parsed.refused(first.finding().get());
    }
    Parsed<Integer> last = value(text.substring(dash + 1), offset + dash + 1);
    if (last.finding().isPresent()) {
      return Parsed.refused(last.finding().get());
    }
    int from = first.value().orElseThrow();
    int to = last.value().orElseThrow();
    if (from > to) {
      return Parsed.refused(
          offset, text.length(), "range '" + text + "' runs backwards" + unwrapped(from, to));
    }
    return Parsed.of(mask(from, to, step));
  }

  private String unwrapped(int from, int to) {
    if (field == CronField.DAY_OF_WEEK && to == 0) {
      return "; write '" + from + "-7'";
    }
    if (field == CronField.DAY_OF_WEEK && from == 7) {
      return "; write '" + part(0, to) + "'";
    }
    int most = field == CronField.DAY_OF_WEEK ? 6 : field.most();
    return "; write '" + part(from, most) + "," + part(field.least(), to) + "'";
  }

  private static String part(int from, int to) {
    return from == to ? String.valueOf(from) : from + "-" + to;
  }

  private Parsed<Integer> step(String text, int offset) {
    NumberAndUnit read = NumberAndUnit.of(text);
    boolean whole = !read.digits().isEmpty() && read.unit().isEmpty();
    int step = whole && text.length() <= 4 ? Integer.parseInt(text) : 0;
    if (step < 1 || step > field.most()) {
      return Parsed.refused(
          offset,
          text.length(),
          "step of " + field + " must be 1 to " + field.most() + ", but was '" + text + "'");
    }
    return Parsed.of(step);
  }

  private Parsed<Integer> value(String text, int offset) {
    if (field.named(text).isPresent()) {
      return Parsed.of(field.named(text).getAsInt());
    }
    NumberAndUnit read = NumberAndUnit.of(text);
    if (!read.digits().isEmpty() && read.unit().isEmpty()) {
      int value = text.length() <= 4 ? Integer.parseInt(text) : Integer.MAX_VALUE;
      if (value >= field.least() && value <= field.most()) {
        return Parsed.of(value);
      }
      return Parsed.refused(offset, text.length(), field.bounds() + ", but was '" + text + "'");
    }
    if (text.isEmpty()) {
      return Parsed.refused(offset, 0, "range of " + field + " has only one end");
    }
    if (text.equals("?") || text.indexOf('#') >= 0 || isLastOrWeekday(text)) {
      return unsupported(text, offset);
    }
    return Parsed.refused(
        offset, text.length(), field.bounds() + ", but was '" + text + "'" + field.hint(text));
  }

  /** {@code L}, {@code LW}, {@code L-3}, {@code 5L}, {@code friL}, {@code 15W}. */
  private boolean isLastOrWeekday(String text) {
    String upper = text.toUpperCase(Locale.ROOT);
    if (upper.equals("L") || upper.equals("W") || upper.equals("LW") || upper.startsWith("L-")) {
      return true;
    }
    String before = upper.substring(0, upper.length() - 1);
    return (upper.endsWith("L") || upper.endsWith("W"))
        && (field.named(before).isPresent() || NumberAndUnit.of(before).unit().isEmpty());
  }

  private static <T> Parsed<T> unsupported(String text, int offset) {
    String upper = text.toUpperCase(Locale.ROOT);
    String message;
    if (text.equals("?")) {
      message = "'?' belongs to another kind of cron; write '*'";
    } else if (upper.indexOf('#') >= 0) {
      message = "'#' (the n-th weekday of a month) is not supported";
    } else if (upper.indexOf('W') >= 0 && !upper.equals("LW")) {
      message = "'W' (the nearest weekday) is not supported";
    } else {
      message = "'L' (the last day) is not supported; a window of a month needs no last day";
    }
    return Parsed.refused(offset, text.length(), message);
  }

  private static long mask(int from, int to, int step) {
    long mask = 0;
    for (int value = from; value <= to; value += step) {
      mask |= 1L << value;
    }
    return mask;
  }
}
