package dev.tributary.sandbox;

import dev.tributary.sandbox.influxql.InfluxqlRefusal;
import org.apache.arrow.flight.CallStatus;
import org.apache.arrow.flight.FlightRuntimeException;

/** What the server answers instead of a result: a status code and a text, both InfluxDB's. */
final class Refusal extends Exception {

  private static final long serialVersionUID = 1L;

  private static final int LONGEST_MESSAGE = 2000;

  private final transient CallStatus code;

  Refusal(CallStatus code, String message) {
    super(message);
    this.code = code;
  }

  /** Found before anything ran: the query's fault. */
  static Refusal planning(String text) {
    return new Refusal(CallStatus.INVALID_ARGUMENT, "Error while planning query: " + text);
  }

  /** Found while the query ran. */
  static Refusal execution(CallStatus code, String text) {
    return new Refusal(code, "Error while execution Flight SQL stream: External error: " + text);
  }

  /** Something that InfluxDB has and this stand-in has not. */
  static Refusal unsupported(String what) {
    return planning("the sandbox does not support " + what);
  }

  /** What the InfluxQL interpreter does not answer. */
  static Refusal of(InfluxqlRefusal refusal) {
    boolean unsupported = refusal.code().equals("UNIMPLEMENTED");
    CallStatus code = unsupported ? CallStatus.UNIMPLEMENTED : CallStatus.INVALID_ARGUMENT;
    return new Refusal(code, String.valueOf(refusal.getMessage()));
  }

  FlightRuntimeException onTheWire() {
    String text = String.valueOf(getMessage());
    String cut = text.length() > LONGEST_MESSAGE ? text.substring(0, LONGEST_MESSAGE) : text;
    return code.withDescription(cut).toRuntimeException();
  }
}
