package dev.tributary.inspect;

import dev.tributary.encode.ContentTally;
import dev.tributary.encode.FolderColumns;
import dev.tributary.job.Column;
import dev.tributary.job.Content;
import dev.tributary.job.Failure;
import dev.tributary.job.Output;
import dev.tributary.job.PartitionValue;
import dev.tributary.land.Destination;
import dev.tributary.land.StoredObject;
import dev.tributary.ledger.Manifest;
import dev.tributary.query.Memory;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Holds committed files against their manifests, reading them through Arrow C++, which shares no
 * code with what wrote them. Batches are read one at a time. Safe for use by several threads.
 */
public final class Verifier {

  private final Destination destination;
  private final Memory memory;

  public Verifier(Destination destination, Memory memory) {
    this.destination = destination;
    this.memory = memory;
  }

  /**
   * Checks every file of a manifest: that it is there, its size and sha-256, and, read back, its
   * rows and columns; and of all files together digest, first and last time. Columns that a file
   * lacks are those of its folders.
   *
   * @param timeColumn the column that first and last time are of
   * @return what is wrong; empty when all is right
   * @throws Failure if the destination cannot be read or memory is used up
   */
  public List<Finding> verify(Manifest manifest, Optional<String> timeColumn) throws Failure {
    List<Finding> findings = new ArrayList<>();
    ContentTally window = new ContentTally(timeColumn);
    for (Manifest.DataFile file : manifest.files()) {
      Optional<String> wrong = bytesOf(file);
      if (wrong.isEmpty()) {
        wrong = rowsOf(manifest, file, window);
      }
      wrong.ifPresent(what -> findings.add(finding(manifest, file, what)));
    }
    if (findings.isEmpty() && !manifest.files().isEmpty()) {
      contentOf(manifest, window.content(), timeColumn)
          .ifPresent(what -> findings.add(finding(manifest, manifest.files().get(0), what)));
    }
    return findings;
  }

  private static Finding finding(Manifest manifest, Manifest.DataFile file, String what) {
    return new Finding(manifest.attempt().job(), manifest.attempt().window(), file.key(), what);
  }

  private Optional<String> bytesOf(Manifest.DataFile file) throws Failure {
    Optional<StoredObject> there = destination.look(file.key());
    if (there.isEmpty()) {
      return Optional.of("the file is gone");
    }
    if (there.orElseThrow().bytes() != file.bytes()) {
      return differs("bytes", file.bytes(), there.orElseThrow().bytes());
    }
    String sha256 = Fingerprint.sha256(destination, file.key());
    return sha256.equals(file.sha256())
        ? Optional.empty()
        : differs("sha-256", file.sha256(), sha256);
  }

  private Optional<String> rowsOf(Manifest manifest, Manifest.DataFile file, ContentTally window)
      throws Failure {
    Reading reading;
    try (NearFile near = NearFile.of(destination, file.key())) {
      reading =
          Reading.of(
              near.address(),
              formatOf(file),
              memory.allocator(),
              columns -> foldersOf(manifest, file, columns),
              window);
    } catch (Failure unreadable) {
      if (unreadable.kind().retryable()) {
        throw unreadable;
      }
      return Optional.of(unreadable.sentence());
    }
    if (reading.rows() != file.rows()) {
      return differs("rows", file.rows(), reading.rows());
    }
    List<String> folders = namesOf(lacking(manifest, reading.columns()));
    List<Column> said =
        manifest.columns().stream().filter(c -> !folders.contains(c.name())).toList();
    return folders.stream().allMatch(name -> folderOf(file, name).isPresent())
            && reading.columns().equals(said)
        ? Optional.empty()
        : differs("columns", manifest.columns(), reading.columns());
  }

  private FolderColumns foldersOf(Manifest manifest, Manifest.DataFile file, List<Column> columns)
      throws Failure {
    List<Column> there = new ArrayList<>();
    List<PartitionValue> values = new ArrayList<>();
    for (Column column : lacking(manifest, columns)) {
      Optional<PartitionValue> value = folderOf(file, column.name());
      if (value.isPresent()) {
        there.add(column);
        values.add(value.orElseThrow());
      }
    }
    return new FolderColumns(there, values, memory.allocator());
  }

  private static List<Column> lacking(Manifest manifest, List<Column> columns) {
    List<String> own = namesOf(columns);
    return manifest.columns().stream().filter(column -> !own.contains(column.name())).toList();
  }

  private static List<String> namesOf(List<Column> columns) {
    return columns.stream().map(Column::name).toList();
  }

  /** The value that a file's key has for a column; the folder nearest to the file speaks. */
  private static Optional<PartitionValue> folderOf(Manifest.DataFile file, String column) {
    List<String> segments = List.of(file.key().value().split("/", -1));
    for (int i = segments.size() - 2; i >= 0; i--) {
      Optional<PartitionValue> value = PartitionValue.ofFolder(segments.get(i));
      if (value.isPresent() && value.orElseThrow().column().equals(column)) {
        return value;
      }
    }
    return Optional.empty();
  }

  private static Optional<String> contentOf(
      Manifest manifest, Content content, Optional<String> timeColumn) {
    Content said = manifest.content();
    if (content.rows() != said.rows()) {
      return differs("rows of the window", said.rows(), content.rows());
    }
    if (!content.digest().equals(said.digest())) {
      return differs("digest of the rows", said.digest(), content.digest());
    }
    ChronoUnit unit = unitOf(manifest.columns(), timeColumn);
    return timeOf("first time", said.first(), content.first(), unit)
        .or(() -> timeOf("last time", said.last(), content.last(), unit));
  }

  /** The manifest has times as the server sent them, the file in the unit they were written in. */
  private static Optional<String> timeOf(
      String what, Optional<Instant> said, Optional<Instant> found, ChronoUnit unit) {
    Optional<Instant> written = said.map(instant -> instant.truncatedTo(unit));
    return written.equals(found)
        ? Optional.empty()
        : differs(
            what,
            written.map(Instant::toString).orElse("absent"),
            found.map(Instant::toString).orElse("absent"));
  }

  private static ChronoUnit unitOf(List<Column> columns, Optional<String> timeColumn) {
    for (Column column : columns) {
      if (timeColumn.isPresent() && column.name().equals(timeColumn.orElseThrow())) {
        return column.type().startsWith("timestamp[us")
            ? ChronoUnit.MICROS
            : column.type().startsWith("timestamp[ms") ? ChronoUnit.MILLIS : ChronoUnit.NANOS;
      }
    }
    return ChronoUnit.NANOS;
  }

  private static Output.Format formatOf(Manifest.DataFile file) {
    return file.key().value().endsWith(".arrow") ? Output.Format.ARROW : Output.Format.PARQUET;
  }

  private static Optional<String> differs(String what, Object said, Object found) {
    return Optional.of(what + " should be " + said + ", but found " + found);
  }
}
