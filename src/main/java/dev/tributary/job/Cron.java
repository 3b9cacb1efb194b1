package dev.tributary.job;

/**
 * A cron expression of five fields, parsed: each field a bit mask in which bit {@code n} stands for
 * the value {@code n}.
 *
 * @param text as the operator wrote it
 * @param minutes bits 0 to 59
 * @param hours bits 0 to 23
 * @param daysOfMonth bits 1 to 31
 * @param months bits 1 to 12
 * @param daysOfWeek bits 0 (Sunday) to 6
 * @param anyDayOfMonth whether the field was {@code *}: when neither day field is, a day matches if
 *     either does
 * @param anyDayOfWeek likewise
 * @param interval whether minutes or hours are an interval ({@code *} or {@code *}{@code /n}): such
 *     a schedule goes by elapsed time over a repeated hour, a fixed time fires once
 */
public record Cron(
    String text,
    long minutes,
    int hours,
    int daysOfMonth,
    int months,
    int daysOfWeek,
    boolean anyDayOfMonth,
    boolean anyDayOfWeek,
    boolean interval) {

  @Override
  public String toString() {
    return text;
  }
}
