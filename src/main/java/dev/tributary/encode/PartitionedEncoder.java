package dev.tributary.encode;

import dev.tributary.job.Attempt;
import dev.tributary.job.Column;
import dev.tributary.job.Content;
import dev.tributary.job.Failure;
import dev.tributary.job.Output;
import dev.tributary.job.PartitionValue;
import dev.tributary.query.Memory;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.OutOfMemoryException;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.NullVector;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.Schema;

/**
 * Writes one file for each combination of values that the partition columns have, without those
 * columns: readers take them from the folders. What it tells of the content is of all rows and all
 * columns, so that it does not depend on the split. Confined to one thread.
 */
public final class PartitionedEncoder implements Encoder {

  private final Attempt attempt;
  private final BufferAllocator memory;
  private final Batches whole;
  private final List<String> sources;
  private final PartitionGroups groups;
  private final PartWriters writers;
  private final List<Part> parts = new ArrayList<>();

  /** Where the files of partitions go. */
  @FunctionalInterface
  public interface Files {
    /** The stream of a new file, which stays the callee's. */
    OutputStream begin(List<PartitionValue> partition) throws Failure;
  }

  /**
   * A finished file.
   *
   * @param partition a value for each partition column, in order
   */
  public record Part(List<PartitionValue> partition, long rows) {}

  private PartitionedEncoder(
      Attempt attempt,
      BufferAllocator memory,
      Batches whole,
      List<PartitionColumn> columns,
      PartWriters writers) {
    this.attempt = attempt;
    this.memory = memory;
    this.whole = whole;
    this.sources = columns.stream().map(PartitionColumn::source).toList();
    this.groups = new PartitionGroups(columns);
    this.writers = writers;
  }

  /**
   * Begins a window's files; none is there before its first row.
   *
   * @param output the job's settings, which name the partition columns
   * @param result what the rows to come look like
   * @param settled all columns, those of the partitions too
   * @param files asked once for each partition, in the order in which {@link #parts} has them
   * @throws Failure of kind {@code REFUSED} if the result lacks a partition column, if one cannot
   *     become folders, or if no other column is left
   */
  public static PartitionedEncoder open(
      Output output,
      ResultSchema result,
      List<Column> settled,
      Attempt attempt,
      Optional<String> timeColumn,
      Memory memory,
      Files files)
      throws Failure {
    BufferAllocator allocator = memory.allocator();
    List<PartitionColumn> columns = new ArrayList<>();
    for (String name : output.partitionBy()) {
      columns.add(column(name, result, settled));
    }
    List<Column> left =
        settled.stream().filter(column -> !output.partitionBy().contains(column.name())).toList();
    if (left.isEmpty() && !settled.isEmpty()) {
      throw refused(output.partitionBy(), "no column is left for the files; leave one out of it");
    }
    Encoders.FileFacts facts =
        new Encoders.FileFacts(
            output,
            result.written(nullable(settled, output.partitionBy())),
            attempt,
            timeColumn,
            result.arrow());
    return new PartitionedEncoder(
        attempt,
        allocator,
        new Batches(facts),
        columns,
        new PartWriters(
            output,
            without(result, output.partitionBy()),
            left,
            attempt,
            timeColumn,
            allocator,
            files));
  }

  private static PartitionColumn column(String name, ResultSchema result, List<Column> settled)
      throws Failure {
    boolean there =
        Stream.concat(result.columns().stream().map(Column::name), result.unknown().stream())
            .anyMatch(name::equals);
    if (!there && !result.isNoData()) {
      throw refused(
          List.of(name),
          "the result has no such column, only "
              + String.join(
                  ", ", result.columns().stream().map(c -> "'" + c.name() + "'").toList()));
    }
    for (Column column : settled) {
      if (column.name().equals(name)) {
        return PartitionColumn.of(column, result.source(name));
      }
    }
    // nobody knows its type, so every row of it is null
    return PartitionColumn.of(new Column(name, "string", true), result.source(name));
  }

  private static Failure refused(List<String> columns, String why) {
    return new Failure(
        Failure.Kind.REFUSED,
        "cannot partition by "
            + String.join(", ", columns.stream().map(name -> "'" + name + "'").toList())
            + ": "
            + why);
  }

  /** A folder can say that there is no value, even of a column that never lacked one before. */
  private static List<Column> nullable(List<Column> settled, List<String> folders) {
    return settled.stream()
        .map(c -> folders.contains(c.name()) ? new Column(c.name(), c.type(), true) : c)
        .toList();
  }

  private static ResultSchema without(ResultSchema result, List<String> folders) {
    List<String> sources = folders.stream().map(result::source).toList();
    List<Field> fields =
        result.arrow().getFields().stream().filter(f -> !sources.contains(f.getName())).toList();
    Map<String, String> names = new HashMap<>(result.names());
    names.keySet().removeAll(sources);
    return new ResultSchema(
        result.columns().stream().filter(c -> !folders.contains(c.name())).toList(),
        result.unknown().stream().filter(name -> !folders.contains(name)).toList(),
        new Schema(fields, result.arrow().getCustomMetadata()),
        names);
  }

  @Override
  public void count(Census census) {
    whole.count(census);
  }

  @Override
  public void write(VectorSchemaRoot batch) throws Failure {
    try (Emptied emptied = Emptied.of(batch, sources, memory)) {
      whole.fill(emptied.batch());
      groups.sort(batch);
      writers.require(groups.count());
      VectorSchemaRoot rest = rest(batch);
      for (int group = 0; group < groups.count(); group++) {
        if (groups.size(group) == batch.getRowCount()) {
          writers.write(group, groups.partition(group), rest);
        } else if (groups.size(group) > 0) {
          try (VectorSchemaRoot rows = rowsOf(group, rest)) {
            writers.write(group, groups.partition(group), rows);
          }
        }
      }
    } catch (OutOfMemoryException e) {
      throw Encoders.noMemory(attempt, memory, e);
    }
  }

  /** The batch's other columns, which stay the batch's; one without values needs no vector. */
  private VectorSchemaRoot rest(VectorSchemaRoot batch) {
    List<FieldVector> vectors =
        batch.getFieldVectors().stream()
            .filter(v -> !sources.contains(v.getName()) && !(v instanceof NullVector))
            .toList();
    return new VectorSchemaRoot(
        vectors.stream().map(FieldVector::getField).toList(), vectors, batch.getRowCount());
  }

  /** A copy of the rows of one partition, or a slice where they follow each other. */
  private VectorSchemaRoot rowsOf(int group, VectorSchemaRoot from) {
    int size = groups.size(group);
    int first = groups.row(group, 0);
    if (groups.row(group, size - 1) - first == size - 1) {
      return from.slice(first, size);
    }
    VectorSchemaRoot rows = VectorSchemaRoot.create(from.getSchema(), memory);
    try {
      for (FieldVector vector : from.getFieldVectors()) {
        FieldVector to = rows.getVector(vector.getName());
        to.setInitialCapacity(size);
        for (int n = 0; n < size; n++) {
          to.copyFromSafe(groups.row(group, n), n, vector);
        }
        to.setValueCount(size);
      }
    } catch (RuntimeException e) {
      rows.close();
      throw e;
    }
    rows.setRowCount(size);
    return rows;
  }

  @Override
  public Content finish() throws Failure {
    List<Long> rows = writers.finish();
    for (int group = 0; group < rows.size(); group++) {
      parts.add(new Part(groups.partition(group), rows.get(group)));
    }
    return whole.content();
  }

  /** The finished files, in the order in which they were begun. */
  public List<Part> parts() {
    return List.copyOf(parts);
  }

  @Override
  public void close() {
    writers.close();
  }
}
