package dev.tributary.query;

import static dev.tributary.job.Failure.Kind.CONFIGURATION;
import static dev.tributary.job.Failure.Kind.NOT_AUTHORISED;
import static dev.tributary.job.Failure.Kind.NOT_FOUND;
import static dev.tributary.job.Failure.Kind.REFUSED;
import static dev.tributary.job.Failure.Kind.TOO_LARGE;
import static dev.tributary.job.Failure.Kind.TOO_SLOW;
import static dev.tributary.job.Failure.Kind.UNREACHABLE;

import dev.tributary.job.Durations;
import dev.tributary.job.Failure;
import io.grpc.Status;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * What a server's status means for us. The code alone does not tell: InfluxDB 3 reports a missing
 * database and its file limit as internal errors, its own deadline as exhausted resources and a
 * missing table as a bad query, so the text decides where the code misleads.
 */
final class Refusal {

  private static final Pattern MISSING_TABLE =
      Pattern.compile("\\btable '[^']*' not found", Pattern.CASE_INSENSITIVE);
  private static final Pattern MISSING_BUCKET =
      Pattern.compile(
          "database not found|database '[^']*' not found|bucket \"[^\"]*\" not found",
          Pattern.CASE_INSENSITIVE);
  private static final Pattern TOO_MUCH =
      Pattern.compile(
          "exceed(ing)?( the)? file limit|process more than \\d+ (partitions|parquet files)"
              + "|resources exhausted",
          Pattern.CASE_INSENSITIVE);
  private static final Pattern UNBOUND =
      Pattern.compile("No value found for placeholder|found symbol '\\$");
  private static final String AGAIN = "another attempt may succeed";

  private Refusal() {}

  /** Whether the server says that a table of the query does not exist. */
  static boolean isMissingTable(Status.Code code, String text) {
    return (code == Status.Code.INVALID_ARGUMENT || code == Status.Code.NOT_FOUND)
        && MISSING_TABLE.matcher(text).find();
  }

  /** The failure that a status other than OK stands for. A pure function. */
  static Failure classify(Status.Code code, String text, Asked asked) {
    String said = text.isBlank() ? code.name().toLowerCase(Locale.ROOT) : asked.quoted(text);
    return switch (code) {
      case INVALID_ARGUMENT, OUT_OF_RANGE, ALREADY_EXISTS -> refused(code, text, said, asked);
      case NOT_FOUND, INTERNAL -> missingOrInternal(code, text, said, asked);
      case RESOURCE_EXHAUSTED -> exhausted(text, said, asked);
      case UNAUTHENTICATED -> unauthenticated(said, asked);
      case PERMISSION_DENIED ->
          asked.failure(
              NOT_AUTHORISED,
              "the server denied access: " + said,
              "give the token permission to read this bucket, or renew it if it has expired");
      case DEADLINE_EXCEEDED -> tooSlow(asked);
      case FAILED_PRECONDITION ->
          asked.failure(
              UNREACHABLE,
              "the server does not answer queries now: " + said,
              "an attempt more than five minutes later may succeed; if this returns every hour, the"
                  + " server's licence is running out");
      case UNIMPLEMENTED ->
          asked.failure(
              CONFIGURATION,
              "what answers at '" + asked.place() + "' does not know Arrow Flight: " + said,
              "point 'url' at the query address of an InfluxDB 3 server");
      case UNAVAILABLE, CANCELLED, UNKNOWN, ABORTED, DATA_LOSS ->
          asked.failure(UNREACHABLE, "the server broke off: " + said, AGAIN);
      case OK -> throw new IllegalArgumentException("an answer that is no refusal: " + asked);
    };
  }

  private static Failure refused(Status.Code code, String text, String said, Asked asked) {
    if (isMissingTable(code, text)) {
      return missingTable(said, asked);
    }
    if (MISSING_BUCKET.matcher(text).find()) {
      return missingBucket(said, asked);
    }
    String follows =
        UNBOUND.matcher(text).find()
            ? "if this server does not take parameters, set 'parameters: literal' on the source"
            : "correct the query";
    return asked.failure(REFUSED, "the server refused the query: " + said, follows);
  }

  private static Failure missingOrInternal(
      Status.Code code, String text, String said, Asked asked) {
    if (isMissingTable(code, text)) {
      return missingTable(said, asked);
    }
    if (code == Status.Code.NOT_FOUND || MISSING_BUCKET.matcher(text).find()) {
      return missingBucket(said, asked);
    }
    if (TOO_MUCH.matcher(text).find()) {
      return tooMuch(said, asked);
    }
    return asked.failure(UNREACHABLE, "the server failed: " + said, AGAIN);
  }

  private static Failure exhausted(String text, String said, Asked asked) {
    if (text.contains("grpc-timeout elapsed")) {
      return tooSlow(asked);
    }
    if (text.contains("message exceeds maximum size")) {
      return asked.failure(
          TOO_LARGE, "one batch of the answer is too large: " + said, "ask for a smaller range");
    }
    if (TOO_MUCH.matcher(text).find()) {
      return tooMuch(said, asked);
    }
    return asked.failure(
        UNREACHABLE, "the server has no capacity or the quota is used up: " + said, AGAIN);
  }

  private static Failure unauthenticated(String said, Asked asked) {
    return asked.token().isEmpty()
        ? asked.failure(
            NOT_AUTHORISED,
            "the server wants a token and none was sent: " + said,
            "set 'token' on the source")
        : asked.failure(
            NOT_AUTHORISED,
            "the server does not accept the token: " + said,
            "check what 'token' on the source refers to, and that it may read this bucket");
  }

  private static Failure missingTable(String said, Asked asked) {
    return asked.failure(
        NOT_FOUND,
        "the server has no such table: " + said,
        "check its name, or set 'missing_table: empty' if nothing was written to it yet");
  }

  private static Failure missingBucket(String said, Asked asked) {
    return asked.failure(
        NOT_FOUND, "the server has no such bucket: " + said, "check the name in 'bucket'");
  }

  private static Failure tooMuch(String said, Asked asked) {
    return asked.failure(
        TOO_LARGE,
        "the query is too large for the server: " + said,
        "ask for a smaller range or raise the server's limit");
  }

  private static Failure tooSlow(Asked asked) {
    return asked.failure(
        TOO_SLOW,
        "no complete answer within " + Durations.text(asked.timeout()),
        "raise 'timeout' on the job or 'timeouts.window' on the source, or ask for a smaller range");
  }
}
