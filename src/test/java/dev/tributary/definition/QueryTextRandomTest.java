package dev.tributary.definition;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tributary.job.Query.Language;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class QueryTextRandomTest {

  private static final int ROUNDS =
      "full".equals(System.getProperty("tributary.test.counts")) ? 1_000_000 : 50_000;

  private static final List<String> PIECES =
      List.of(
          "SELECT",
          "FROM",
          "GROUP BY",
          "WITH",
          "AS",
          "time",
          "time(",
          "date_bin(",
          "date_bin_wallclock(",
          "INTERVAL",
          "'1 hour'",
          "1h",
          "tz(",
          "'Europe/Berlin'",
          "fill(",
          "none",
          "now()",
          "$start",
          "$end",
          "$",
          "$$",
          "$\"",
          "(",
          ")",
          "[",
          "]",
          ",",
          ";",
          ".",
          "*",
          "/",
          "/*",
          "*/",
          "--",
          "\n",
          "'",
          "\"",
          "`",
          "\\",
          "E'",
          "::",
          "=~",
          "-",
          "a",
          "é",
          "😀",
          "\u0000",
          "\uffff",
          "\ud83d",
          "9999999999999999999",
          "1e",
          " ");

  @ParameterizedTest
  @EnumSource
  void noTextMakesTheReaderThrowOrPointOutsideTheText(Language language) {
    long seed = 20_261_123L;
    Random random = new Random(seed);
    for (int round = 0; round < ROUNDS; round++) {
      String text = text(random);
      QueryText query = read(language, text, seed, round);
      assertThat(query.findings())
          .as("seed %d, round %d: %s", seed, round, text)
          .allMatch(
              finding ->
                  finding.offset() >= 0
                      && finding.length() >= 0
                      && finding.offset() + finding.length() <= text.length());
    }
  }

  /** Comments stand where white space may, so each may be written for the other. */
  @ParameterizedTest
  @EnumSource
  void tokensSurviveBeingWrittenOutWithComments(Language language) {
    long seed = 4_711L;
    Random random = new Random(seed);
    for (int round = 0; round < ROUNDS / 10; round++) {
      String text = text(random);
      QueryText query = read(language, text, seed, round);
      if (query.isSound()) {
        String spread = String.join(" /* ' \" $end */ -- '\n", query.tokens());
        assertThat(QueryText.read(language, spread).tokens())
            .as("seed %d, round %d: %s", seed, round, text)
            .isEqualTo(query.tokens());
      }
    }
  }

  private static QueryText read(Language language, String text, long seed, int round) {
    try {
      return QueryText.read(language, text);
    } catch (RuntimeException e) {
      throw new AssertionError("seed " + seed + ", round " + round + ": " + text, e);
    }
  }

  private static String text(Random random) {
    StringBuilder text = new StringBuilder(random.nextBoolean() ? "SELECT a FROM b " : "");
    IntStream.range(0, random.nextInt(16))
        .forEach(
            piece ->
                text.append(PIECES.get(random.nextInt(PIECES.size())))
                    .append(random.nextInt(3) == 0 ? " " : ""));
    return text.toString();
  }
}
