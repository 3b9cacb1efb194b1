package dev.tributary.sandbox.influxql;

/** The text goes on otherwise than this rule of the grammar; another rule may still fit. */
final class Mismatch extends Exception {

  private static final long serialVersionUID = 1L;

  Mismatch() {
    super(null, null, false, false);
  }
}
