package dev.tributary.inspect;

import dev.tributary.encode.Imprint;
import dev.tributary.job.Attempt;
import dev.tributary.job.Column;
import dev.tributary.job.Content;
import dev.tributary.job.History;
import dev.tributary.job.Window;
import dev.tributary.ledger.Manifest;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;

/** What a manifest says of its rows, held against what was read and what the files say. */
record SaidContent(Manifest manifest, Optional<String> timeColumn) {

  static Optional<String> differs(String what, Object said, Object found) {
    return Optional.of(what + " should be " + said + ", but found " + found);
  }

  /** Whether the manifest agrees with itself. */
  Optional<String> withItself() {
    long rows = manifest.files().stream().mapToLong(Manifest.DataFile::rows).sum();
    if (rows != manifest.content().rows()) {
      return differs("rows of all files", manifest.content().rows(), rows);
    }
    History.Status status = manifest.status();
    History.Status fits = rows == 0 ? History.Status.EMPTY : History.Status.DONE;
    // what was cut may have rows left, or none
    return status == fits
            || status == History.Status.CUT
            || (status == History.Status.SKIPPED && manifest.files().isEmpty())
        ? Optional.empty()
        : differs("status of " + rows + " rows", status, fits);
  }

  /** Whether the rows of all files are those that were counted when they were written. */
  Optional<String> withRows(Content content) {
    Content said = manifest.content();
    if (content.rows() != said.rows()) {
      return differs("rows of the window", said.rows(), content.rows());
    }
    if (!content.digest().equals(said.digest())) {
      return differs("digest of the rows", said.digest(), content.digest());
    }
    ChronoUnit unit = unit();
    return time("first time", said.first(), content.first(), unit)
        .or(() -> time("last time", said.last(), content.last(), unit));
  }

  /** Whether every row lies in the window; a snapshot has no bounds. */
  Optional<String> withWindow(Content content) {
    Window window = manifest.attempt().window();
    if (window.isInstant()) {
      return Optional.empty();
    }
    return content
        .first()
        .filter(first -> first.isBefore(window.start()))
        .or(() -> content.last().filter(last -> !last.isBefore(window.end())))
        .flatMap(time -> differs("times of window " + window, "inside it", time));
  }

  /**
   * Whether a file, by its own account, is the one that the manifest speaks of.
   *
   * @param alone whether it is the window's only file, so that its rows are the window's
   */
  Optional<String> withStamp(Imprint imprint, boolean alone) {
    if (imprint.stamped().isEmpty()) {
      return Optional.of("stamp should be that of " + manifest.attempt().id() + ", but is gone");
    }
    Attempt stamped = imprint.stamped().orElseThrow();
    if (!stamped.equals(manifest.attempt())) {
      return differs("stamp", manifest.attempt(), stamped);
    }
    Optional<Content> counted = imprint.content().filter(content -> alone);
    if (counted.isEmpty()) {
      return Optional.empty();
    }
    // the digest was held against the rows themselves; a part's own lacks its folders' columns
    Content content = counted.orElseThrow();
    Content said = manifest.content();
    return content.first().equals(said.first())
            && content.last().equals(said.last())
            && content.truncated() == said.truncated()
        ? Optional.empty()
        : differs("content by the file's stamp", said, content);
  }

  /** The manifest has times as the server sent them, the file in the unit they were written in. */
  private static Optional<String> time(
      String what, Optional<Instant> said, Optional<Instant> found, ChronoUnit unit) {
    Optional<Instant> written = said.map(instant -> instant.truncatedTo(unit));
    return written.equals(found)
        ? Optional.empty()
        : differs(
            what,
            written.map(Instant::toString).orElse("absent"),
            found.map(Instant::toString).orElse("absent"));
  }

  private ChronoUnit unit() {
    List<Column> columns = manifest.columns();
    for (Column column : columns) {
      if (timeColumn.isPresent() && column.name().equals(timeColumn.orElseThrow())) {
        return column.type().startsWith("timestamp[us")
            ? ChronoUnit.MICROS
            : column.type().startsWith("timestamp[ms") ? ChronoUnit.MILLIS : ChronoUnit.NANOS;
      }
    }
    return ChronoUnit.NANOS;
  }
}
