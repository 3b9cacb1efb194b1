package dev.tributary.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a client wants of the synthetic server: a reading of every room at each time.
 *
 * @param clock whether it is the server's time that is asked for, not rows
 * @param rows as many as the query's {@code LIMIT} says
 * @param first time of the first rows, nanoseconds since the epoch
 * @param step nanoseconds, whole microseconds, from one time to the next
 */
record Ask(boolean clock, long rows, long first, long step) {

  private static final JsonMapper JSON = new JsonMapper();
  private static final Pattern LIMIT = Pattern.compile("\\blimit\\s+(\\d+)", 2);
  private static final Pattern NOW = Pattern.compile("\\s*select\\s+now\\(\\)\\s*", 2);
  private static final long UNBOUNDED_FIRST = 1_700_000_000_000_000_000L;
  private static final long TEN_SECONDS = 10_000_000_000L;

  /**
   * Reads a ticket: an InfluxDB client's JSON, or the query alone. Ten seconds lie between two
   * times, or less where the query's window is too short for that: the program refuses rows
   * outside.
   *
   * @throws IllegalArgumentException if the query has no {@code LIMIT}
   */
  static Ask of(String ticket) {
    JsonNode json = ticket.startsWith("{") ? parsed(ticket) : JSON.missingNode();
    String query = json.path("sql_query").asText(ticket);
    if (NOW.matcher(query).matches()) {
      return new Ask(true, 1, 0, 0);
    }
    Matcher limit = LIMIT.matcher(query);
    if (!limit.find()) {
      throw new IllegalArgumentException("the query has no LIMIT: " + query);
    }
    long rows = Long.parseLong(limit.group(1));
    JsonNode bounds = json.path("params");
    if (!bounds.has("start") || !bounds.has("end")) {
      return new Ask(false, rows, UNBOUNDED_FIRST, TEN_SECONDS);
    }
    long start = nanos(bounds.get("start").asText());
    long end = nanos(bounds.get("end").asText());
    long times = 1 + rows / Rows.ROOMS;
    long step = Math.min(TEN_SECONDS, (end - start) / times / 1000 * 1000);
    return new Ask(false, rows, start, step);
  }

  private static JsonNode parsed(String ticket) {
    try {
      return JSON.readTree(ticket);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static long nanos(String instant) {
    return ChronoUnit.NANOS.between(Instant.EPOCH, Instant.parse(instant));
  }
}
