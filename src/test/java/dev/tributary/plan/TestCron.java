package dev.tributary.plan;

import dev.tributary.job.Cron;

/** Reads the plain subset of cron that these tests write: {@code *}, lists, ranges and steps. */
final class TestCron {

  private TestCron() {}

  static Cron of(String text) {
    String[] fields = text.trim().split(" +", -1);
    long week = mask(fields[4], 0, 7);
    return new Cron(
        text,
        mask(fields[0], 0, 59),
        (int) mask(fields[1], 0, 23),
        (int) mask(fields[2], 1, 31),
        (int) mask(fields[3], 1, 12),
        (int) ((week | ((week >> 7) & 1)) & 0x7f),
        fields[2].equals("*"),
        fields[4].equals("*"),
        fields[0].startsWith("*") || fields[1].startsWith("*"));
  }

  private static long mask(String field, int min, int max) {
    long mask = 0;
    for (String part : field.split(",", -1)) {
      String[] step = part.split("/", -1);
      String[] range =
          step[0].equals("*") ? new String[] {"" + min, "" + max} : step[0].split("-", -1);
      int from = Integer.parseInt(range[0]);
      int to = range.length > 1 ? Integer.parseInt(range[1]) : from;
      int by = step.length > 1 ? Integer.parseInt(step[1]) : 1;
      for (int value = from; value <= to; value += by) {
        mask |= 1L << value;
      }
    }
    return mask;
  }
}
