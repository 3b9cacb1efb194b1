package dev.tributary.encode;

import dev.tributary.encode.page.Cells;
import dev.tributary.job.Attempt;
import dev.tributary.job.Failure;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.types.pojo.Schema;
import org.jspecify.annotations.Nullable;

/** Holds the rows of a file that is read back to the order it claims. Confined to one thread. */
public final class ReadOrder {

  private final List<String> columns;
  private final List<Cells> cells = new ArrayList<>();
  private final RowOrder order;
  private @Nullable String wrong;

  /**
   * The order of a file's rows.
   *
   * @param claimed columns, the most significant first; those the file lacks are its folders'
   * @throws Failure if a column has no order
   */
  public ReadOrder(List<String> claimed, Schema schema, Attempt attempt) throws Failure {
    columns = claimed.stream().filter(name -> isIn(schema, name)).toList();
    List<ColumnType> types = new ArrayList<>();
    for (String column : columns) {
      ColumnType type = ContentTally.typeOf(schema.findField(column));
      types.add(type);
      cells.add(VectorReader.cellsFor(type));
    }
    order = new RowOrder(columns, types, cells, attempt);
  }

  private static boolean isIn(Schema schema, String name) {
    return schema.getFields().stream().anyMatch(field -> field.getName().equals(name));
  }

  /** Looks at the next rows. */
  public void add(VectorSchemaRoot batch) throws Failure {
    if (wrong != null || columns.isEmpty()) {
      return;
    }
    for (int i = 0; i < columns.size(); i++) {
      FieldVector vector = batch.getVector(columns.get(i));
      VectorReader.read(vector, batch.getRowCount(), cells.get(i));
    }
    OptionalLong row = order.misplaced(batch.getRowCount());
    if (row.isPresent()) {
      wrong =
          "rows should be sorted by "
              + String.join(", ", columns)
              + ", but row "
              + (row.getAsLong() + 1)
              + " sorts before the row above it";
    }
  }

  /** One clause about the first row that stands in a wrong place; absent when none does. */
  public Optional<String> wrong() {
    return Optional.ofNullable(wrong);
  }
}
