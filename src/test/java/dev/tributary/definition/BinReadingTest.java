package dev.tributary.definition;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tributary.job.Bin;
import dev.tributary.job.Query.Language;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BinReadingTest {

  private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "INTERVAL '1 hour'               | PT1H",
        "interval '90 minutes'           | PT1H30M",
        "INTERVAL '1 hour 30 minutes'    | PT1H30M",
        "INTERVAL '1 day'                | PT24H",
        "INTERVAL '1 week'               | PT168H",
        "INTERVAL '1' HOUR               | PT1H",
        "INTERVAL '15' minutes           | PT15M",
        "INTERVAL '7'                    | PT7S",
        "INTERVAL 7                      | PT7S",
        "INTERVAL 30 SECOND              | PT30S",
        "INTERVAL '1.5 hours'            | PT1H30M",
        "INTERVAL '10 ms'                | PT0.01S",
        "INTERVAL '5m'                   | PT5M",
        "INTERVAL /* two */ '2 HOURS'    | PT2H",
        "'1 hour'                        | PT1H",
        "'20 minutes'::interval          | PT20M",
      })
  void everyWayToWriteAFixedLengthIsRead(String interval, Duration length) {
    assertThat(sql("date_bin(" + interval + ", time)")).contains(Bin.of(length));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {"1 month | 1", "3 months | 3", "1 year | 12", "1 year 6 mons | 18", "0.5 years | 6"})
  void monthsAndYearsAreCountedInMonths(String interval, int months) {
    assertThat(sql("DATE_BIN(INTERVAL '" + interval + "', time)")).contains(Bin.ofMonths(months));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "'1970-01-01T00:00:00Z'                  | 1970-01-01T00:00:00Z",
        "'2026-01-05'                            | 2026-01-05T00:00:00Z",
        "'2026-01-05 06:30'                      | 2026-01-05T06:30:00Z",
        "DATE '2026-01-05'                       | 2026-01-05T00:00:00Z",
        "TIMESTAMP '2026-01-05 06:30:15.25'      | 2026-01-05T06:30:15.250Z",
        "timestamp '2026-01-05T06:00:00+02:00'   | 2026-01-05T04:00:00Z",
        "'2026-01-05T06:00:00'::timestamp        | 2026-01-05T06:00:00Z",
        "to_timestamp('2026-01-05T06:00:00Z')    | 2026-01-05T06:00:00Z",
      })
  void everyWayToWriteAnOriginIsRead(String origin, Instant instant) {
    assertThat(sql("date_bin(INTERVAL '1 week', time, " + origin + ")"))
        .contains(new Bin(Duration.ofDays(7), 0, instant, Optional.empty()));
  }

  @Test
  void aWallClockBinLiesOnTheCalendarOfItsZone() {
    Instant midnight = Instant.parse("1969-12-31T23:00:00Z");
    Bin day = new Bin(Duration.ofDays(1), 0, midnight, Optional.of(BERLIN));

    assertThat(sql("date_bin_wallclock(INTERVAL '1 day', tz(time, 'Europe/Berlin'))"))
        .contains(day);
    assertThat(sql("date_bin_wallclock_gapfill(INTERVAL '1 day', tz(time, 'Europe/Berlin'))"))
        .contains(day);
    assertThat(sql("date_bin_wallclock(INTERVAL '1 day', time AT TIME ZONE 'Europe/Berlin')"))
        .contains(day);
    assertThat(
            sql(
                "date_bin_wallclock(INTERVAL '1 day', tz(time, 'Europe/Berlin'), '2026-07-01 06:00')"))
        .contains(
            new Bin(
                Duration.ofDays(1), 0, Instant.parse("2026-07-01T04:00:00Z"), Optional.of(BERLIN)));
    assertThat(sql("date_bin_wallclock(INTERVAL '1 day', tz(time))"))
        .contains(new Bin(Duration.ofDays(1), 0, Instant.EPOCH, Optional.of(ZoneOffset.UTC)));
  }

  @Test
  void anOrdinaryBinOfAZonedTimeStaysOnTheGridOfUtc() {
    assertThat(sql("date_bin(INTERVAL '1 day', tz(time, 'Europe/Berlin'))"))
        .contains(Bin.of(Duration.ofDays(1)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "date_bin(INTERVAL '1 hour' * 2, time)",
        "date_bin($start, time)",
        "date_bin(width, time)",
        "date_bin(INTERVAL '1 fortnight', time)",
        "date_bin(INTERVAL '1h30m', time)",
        "date_bin(INTERVAL '2 hours' DAY, time)",
        "date_bin('7', time)",
        "date_bin(INTERVAL '0 hours', time)",
        "date_bin(INTERVAL '-1 hour', time)",
        "date_bin(INTERVAL '1 month 1 day', time)",
        "date_bin(INTERVAL '0.3 months', time)",
        "date_bin(INTERVAL '999999999999999999999 years', time)",
        "date_bin(INTERVAL '178956970 years 178956970 years', time)",
        "date_bin(INTERVAL '106751 days 106751 days', time)",
        "date_bin(INTERVAL '', time)",
        "date_bin(INTERVAL, time)",
        "date_bin(INTERVAL '1 hour')",
        "date_bin()",
        "date_bin(INTERVAL '1 hour', time, now())",
        "date_bin(INTERVAL '1 hour', time, 'yesterday')",
        "date_bin(INTERVAL '1 hour', time, '2026-02-30')",
        "date_bin_wallclock(INTERVAL '1 day', time)",
        "date_bin_wallclock(INTERVAL '1 day', tz(time, 'Europe/Berln'))",
        "date_bin_wallclock(INTERVAL '1 day', tz(time, zone))",
        "date_bin_wallclock(INTERVAL '1 month', tz(time, 'Europe/Berlin'))",
        "date_bin_wallclock(INTERVAL '1 day', tz(time, 'Europe/Berlin'), '2026-01-01T00:00:00Z')",
      })
  void whatIsNotALiteralIsUnreadableAndSaidSo(String call) {
    QueryText query = QueryText.read(Language.SQL, "SELECT " + call + " AS t FROM b");

    assertThat(query.bins())
        .singleElement()
        .satisfies(
            reading -> {
              assertThat(reading.bin()).isEmpty();
              assertThat(reading.offset()).isEqualTo(7);
              assertThat(reading.length()).isEqualTo(call.length());
            });
    assertThat(query.findings())
        .singleElement()
        .satisfies(
            finding ->
                assertThat(finding.message())
                    .startsWith("bin cannot be read from the query: ")
                    .endsWith("'window.bin'"));
  }

  @Test
  void severalBinsAreAllReadInOrderOfTheirPlaces() {
    String text =
        """
        WITH fine AS (
          SELECT date_bin(INTERVAL '1 minute', time) AS m, max(a) AS a FROM b GROUP BY 1)
        SELECT date_bin(INTERVAL '1 hour', m) AS h, avg(a) AS a FROM fine
        GROUP BY date_bin(INTERVAL '1 hour', m) -- date_bin(INTERVAL '7 hours', m)
        """;

    assertThat(QueryText.read(Language.SQL, text).bins())
        .extracting(reading -> reading.bin().orElseThrow().length())
        .containsExactly(Duration.ofMinutes(1), Duration.ofHours(1), Duration.ofHours(1));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "time(2h)                        | PT2H    | 1970-01-01T00:00:00Z",
        "TIME( 1h30m )                   | PT1H30M | 1970-01-01T00:00:00Z",
        "time(1w, 4d)                    | PT168H  | 1970-01-05T00:00:00Z",
        "time(1d, -6h)                   | PT24H   | 1969-12-31T18:00:00Z",
        "time(1h, '2026-01-01T00:15:00Z') | PT1H   | 2026-01-01T00:15:00Z",
        "time(500u)                      | PT0.0005S | 1970-01-01T00:00:00Z",
        "c, time(10s), d                 | PT10S   | 1970-01-01T00:00:00Z",
      })
  void influxqlBinsAreReadWithTheirOffsets(String grouping, Duration length, Instant origin) {
    assertThat(influxql("GROUP BY " + grouping + " fill(none)"))
        .contains(new Bin(length, 0, origin, Optional.empty()));
  }

  @Test
  void influxqlBinsFollowTheZoneOfTheirStatement() {
    Bin day =
        new Bin(Duration.ofDays(1), 0, Instant.parse("1969-12-31T23:00:00Z"), Optional.of(BERLIN));

    assertThat(
            influxql("GROUP BY time(1d), c fill(none) ORDER BY time LIMIT 5 TZ('Europe/Berlin')"))
        .contains(day);
    assertThat(influxql("GROUP BY time(1d, 6h) fill(none) tz('Europe/Berlin')"))
        .contains(
            new Bin(
                Duration.ofDays(1), 0, Instant.parse("1970-01-01T05:00:00Z"), Optional.of(BERLIN)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "GROUP BY time($start)",
        "GROUP BY time(a)",
        "GROUP BY time()",
        "GROUP BY time(0s)",
        "GROUP BY time(1y)",
        "GROUP BY time(1h, now())",
        "GROUP BY time(1h, a)",
        "GROUP BY time(1h, -)",
        "GROUP BY time(1h, 2h, 3h)",
        "GROUP BY time(1h) tz('Nowhere')",
      })
  void influxqlBinsThatAreNotLiteralsAreUnreadable(String rest) {
    QueryText query = QueryText.read(Language.INFLUXQL, "SELECT mean(a) FROM b " + rest);

    assertThat(query.bins())
        .singleElement()
        .satisfies(reading -> assertThat(reading.bin()).isEmpty());
  }

  @Test
  void aBinBelowTheStatementWithTheZoneIsUnreadable() {
    QueryText query =
        QueryText.read(
            Language.INFLUXQL,
            "SELECT max(m) FROM (SELECT mean(a) AS m FROM b GROUP BY time(1h) fill(none))"
                + " GROUP BY time(1d) fill(none) tz('Europe/Berlin')");

    assertThat(query.bins()).extracting(BinReading::isReadable).containsExactly(true, false);
  }

  @Test
  void timeInAConditionIsNoBin() {
    assertThat(
            QueryText.read(Language.INFLUXQL, "SELECT a FROM b WHERE (time > 1) AND time (2)")
                .bins())
        .isEmpty();
  }

  private static Optional<Bin> sql(String call) {
    return QueryText.read(Language.SQL, "SELECT " + call + " AS t FROM b").bins().get(0).bin();
  }

  private static Optional<Bin> influxql(String rest) {
    return QueryText.read(Language.INFLUXQL, "SELECT mean(a) FROM b " + rest).bins().get(0).bin();
  }
}
