package dev.tributary.bench;

import java.io.IOException;
import org.apache.arrow.flight.FlightStream;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.ipc.ArrowReader;
import org.apache.arrow.vector.types.pojo.Schema;

/** A Flight answer as Arrow's other libraries want to read it. The stream stays the caller's. */
final class FlightRows extends ArrowReader {

  private final FlightStream stream;
  private long rows;

  FlightRows(FlightStream stream, BufferAllocator memory) {
    super(memory);
    this.stream = stream;
  }

  @Override
  public VectorSchemaRoot getVectorSchemaRoot() {
    return stream.getRoot();
  }

  @Override
  public boolean loadNextBatch() {
    boolean loaded = stream.next();
    if (loaded) {
      rows += stream.getRoot().getRowCount();
    }
    return loaded;
  }

  BufferAllocator memory() {
    return allocator;
  }

  /** Rows loaded so far. */
  long rows() {
    return rows;
  }

  @Override
  public long bytesRead() {
    return 0;
  }

  @Override
  protected void closeReadSource() throws IOException {}

  @Override
  public void close() {}

  @Override
  protected Schema readSchema() {
    return stream.getSchema();
  }
}
