package dev.tributary.encode;

import dev.tributary.encode.page.Cells;
import dev.tributary.encode.page.LongCells;
import dev.tributary.job.Content;
import dev.tributary.job.Expect;
import dev.tributary.job.Failure;
import dev.tributary.job.Output;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.NullVector;
import org.apache.arrow.vector.TimeStampVector;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.jspecify.annotations.Nullable;

/** Brings batches into the file's columns and counts them. Confined to one thread. */
final class Batches {

  private final List<WrittenColumn> columns;
  private final List<Cells> cells;
  private final Output.TimestampUnit unit;
  private final Map<String, String> overrides;

  /** By the column's place, with cells for the result's own values. */
  private final Map<Integer, Casting> casts = new HashMap<>();

  private final TimeConversion times;
  private final RowOrder order;
  private final ContentTally tally;
  private Census census = new Census(Expect.ANYTHING);

  Batches(Encoders.FileFacts facts) throws Failure {
    this.columns = facts.columns();
    this.cells = columns.stream().map(column -> VectorReader.cellsFor(column.type())).toList();
    this.unit = facts.output().timestamps();
    this.overrides = facts.output().types();
    this.times = new TimeConversion(facts.output().timestampLoss());
    this.order = new RowOrder(facts.output(), columns, cells, facts.attempt());
    this.tally = new ContentTally(facts.timeColumn().map(this::source));
  }

  /** What the result calls a column of the file. */
  private String source(String name) {
    return columns.stream()
        .filter(column -> column.name().equals(name))
        .map(WrittenColumn::source)
        .findFirst()
        .orElse(name);
  }

  /** The cells of the file's columns, in their order: the same ones, filled anew for each batch. */
  List<Cells> cells() {
    return cells;
  }

  /** Counts the batches to come in a census, too. */
  void count(Census other) {
    census = other;
  }

  /**
   * Fills the cells from a batch.
   *
   * @throws Failure if a value does not fit its column, or a row the order
   */
  void fill(VectorSchemaRoot batch) throws Failure {
    for (int i = 0; i < columns.size(); i++) {
      fill(columns.get(i), batch.getVector(columns.get(i).source()), batch.getRowCount(), i);
    }
    order.check(batch.getRowCount());
    tally.add(batch, columns, cells);
    census.add(columns, cells);
  }

  private void fill(WrittenColumn column, @Nullable FieldVector vector, int rows, int index)
      throws Failure {
    if (!column.nullable() && (vector == null || vector.getNullCount() > 0)) {
      throw refused(
          column,
          "it holds nulls, but the job's schema says that it has none; fill them in the query, such"
              + " as with coalesce");
    }
    if (vector != null && !(vector instanceof NullVector) && !isOf(vector, column.type())) {
      Optional<Casting> casting = casting(vector, column, index);
      if (casting.isPresent()) {
        Casting found = casting.orElseThrow();
        VectorReader.read(vector, rows, found.raw());
        found.cast().apply(column.name(), found.raw(), cells.get(index));
        return;
      }
      throw refused(
          column,
          "it is "
              + vector.getField().getType()
              + ", but the job's schema says "
              + column.type().text()
              + "; cast it in the query");
    }
    VectorReader.read(vector, rows, cells.get(index));
    if (vector instanceof TimeStampVector stamps) {
      times.convert(stamps, (LongCells) cells.get(index), column.type());
    }
  }

  /** Only what the operator asked for: a type that merely changed is the schema's to refuse. */
  private Optional<Casting> casting(FieldVector vector, WrittenColumn column, int index) {
    Casting known = casts.get(index);
    if (known != null || !column.type().text().equals(canonical(overrides.get(column.name())))) {
      return Optional.ofNullable(known);
    }
    ArrowType from = vector.getField().getType();
    Optional<Casting> made =
        ColumnType.written(from, unit)
            .flatMap(
                own ->
                    Cast.between(from, column.type())
                        .map(cast -> new Casting(cast, VectorReader.cellsFor(own))));
    made.ifPresent(casting -> casts.put(index, casting));
    return made;
  }

  private static String canonical(@Nullable String type) {
    return type == null ? "" : ColumnType.named(type).map(ColumnType::text).orElse(type);
  }

  private boolean isOf(FieldVector vector, ColumnType type) {
    if (vector instanceof TimeStampVector && type.isTimestamp()) {
      // settled in another unit once; the values are brought into that
      return true;
    }
    Optional<ColumnType> own = ColumnType.written(vector.getField().getType(), unit);
    return own.isPresent() && own.orElseThrow().equals(type);
  }

  private static Failure refused(WrittenColumn column, String what) {
    return new Failure(
        Failure.Kind.REFUSED, "cannot write column '" + column.name() + "': " + what);
  }

  private record Casting(Cast cast, Cells raw) {}

  Content content() {
    return tally.content(times.truncated());
  }
}
