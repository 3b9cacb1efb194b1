package dev.tributary.encode;

import dev.tributary.job.Attempt;
import dev.tributary.job.Content;
import dev.tributary.job.Job;
import dev.tributary.job.JobName;
import dev.tributary.job.Window;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What every data file says of itself, as key/value metadata, so that its manifest can be made
 * again from it alone.
 *
 * @param attempt who wrote it
 * @param content what its rows amount to; absent where the metadata comes before the rows
 */
public record Stamp(Attempt attempt, Optional<Content> content) {

  static final String PREFIX = "tributary.";

  /** The metadata entries, each key with the program's prefix. */
  public Map<String, String> entries() {
    Map<String, String> entries = new LinkedHashMap<>();
    put(entries, "job", attempt.job().value());
    put(entries, "window.start", attempt.window().start().toString());
    put(entries, "window.end", attempt.window().end().toString());
    put(entries, "generation", Integer.toString(attempt.generation()));
    put(entries, "attempt", attempt.id());
    put(entries, "hash.query", attempt.hashes().query());
    put(entries, "hash.definition", attempt.hashes().definition());
    put(entries, "schema", Integer.toString(attempt.schemaId()));
    put(entries, "source", attempt.source());
    put(entries, "began", attempt.began().toString());
    put(entries, "version", attempt.version());
    content.ifPresent(
        rows -> {
          put(entries, "rows", Long.toString(rows.rows()));
          rows.first().ifPresent(first -> put(entries, "first", first.toString()));
          rows.last().ifPresent(last -> put(entries, "last", last.toString()));
          put(entries, "digest", rows.digest());
          put(entries, "truncated", Long.toString(rows.truncated()));
        });
    return entries;
  }

  private static void put(Map<String, String> entries, String key, String value) {
    entries.put(PREFIX + key, value);
  }

  /** Reads a stamp from a file's metadata; absent when it is not whole, so not ours. */
  public static Optional<Stamp> of(Map<String, String> metadata) {
    try {
      Attempt attempt =
          new Attempt(
              new JobName(text(metadata, "job")),
              new Window(
                  Instant.parse(text(metadata, "window.start")),
                  Instant.parse(text(metadata, "window.end"))),
              Integer.parseInt(text(metadata, "generation")),
              text(metadata, "attempt"),
              new Job.Hashes(text(metadata, "hash.query"), text(metadata, "hash.definition")),
              Integer.parseInt(text(metadata, "schema")),
              text(metadata, "source"),
              Instant.parse(text(metadata, "began")),
              text(metadata, "version"));
      return Optional.of(new Stamp(attempt, contentOf(metadata)));
    } catch (IllegalArgumentException | DateTimeException notOurs) {
      return Optional.empty();
    }
  }

  private static Optional<Content> contentOf(Map<String, String> metadata) {
    if (!metadata.containsKey(PREFIX + "rows")) {
      return Optional.empty();
    }
    return Optional.of(
        new Content(
            Long.parseLong(text(metadata, "rows")),
            Optional.ofNullable(metadata.get(PREFIX + "first")).map(Instant::parse),
            Optional.ofNullable(metadata.get(PREFIX + "last")).map(Instant::parse),
            text(metadata, "digest"),
            Long.parseLong(text(metadata, "truncated"))));
  }

  private static String text(Map<String, String> metadata, String key) {
    String value = metadata.get(PREFIX + key);
    if (value == null) {
      throw new IllegalArgumentException("no " + key);
    }
    return value;
  }
}
