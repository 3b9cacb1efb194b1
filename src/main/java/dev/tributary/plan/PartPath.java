package dev.tributary.plan;

import dev.tributary.job.JobName;
import dev.tributary.job.ObjectKey;
import dev.tributary.job.PartitionValue;
import dev.tributary.job.Window;
import java.time.ZoneId;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where the parts of one partitioned window go: the folders {@code column=value} before the file
 * name that the template gives, and {@code -g<generation>-<attempt>-<number>} before its extension.
 * Two attempts never name a part alike, so a name is taken once and never again.
 */
public final class PartPath {

  /** What tells the parts of a window apart, as a regular expression. */
  static final String MARK = "-g(\\d{4,9})-[A-Za-z0-9]+-\\d{4,9}";

  private static final Pattern MARKED = Pattern.compile(MARK);

  private final String folder;
  private final String stem;
  private final String end;
  private final List<String> columns;

  private PartPath(String folder, String stem, String end, List<String> columns) {
    this.folder = folder;
    this.stem = stem;
    this.end = end;
    this.columns = List.copyOf(columns);
  }

  /**
   * The parts of a window.
   *
   * @param columns by which the job partitions, in order
   * @throws IllegalArgumentException if the template has no folder, which definitions refuse
   */
  public static PartPath of(
      PathTemplate template,
      JobName job,
      Window window,
      ZoneId zone,
      String extension,
      List<String> columns) {
    String whole = template.key(job, window, zone, extension).value();
    int slash = whole.lastIndexOf('/');
    if (slash < 0) {
      throw new IllegalArgumentException("no folder in '" + whole + "'");
    }
    String name = whole.substring(slash + 1);
    String end = name.endsWith("." + extension) ? "." + extension : "";
    return new PartPath(
        whole.substring(0, slash), name.substring(0, name.length() - end.length()), end, columns);
  }

  /** The window's folder, above those of its partitions. */
  public ObjectKey folder() {
    return new ObjectKey(folder);
  }

  /** No part of this window has a key before this one. */
  public ObjectKey first() {
    return new ObjectKey(folder + "/" + prefix(columns.get(0)));
  }

  /** All parts of this window have keys before this one. */
  public ObjectKey until() {
    String first = prefix(columns.get(0));
    return new ObjectKey(folder + "/" + first.substring(0, first.length() - 1) + (char) ('=' + 1));
  }

  /**
   * The key of a part.
   *
   * @param partition a value for each column, in order
   * @param attempt its letters and digits are written
   * @param number of the part within the attempt, from 1
   */
  public ObjectKey key(List<PartitionValue> partition, int generation, String attempt, int number) {
    StringBuilder key = new StringBuilder(folder);
    partition.forEach(value -> key.append('/').append(value.folder()));
    key.append('/')
        .append(stem)
        .append(
            String.format(
                Locale.ROOT,
                "-g%04d-%s-%04d",
                generation,
                attempt.replaceAll("[^A-Za-z0-9]", ""),
                number))
        .append(end);
    return new ObjectKey(key.toString());
  }

  /** The generation that a key names; empty when it is not the key of a part of this window. */
  public OptionalInt generationOf(ObjectKey key) {
    if (!key.value().startsWith(folder + "/")) {
      return OptionalInt.empty();
    }
    String[] segments = key.value().substring(folder.length() + 1).split("/", -1);
    if (segments.length != columns.size() + 1) {
      return OptionalInt.empty();
    }
    for (int i = 0; i < columns.size(); i++) {
      if (!segments[i].startsWith(prefix(columns.get(i)))) {
        return OptionalInt.empty();
      }
    }
    String name = segments[columns.size()];
    if (name.length() <= stem.length() + end.length()
        || !name.startsWith(stem)
        || !name.endsWith(end)) {
      return OptionalInt.empty();
    }
    Matcher mark = MARKED.matcher(name.substring(stem.length(), name.length() - end.length()));
    return mark.matches() ? OptionalInt.of(Integer.parseInt(mark.group(1))) : OptionalInt.empty();
  }

  /** The parts' keys with {@code *} for what only the rows and the attempt tell. */
  public String pattern() {
    StringBuilder pattern = new StringBuilder(folder);
    columns.forEach(column -> pattern.append('/').append(prefix(column)).append('*'));
    return pattern.append('/').append(stem).append("-g*").append(end).toString();
  }

  /** What the folder of a column begins with, whatever its value. */
  static String prefix(String column) {
    String folder = new PartitionValue(column, Optional.empty()).folder();
    return folder.substring(0, folder.length() - PartitionValue.NONE.length());
  }
}
