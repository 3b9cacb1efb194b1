package dev.tributary.encode;

import dev.tributary.job.Content;
import dev.tributary.job.Failure;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.types.pojo.Schema;
import org.apache.parquet.bytes.HeapByteBufferAllocator;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.column.ParquetProperties;
import org.apache.parquet.hadoop.ColumnChunkPageWriteStore;
import org.apache.parquet.hadoop.ParquetFileWriter;
import org.apache.parquet.hadoop.ParquetWriter;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.Type;

/**
 * Writes a Parquet file column by column, straight from Arrow vectors, at the level of pages: no
 * row object, and at most one row group in memory, reserved from the budget.
 */
final class ParquetEncoder implements Encoder {

  /** The footer entry from which Arrow readers restore exact types and field metadata. */
  static final String ARROW_SCHEMA = "ARROW:schema";

  /** Runs, their batches and their row groups share the budget; an eighth each leaves room. */
  private static final int SHARE = 8;

  private static final long SMALLEST_ROW_GROUP = 1 << 20;

  /**
   * Rows between two looks at the row group's size: a server's batch may be far larger than one.
   */
  private static final int STRIDE_ROWS = 1_024;

  private static final int COLUMN_INDEX_TRUNCATE_LENGTH = 64;

  private final Encoders.FileFacts facts;
  private final Batches batches;
  private final MessageType schema;
  private final ParquetProperties properties;
  private final PageCompressor compressor;
  private final BufferAllocator reserved;
  private final ParquetFileWriter writer;
  private final long rowGroupBytes;

  private final List<ColumnChunk> chunks = new ArrayList<>();
  private ColumnChunkPageWriteStore pages;
  private long rows;
  private boolean closed;

  ParquetEncoder(Encoders.FileFacts facts, BufferAllocator memory, OutputStream out)
      throws IOException {
    this.facts = facts;
    this.batches = new Batches(facts);
    this.schema =
        new MessageType(
            "rows",
            facts.columns().stream()
                .<Type>map(c -> c.type().parquet(c.name(), c.nullable()))
                .toList());
    this.properties =
        ParquetProperties.builder()
            .withAllocator(new HeapByteBufferAllocator())
            .withPageRowCountLimit(ColumnChunk.PAGE_ROWS)
            .withWriterVersion(ParquetProperties.WriterVersion.PARQUET_1_0)
            .build();
    this.rowGroupBytes =
        Math.max(
            SMALLEST_ROW_GROUP,
            Math.min(facts.output().rowGroupBytes(), memory.getLimit() / SHARE));
    this.writer =
        new ParquetFileWriter(
            new StreamFile(out),
            schema,
            ParquetFileWriter.Mode.CREATE,
            ParquetWriter.DEFAULT_BLOCK_SIZE,
            0,
            null,
            properties);
    writer.start();
    // the row group lies on the heap; the reservation keeps all runs together within the budget
    this.reserved = memory.newChildAllocator("row group", rowGroupBytes, rowGroupBytes);
    this.compressor = PageCompressor.of(facts.output());
    this.pages = beginRowGroup();
  }

  private ColumnChunkPageWriteStore beginRowGroup() {
    ColumnChunkPageWriteStore store =
        new ColumnChunkPageWriteStore(
            compressor, schema, properties.getAllocator(), COLUMN_INDEX_TRUNCATE_LENGTH, true);
    chunks.clear();
    List<ColumnDescriptor> descriptors = schema.getColumns();
    for (int i = 0; i < descriptors.size(); i++) {
      chunks.add(
          new ColumnChunk(
              facts.columns().get(i).type(),
              descriptors.get(i),
              properties,
              store.getPageWriter(descriptors.get(i))));
    }
    rows = 0;
    return store;
  }

  @Override
  public void write(VectorSchemaRoot batch) throws Failure {
    List<Cells> cells = batches.cells(batch);
    int count = batch.getRowCount();
    try {
      for (int from = 0; from < count; from += STRIDE_ROWS) {
        append(cells, from, Math.min(from + STRIDE_ROWS, count));
      }
    } catch (IOException e) {
      throw Encoders.cannotWrite(facts.attempt(), e);
    }
  }

  private void append(List<Cells> cells, int from, int to) throws IOException {
    long buffered = 0;
    for (int column = 0; column < chunks.size(); column++) {
      chunks.get(column).append(cells.get(column), from, to);
      buffered += chunks.get(column).bufferedBytes();
    }
    rows += to - from;
    if (buffered >= rowGroupBytes) {
      endRowGroup();
      pages = beginRowGroup();
    }
  }

  private void endRowGroup() throws IOException {
    for (ColumnChunk chunk : chunks) {
      chunk.end();
    }
    if (rows > 0) {
      writer.startBlock(rows);
      pages.flushToFileWriter(writer);
      writer.endBlock();
    }
    pages.close();
  }

  @Override
  public Content finish() throws Failure {
    try {
      endRowGroup();
      Content content = batches.content();
      writer.end(footer(content));
      return content;
    } catch (IOException e) {
      throw Encoders.cannotWrite(facts.attempt(), e);
    }
  }

  private Map<String, String> footer(Content content) {
    Map<String, String> footer = new HashMap<>();
    Map<String, String> metadata = facts.arrow().getCustomMetadata();
    if (metadata != null) {
      footer.putAll(metadata);
    }
    footer.putAll(new Stamp(facts.attempt(), Optional.of(content)).entries());
    Schema arrow =
        new Schema(facts.columns().stream().map(WrittenColumn::field).toList(), metadata);
    footer.put(ARROW_SCHEMA, Base64.getEncoder().encodeToString(arrow.serializeAsMessage()));
    return footer;
  }

  @Override
  public void close() {
    if (!closed) {
      closed = true;
      compressor.release();
      reserved.close();
    }
  }
}
