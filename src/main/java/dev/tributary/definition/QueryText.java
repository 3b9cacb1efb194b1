package dev.tributary.definition;

import dev.tributary.job.Query;
import java.util.List;
import java.util.OptionalInt;

/**
 * A query read token by token: what it asks for, where its window bounds are, and what is wrong
 * with it. Immutable.
 *
 * <p>Reading never fails: a text that is not a query is a query text with errors among its
 * findings, and its other facts are then those of the part that could be read.
 */
final class QueryText {

  private final Query query;

  private QueryText(Query query) {
    this.query = query;
  }

  /** Reads a query; offsets everywhere count from the beginning of {@code text}. */
  static QueryText read(Query.Language language, String text) {
    return new QueryText(new Query(language, text, List.of()));
  }

  /** The query with its placeholders. */
  Query query() {
    return query;
  }

  /** Errors and warnings, by offset. */
  List<Finding> findings() {
    return List.of();
  }

  /** Whether no finding is an error. */
  boolean isSound() {
    return findings().stream().noneMatch(Finding::isError);
  }

  /** Offset of the first use of the server's clock, such as {@code now()}. */
  OptionalInt usesNow() {
    return OptionalInt.empty();
  }

  /** Every call that groups by time, in order of offset, readable or not. */
  List<BinReading> bins() {
    return List.of();
  }

  /** Whether a row limit or offset occurs anywhere. */
  boolean hasLimit() {
    return false;
  }

  /** Whether a window function occurs anywhere. */
  boolean hasOver() {
    return false;
  }

  /** Whether the server fills gaps between bins with rows of its own. */
  boolean hasGapFill() {
    return false;
  }

  /**
   * The text without what the server does not care about: comments, white space, the case of
   * unquoted SQL words and of InfluxQL keywords, a semicolon at the end. Two queries with equal
   * tokens ask for the same.
   */
  List<String> tokens() {
    return List.of();
  }
}
