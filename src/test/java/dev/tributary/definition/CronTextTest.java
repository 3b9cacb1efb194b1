package dev.tributary.definition;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tributary.job.Cron;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CronTextTest {

  @Test
  void aFixedTimeSetsOneBitAField() {
    assertThat(cron("15 2 1 6 *"))
        .isEqualTo(
            new Cron("15 2 1 6 *", 1L << 15, 1 << 2, 1 << 1, 1 << 6, 0x7f, false, true, false));
  }

  @Test
  void starsSetEveryBitOfTheirField() {
    Cron cron = cron("* * * * *");

    assertThat(cron.minutes()).isEqualTo((1L << 60) - 1);
    assertThat(cron.hours()).isEqualTo((1 << 24) - 1);
    assertThat(cron.daysOfMonth()).isEqualTo(-2);
    assertThat(cron.months()).isEqualTo(0x1ffe);
    assertThat(cron.daysOfWeek()).isEqualTo(0x7f);
    assertThat(cron.anyDayOfMonth() && cron.anyDayOfWeek() && cron.interval()).isTrue();
  }

  @Test
  void listsRangesAndStepsCombine() {
    assertThat(cron("0,30,10-20/5 * * * *").minutes())
        .isEqualTo(1L | 1L << 30 | 1L << 10 | 1L << 15 | 1L << 20);
    assertThat(cron("0 */7 * * *").hours()).isEqualTo(1 | 1 << 7 | 1 << 14 | 1 << 21);
    assertThat(cron("0 0 */10 * *").daysOfMonth()).isEqualTo(1 << 1 | 1 << 11 | 1 << 21 | 1 << 31);
  }

  @Test
  void namesStandForNumbersInAnyCase() {
    assertThat(cron("0 0 * JAN,mar-May Mon-fri").months())
        .isEqualTo(1 << 1 | 1 << 3 | 1 << 4 | 1 << 5);
    assertThat(cron("0 0 * JAN,mar-May Mon-fri").daysOfWeek()).isEqualTo(0b0111110);
  }

  @Test
  void sevenIsSunday() {
    assertThat(cron("0 0 * * 7").daysOfWeek()).isEqualTo(1);
    assertThat(cron("0 0 * * 5-7").daysOfWeek()).isEqualTo(0b1100001);
    assertThat(cron("0 0 * * 0,7").daysOfWeek()).isEqualTo(1);
    assertThat(cron("0 0 * * */3").daysOfWeek()).isEqualTo(0b1001001);
  }

  @Test
  void aFieldOfDaysCountsAsAnyOnlyWhenItIsAStar() {
    assertThat(cron("0 0 13 * fri").anyDayOfMonth()).isFalse();
    assertThat(cron("0 0 13 * fri").anyDayOfWeek()).isFalse();
    assertThat(cron("0 0 */2 * *").anyDayOfMonth()).isFalse();
    assertThat(cron("0 0 */2 * *").anyDayOfWeek()).isTrue();
  }

  @ParameterizedTest
  @CsvSource({
    "*/15 2 * * *, true",
    "0 * * * *, true",
    "0 */2 * * *, true",
    "30 2 * * *, false",
    "0-59/15 0-23 * * *, false",
    "'5,10 2 * * *', false",
  })
  void aScheduleIsAnIntervalWhenMinutesOrHoursBeginWithAStar(String text, boolean interval) {
    assertThat(cron(text).interval()).isEqualTo(interval);
  }

  @ParameterizedTest
  @CsvSource({
    "@hourly, 0 * * * *",
    "@daily, 0 0 * * *",
    "@midnight, 0 0 * * *",
    "@weekly, 0 0 * * 0",
    "@monthly, 0 0 1 * *",
    "@yearly, 0 0 1 1 *",
    "@annually, 0 0 1 1 *",
    "@Daily, 0 0 * * *",
  })
  void aMacroMeansItsFiveFieldsAndKeepsItsText(String macro, String fields) {
    Cron meant = cron(fields);

    assertThat(cron(macro))
        .isEqualTo(
            new Cron(
                macro,
                meant.minutes(),
                meant.hours(),
                meant.daysOfMonth(),
                meant.months(),
                meant.daysOfWeek(),
                meant.anyDayOfMonth(),
                meant.anyDayOfWeek(),
                meant.interval()));
  }

  @Test
  void surroundingSpaceAndTabsBetweenFieldsDoNotMatter() {
    assertThat(cron(" 15\t2  * * * ").minutes()).isEqualTo(1L << 15);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "`60 * * * *`     | 0 | 2 | minute must be 0 to 59, but was '60'",
        "`0 24 * * *`     | 2 | 2 | hour must be 0 to 23, but was '24'",
        "`0 0 0 * *`      | 4 | 1 | day of month must be 1 to 31, but was '0'",
        "`0 0 1,32 * *`   | 6 | 2 | day of month must be 1 to 31, but was '32'",
        "`0 0 * 13 *`     | 6 | 2 | month must be 1 to 12 or jan to dec, but was '13'",
        "`0 0 * * 8`      | 8 | 1 | day of week must be 0 to 7 or sun to sat, but was '8'",
        "`0 0 * mai *`    | 6 | 3 | month must be 1 to 12 or jan to dec, but was 'mai'; did you mean 'mar'?",
        "`0 0 * * 1-9`    | 10 | 1 | day of week must be 0 to 7 or sun to sat, but was '9'",
        "`99999999999 0 * * *` | 0 | 11 | minute must be 0 to 59, but was '99999999999'",
        "`*/0 * * * *`    | 2 | 1 | step of minute must be 1 to 59, but was '0'",
        "`*/90 * * * *`   | 2 | 2 | step of minute must be 1 to 59, but was '90'",
        "`*/x * * * *`    | 2 | 1 | step of minute must be 1 to 59, but was 'x'",
        "`*/ * * * *`     | 2 | 0 | step of minute must be 1 to 59, but was ''",
        "`5/15 * * * *`   | 0 | 4 | a step needs a range; write '5-59/15'",
        "`/15 * * * *`    | 0 | 0 | minute needs '*' or a range before the step",
        "`0,,5 * * * *`   | 2 | 0 | minute has an empty place in its list",
        "`0, * * * *`     | 2 | 0 | minute has an empty place in its list",
        "`0 3- * * *`     | 4 | 0 | range of hour has only one end",
        "`0 22-2 * * *`   | 2 | 4 | range '22-2' runs backwards; write '22-23,0-2'",
        "`0 0 * * sat-sun` | 8 | 7 | range 'sat-sun' runs backwards; write '6-7'",
        "`0 0 * * fri-mon` | 8 | 7 | range 'fri-mon' runs backwards; write '5-6,0-1'",
        "`0 0 31 2 *`     | 4 | 2 | schedule never comes: month '2' has no day '31'",
        "`0 0 30,31 feb *` | 4 | 5 | schedule never comes: month 'feb' has no day '30,31'",
        "`0 0 31 4,6,9,11 *` | 4 | 2 | schedule never comes: month '4,6,9,11' has no day '31'",
        "`0 0 ? * *`      | 4 | 1 | '?' belongs to another kind of cron; write '*'",
        "`0 0 L * *`      | 4 | 1 | 'L' (the last day) is not supported; a window of a month needs no last day",
        "`0 0 L-3 * *`    | 4 | 3 | 'L' (the last day) is not supported; a window of a month needs no last day",
        "`0 0 * * friL`   | 8 | 4 | 'L' (the last day) is not supported; a window of a month needs no last day",
        "`0 0 15W * *`    | 4 | 3 | 'W' (the nearest weekday) is not supported",
        "`0 0 LW * *`     | 4 | 2 | 'L' (the last day) is not supported; a window of a month needs no last day",
        "`0 0 * * 6#3`    | 8 | 3 | '#' (the n-th weekday of a month) is not supported",
        "`TZ=UTC 0 0 * * *` | 0 | 6 | 'TZ=' has no place in a schedule; it follows the job's 'zone'",
        "`CRON_TZ=UTC 0 0 * * *` | 0 | 11 | 'TZ=' has no place in a schedule; it follows the job's 'zone'",
        "`@dialy`         | 0 | 6 | unknown macro '@dialy'; known are @annually @daily @hourly @midnight @monthly @weekly @yearly; did you mean '@daily'?",
        "`@reboot`        | 0 | 7 | unknown macro '@reboot'; known are @annually @daily @hourly @midnight @monthly @weekly @yearly",
        "`@daily 5`       | 7 | 1 | '@daily' stands alone, but '5' follows it",
        "`0 2 * *`        | 7 | 0 | schedule needs 5 fields (minute hour day-of-month month day-of-week), but has 4",
        "`0 0 2 * * ?`    | 0 | 1 | schedule needs 5 fields (minute hour day-of-month month day-of-week), but has 6; without seconds it is '0 2 * * *'",
        "`0 2 * * * 2026` | 10 | 4 | schedule needs 5 fields (minute hour day-of-month month day-of-week), but has 6; without the year it is '0 2 * * *'",
        "`0 0 2 ? * 1 2026` | 10 | 1 | schedule needs 5 fields (minute hour day-of-month month day-of-week), but has 7; without seconds and year it is '0 2 * * 1'",
        "`0 0 2 * * * * *` | 10 | 1 | schedule needs 5 fields (minute hour day-of-month month day-of-week), but has 8",
        "`  `             | 0 | 2 | schedule is empty; write minute hour day-of-month month day-of-week, such as '15 2 * * *'",
      })
  void aMistakeIsNamedAndPointedAt(String text, int offset, int length, String message) {
    assertThat(CronText.parse(text).finding()).contains(Finding.error(offset, length, message));
  }

  @ParameterizedTest
  @ValueSource(strings = {"0 0 29 2 *", "0 0 31 2 mon", "0 0 31 2,3 *", "0 0 30,28 2 *"})
  void aDateThatComesInSomeYearIsAccepted(String text) {
    assertThat(CronText.parse(text).finding()).isEmpty();
  }

  @Test
  void noTextMakesTheReaderThrowOrPointOutsideTheText() {
    String alphabet = "0123456789*/-,?#LWlw@ \tjanmonTZ=\\|Sß٣İ\u0000😀";
    long seed = 20_261_123L;
    Random random = new Random(seed);
    for (int round = 0; round < 200_000; round++) {
      StringBuilder text = new StringBuilder();
      for (int left = random.nextInt(24); left > 0; left--) {
        text.append(alphabet.charAt(random.nextInt(alphabet.length())));
      }
      String drawn = text.toString();
      assertThat(CronText.parse(drawn).finding())
          .as("seed %d, round %d: '%s'", seed, round, drawn)
          .hasValueSatisfying(
              finding ->
                  assertThat(finding.offset() + finding.length())
                      .isBetween(finding.offset(), drawn.length()));
    }
  }

  private static Cron cron(String text) {
    return CronText.parse(text).value().orElseThrow();
  }
}
