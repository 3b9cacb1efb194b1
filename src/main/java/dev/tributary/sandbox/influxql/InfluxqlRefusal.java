package dev.tributary.sandbox.influxql;

/** A query that gets no answer, with the gRPC code and the words that the server would send. */
public final class InfluxqlRefusal extends Exception {

  private static final long serialVersionUID = 1L;

  private final String code;

  private InfluxqlRefusal(String code, String message) {
    super(message);
    this.code = code;
  }

  /** The gRPC code by its name, {@code INVALID_ARGUMENT} or {@code UNIMPLEMENTED}. */
  public String code() {
    return code;
  }

  /** In the words of the real server, which puts all of its own under the planning of the query. */
  static InfluxqlRefusal planning(String what) {
    return new InfluxqlRefusal("INVALID_ARGUMENT", "Error while planning query: " + what);
  }

  /** A text that is no statement; {@code pos} counts bytes. */
  static InfluxqlRefusal syntax(String what, int pos) {
    return planning("Error during planning: " + what + " at pos " + pos);
  }

  /** Something that InfluxDB 3 may well answer, but the sandbox does not. */
  static InfluxqlRefusal unsupported(String what) {
    return new InfluxqlRefusal(
        "INVALID_ARGUMENT", "the sandbox does not support " + what + " in InfluxQL");
  }
}
