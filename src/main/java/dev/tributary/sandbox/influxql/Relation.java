package dev.tributary.sandbox.influxql;

/** How two values are compared. */
enum Relation {
  LESS_OR_EQUAL("<="),
  GREATER_OR_EQUAL(">="),
  UNEQUAL("!="),
  LESS("<"),
  GREATER(">"),
  EQUAL("=");

  private final String symbol;

  Relation(String symbol) {
    this.symbol = symbol;
  }

  String symbol() {
    return symbol;
  }

  /** The same with its sides exchanged. */
  Relation mirrored() {
    return switch (this) {
      case LESS_OR_EQUAL -> GREATER_OR_EQUAL;
      case GREATER_OR_EQUAL -> LESS_OR_EQUAL;
      case LESS -> GREATER;
      case GREATER -> LESS;
      case UNEQUAL, EQUAL -> this;
    };
  }

  /** Whether it holds for two values of which a comparator says {@code order}. */
  boolean holds(int order) {
    return switch (this) {
      case LESS_OR_EQUAL -> order <= 0;
      case GREATER_OR_EQUAL -> order >= 0;
      case UNEQUAL -> order != 0;
      case LESS -> order < 0;
      case GREATER -> order > 0;
      case EQUAL -> order == 0;
    };
  }
}
