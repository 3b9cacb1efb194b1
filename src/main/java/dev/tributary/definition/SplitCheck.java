package dev.tributary.definition;

import dev.tributary.job.Query.Language;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What keeps a query's windows from being queried in pieces: anything by which rows of several bins
 * have to do with each other. Whatever it does not know, it takes for an obstacle.
 */
final class SplitCheck {

  private SplitCheck() {}

  /**
   * The first obstacle, as what the query does, such as {@code "has LIMIT"}.
   *
   * @param binIsSaid whether the operator says how long the bins are
   */
  static Optional<String> obstacle(Language language, List<Token> tokens, boolean binIsSaid) {
    Optional<String> found =
        switch (language) {
          case SQL -> new SqlSplitCheck(tokens, binIsSaid).obstacle();
          case INFLUXQL -> new InfluxqlSplitCheck(tokens).obstacle();
        };
    return found.or(() -> BoundUse.obstacle(tokens));
  }

  /** {@code "has OVER"} for the first of these words that occurs. */
  static Optional<String> has(List<Token> tokens, Stream<String> words, String why) {
    return words
        .filter(word -> tokens.stream().anyMatch(token -> token.is(word)))
        .findFirst()
        .map(word -> "has " + word.toUpperCase(Locale.ROOT) + why);
  }
}
