package dev.tributary.query;

import java.util.List;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.types.pojo.Schema;

/** The result of asking for a table that does not exist yet: no columns, no rows. */
final class NoData implements BatchStream {

  private static final Schema NO_COLUMNS = new Schema(List.of());

  @Override
  public Schema schema() {
    return NO_COLUMNS;
  }

  @Override
  public boolean next() {
    return false;
  }

  @Override
  public VectorSchemaRoot batch() {
    throw new IllegalStateException("no batch was loaded");
  }

  @Override
  public void close() {}
}
