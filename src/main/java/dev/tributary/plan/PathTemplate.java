package dev.tributary.plan;

import dev.tributary.job.JobName;
import dev.tributary.job.ObjectKey;
import dev.tributary.job.Window;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * A template of keys below a destination's prefix: text with {@code {job}}, {@code {start}} and
 * {@code {end}} (UTC, {@code 20261121T230000Z}), {@code {start:PATTERN}} and {@code {end:PATTERN}}
 * (a {@code java.time} pattern, in the job's zone), and {@code {ext}}. Immutable.
 */
public final class PathTemplate {

  /** The path of a job that names none. */
  public static final String DEFAULT = "{job}/date={start:uuuu-MM-dd}/{job}-{start}-{end}.{ext}";

  /** The same for a snapshot job, whose window has no end. */
  public static final String DEFAULT_SNAPSHOT = "{job}/date={start:uuuu-MM-dd}/{job}-{start}.{ext}";

  private static final DateTimeFormatter SECONDS =
      DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmss'Z'", Locale.ROOT).withZone(ZoneOffset.UTC);
  private static final DateTimeFormatter NANOS =
      DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmss.SSSSSSSSS'Z'", Locale.ROOT)
          .withZone(ZoneOffset.UTC);
  private static final String UNRESERVED = "-_.=+,@~:";

  private final String text;
  private final List<Part> parts;

  private PathTemplate(String text, List<Part> parts) {
    this.text = text;
    this.parts = List.copyOf(parts);
  }

  /** One piece of a template. */
  private interface Part {
    String render(JobName job, Window window, ZoneId zone, String extension);
  }

  /** Whether a template can be used, or why not and where. */
  public record Parsed(Optional<PathTemplate> template, int offset, String problem) {}

  /**
   * A template that was checked when it was loaded.
   *
   * @throws IllegalArgumentException if it cannot be used
   */
  public static PathTemplate of(String text) {
    Parsed parsed = parse(text);
    return parsed.template().orElseThrow(() -> new IllegalArgumentException(parsed.problem()));
  }

  /** Reads a template. */
  public static Parsed parse(String text) {
    List<Part> parts = new ArrayList<>();
    int at = 0;
    while (at < text.length()) {
      int open = text.indexOf('{', at);
      String literal = text.substring(at, open < 0 ? text.length() : open);
      int stray = literal.indexOf('}');
      if (stray >= 0) {
        return refused(at + stray, "'}' without '{' before it");
      }
      if (!literal.isEmpty()) {
        parts.add((job, window, zone, extension) -> literal);
      }
      if (open < 0) {
        break;
      }
      int close = text.indexOf('}', open);
      if (close < 0) {
        return refused(open, "'{' is not closed");
      }
      String token = text.substring(open + 1, close);
      Optional<Part> part;
      try {
        part = part(token);
      } catch (IllegalArgumentException e) {
        return refused(
            open, "'{" + token + "}' holds a pattern that cannot be used: " + e.getMessage());
      }
      if (part.isEmpty()) {
        return refused(
            open,
            "'{"
                + token
                + "}' is not one of {job}, {start}, {end}, {start:PATTERN}, {end:PATTERN},"
                + " {ext}");
      }
      parts.add(part.orElseThrow());
      at = close + 1;
    }
    return checked(new PathTemplate(text, parts));
  }

  private static Optional<Part> part(String token) {
    int colon = token.indexOf(':');
    String name = colon < 0 ? token : token.substring(0, colon);
    boolean start = name.equals("start");
    if (colon >= 0) {
      if ((!start && !name.equals("end")) || colon == token.length() - 1) {
        return Optional.empty();
      }
      DateTimeFormatter format =
          DateTimeFormatter.ofPattern(token.substring(colon + 1), Locale.ROOT);
      return Optional.of(
          (job, window, zone, extension) ->
              encoded(format.format((start ? window.start() : window.end()).atZone(zone))));
    }
    return switch (name) {
      case "job" -> Optional.of((job, window, zone, extension) -> job.value());
      case "ext" -> Optional.of((job, window, zone, extension) -> extension);
      case "start" -> Optional.of((job, window, zone, extension) -> stamp(window.start()));
      case "end" -> Optional.of((job, window, zone, extension) -> stamp(window.end()));
      default -> Optional.empty();
    };
  }

  /** Renders once, so that whatever can never be a key is refused when it is loaded. */
  private static Parsed checked(PathTemplate template) {
    Window sample =
        new Window(Instant.parse("2026-01-05T00:00:00Z"), Instant.parse("2026-01-06T00:00:00Z"));
    if (template.text.endsWith("/")) {
      return refused(template.text.length() - 1, "a path must end with a file name");
    }
    try {
      ObjectKey key = template.key(new JobName("job"), sample, ZoneOffset.UTC, "parquet");
      if (key.value().startsWith("_tributary/") || key.value().equals("_tributary")) {
        return refused(0, "'_tributary' holds the ledger and takes no data");
      }
    } catch (IllegalArgumentException e) {
      return refused(
          0, "a path must be relative, without empty, '.' or '..' segments and control characters");
    } catch (java.time.DateTimeException e) {
      return refused(0, "a pattern asks for what an instant does not have: " + e.getMessage());
    }
    return new Parsed(Optional.of(template), 0, "");
  }

  private static Parsed refused(int offset, String problem) {
    return new Parsed(Optional.empty(), offset, problem);
  }

  /** The key of a window's file. */
  public ObjectKey key(JobName job, Window window, ZoneId zone, String extension) {
    StringBuilder key = new StringBuilder();
    parts.forEach(part -> key.append(part.render(job, window, zone, extension)));
    return new ObjectKey(key.toString());
  }

  /** Whether {@code {end}} occurs in any form. */
  public boolean usesEnd() {
    return text.contains("{end}") || text.contains("{end:");
  }

  /** Whether {@code {job}} occurs. */
  boolean usesJob() {
    return text.contains("{job}");
  }

  /** Whether one token alone tells any two windows apart. */
  boolean namesInstants() {
    return text.contains("{start}") || text.contains("{end}");
  }

  /** The text before the first token other than {@code {job}}, with the job's name put in. */
  String literalPrefix(JobName job) {
    String named = text.replace("{job}", job.value());
    int token = named.indexOf('{');
    return token < 0 ? named : named.substring(0, token);
  }

  @Override
  public String toString() {
    return text;
  }

  private static String stamp(Instant instant) {
    return (instant.equals(instant.truncatedTo(ChronoUnit.SECONDS)) ? SECONDS : NANOS)
        .format(instant);
  }

  /** Percent-encodes what is no plain part of a file name, a slash included. */
  private static String encoded(String value) {
    StringBuilder encoded = new StringBuilder();
    for (byte b : value.getBytes(StandardCharsets.UTF_8)) {
      char c = (char) (b & 0xff);
      boolean plain =
          (c >= 'a' && c <= 'z')
              || (c >= 'A' && c <= 'Z')
              || (c >= '0' && c <= '9')
              || UNRESERVED.indexOf(c) >= 0;
      encoded.append(plain ? String.valueOf(c) : String.format(Locale.ROOT, "%%%02X", (int) c));
    }
    return encoded.toString();
  }
}
