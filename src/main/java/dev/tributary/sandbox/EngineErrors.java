package dev.tributary.sandbox;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.arrow.flight.CallStatus;

/** The engine's errors in the words in which InfluxDB reports them. */
final class EngineErrors {

  private static final Pattern WHERE_IN_THE_SOURCE =
      Pattern.compile("(?s)(.*), /\\S+\\.rs:\\d+:\\d+\\}?$");
  private static final Pattern SYNTAX =
      Pattern.compile("(?s).*SQL error: ParserError\\(\"(.*)\"\\).*");
  private static final Pattern LINE = Pattern.compile("at Line: (\\d+)");

  private EngineErrors() {}

  /**
   * An error of planning.
   *
   * @param linesBefore lines that the sandbox put before the user's text
   */
  static Refusal planning(Exception error, int linesBefore) {
    String text = plain(error);
    Matcher syntax = SYNTAX.matcher(text);
    if (!syntax.matches()) {
      return Refusal.planning(text);
    }
    Matcher line = LINE.matcher(syntax.group(1));
    return Refusal.planning(
        syntax(
            line.replaceAll(
                found ->
                    "at Line: " + Math.max(1, Integer.parseInt(found.group(1)) - linesBefore))));
  }

  /** An error of a query that ran. */
  static Refusal execution(Exception error) {
    String text = plain(error);
    CallStatus code =
        text.contains("Resources exhausted")
            ? CallStatus.RESOURCE_EXHAUSTED
            : CallStatus.INVALID_ARGUMENT;
    return Refusal.execution(code, text);
  }

  /**
   * A parser's complaint as the server prints it: a chain of causes that leaves out each part
   * between colons that has been said before.
   */
  static String syntax(String complaint) {
    String outer = "SQL error: ParserError(\"" + complaint + "\")";
    List<String> said = List.of(outer.split(": ", -1));
    List<String> parts = new ArrayList<>();
    parts.add("sql parser error");
    parts.addAll(List.of(complaint.split(": ", -1)));
    parts.removeIf(said::contains);
    return outer + ": " + String.join(": ", parts);
  }

  private static String plain(Exception error) {
    String text = String.valueOf(error.getMessage());
    int chain = text.indexOf("message=");
    if (chain >= 0) {
      text = text.substring(chain + "message=".length());
    }
    Matcher source = WHERE_IN_THE_SOURCE.matcher(text);
    return (source.matches() ? source.group(1) : text)
        .replaceFirst("^java/\\S+: ", "")
        .replaceFirst("^(External error|Query Execution error|Invalid user input): ", "")
        .replace("LanceError(IO): ", "")
        .replace("LanceError(Arrow): ", "Arrow error: ")
        .replace("\ncaused by\n", ": ")
        .replace("Timestamp(ns)", "Timestamp(Nanosecond, None)")
        .replaceAll("Timestamp\\(ns, (\"[^\"]*\")\\)", "Timestamp(Nanosecond, Some($1))")
        .replaceAll(
            "table 'datafusion\\.public\\.([^']*)' not found", "table 'public.iox.$1' not found");
  }
}
