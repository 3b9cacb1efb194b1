package dev.tributary.plan;

import dev.tributary.job.JobName;
import dev.tributary.job.ObjectKey;
import dev.tributary.job.Window;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.regex.Pattern;

/**
 * What the keys of a job's files look like, whatever the window: the template's own words, digits
 * where a bound has digits, letters where it has letters. It tells which unfinished uploads in a
 * shared bucket can be this job's. Immutable.
 */
public final class KeyShape {

  private static final Instant SAMPLE = Instant.parse("2026-11-21T23:00:00Z");

  private final Pattern pattern;

  private KeyShape(Pattern pattern) {
    this.pattern = pattern;
  }

  /**
   * The shape of a job's keys.
   *
   * @param columns by which it partitions; empty for one file a window
   */
  public static KeyShape of(
      PathTemplate template, JobName job, ZoneId zone, String extension, List<String> columns) {
    Window sample = new Window(SAMPLE, SAMPLE.plusSeconds(3_600));
    StringBuilder text = new StringBuilder();
    for (PathToken token : template.tokens()) {
      String rendered = token.render(job, sample, zone, extension);
      text.append(
          token.isWholeBound()
              ? "\\d{8}T\\d{6}(?:\\.\\d+)?Z"
              : token.isBound() ? alike(rendered) : escaped(rendered));
    }
    if (!columns.isEmpty()) {
      partition(text, "\\." + escaped(extension), columns);
    }
    return new KeyShape(Pattern.compile(text.toString()));
  }

  private static void partition(StringBuilder text, String end, List<String> columns) {
    boolean ends = text.toString().endsWith(end);
    text.insert(text.length() - (ends ? end.length() : 0), PartPath.MARK);
    StringBuilder folders = new StringBuilder();
    for (String column : columns) {
      folders.append(escaped(PartPath.prefix(column))).append("[^/]+/");
    }
    text.insert(text.lastIndexOf("/") + 1, folders);
  }

  /** Whether a key can be one of this job's. */
  public boolean fits(ObjectKey key) {
    return pattern.matcher(key.value()).matches();
  }

  private static String alike(String sample) {
    return escaped(sample.replaceAll("\\p{L}+", "a").replaceAll("[0-9]+", "0"))
        .replace("a", "\\p{L}+")
        .replace("0", "[0-9]+");
  }

  /** A slash stays a slash, so that the last one can be found. */
  private static String escaped(String literal) {
    return literal.replaceAll("[^\\p{L}0-9/]", "\\\\$0");
  }
}
