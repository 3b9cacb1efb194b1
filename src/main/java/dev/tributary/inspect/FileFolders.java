package dev.tributary.inspect;

import dev.tributary.encode.FolderColumns;
import dev.tributary.job.Column;
import dev.tributary.job.Failure;
import dev.tributary.job.PartitionValue;
import dev.tributary.ledger.Manifest;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.arrow.memory.BufferAllocator;

/** The columns of a file that its folders stand for. */
record FileFolders(Manifest manifest, Manifest.DataFile file) {

  FolderColumns beside(List<Column> columns, BufferAllocator memory) throws Failure {
    List<Column> there = new ArrayList<>();
    List<PartitionValue> values = new ArrayList<>();
    for (Column column : lacking(columns)) {
      Optional<PartitionValue> value = valueOf(column.name());
      if (value.isPresent()) {
        there.add(column);
        values.add(value.orElseThrow());
      }
    }
    return new FolderColumns(there, values, memory);
  }

  /** Whether a file's columns and those of its folders are together what the manifest says. */
  boolean agreeWith(List<Column> columns) {
    List<Column> lacking = lacking(columns);
    List<Column> own = manifest.columns().stream().filter(c -> !lacking.contains(c)).toList();
    return lacking.stream().allMatch(column -> valueOf(column.name()).isPresent())
        && columns.equals(own);
  }

  private List<Column> lacking(List<Column> columns) {
    List<String> own = columns.stream().map(Column::name).toList();
    return manifest.columns().stream().filter(column -> !own.contains(column.name())).toList();
  }

  /** The value that the file's key has for a column; the folder nearest to the file speaks. */
  private Optional<PartitionValue> valueOf(String column) {
    List<String> segments = List.of(file.key().value().split("/", -1));
    for (int i = segments.size() - 2; i >= 0; i--) {
      Optional<PartitionValue> value = PartitionValue.ofFolder(segments.get(i));
      if (value.isPresent() && value.orElseThrow().column().equals(column)) {
        return value;
      }
    }
    return Optional.empty();
  }
}
