package dev.tributary.encode;

import dev.tributary.encode.page.ColumnPages;
import dev.tributary.encode.page.PageCompressor;
import dev.tributary.job.Content;
import dev.tributary.job.Failure;
import dev.tributary.job.Output;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.types.pojo.Schema;
import org.apache.parquet.bytes.HeapByteBufferAllocator;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.column.ParquetProperties;
import org.apache.parquet.column.values.bloomfilter.AdaptiveBlockSplitBloomFilter;
import org.apache.parquet.column.values.bloomfilter.BloomFilter;
import org.apache.parquet.hadoop.ColumnChunkPageWriteStore;
import org.apache.parquet.hadoop.ParquetFileWriter;
import org.apache.parquet.hadoop.ParquetWriter;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.Type;
import org.jspecify.annotations.Nullable;

/**
 * Writes a Parquet file column by column, straight from Arrow vectors, at the level of pages: no
 * row object, and at most one row group in memory, reserved from the budget.
 */
final class ParquetEncoder implements Encoder {

  /** The footer entry from which Arrow readers restore exact types and field metadata. */
  static final String ARROW_SCHEMA = "ARROW:schema";

  /** Runs, their batches and their row groups share the budget; an eighth each leaves room. */
  private static final int SHARE = 8;

  /** Of the row group's bytes as many again, divided by this, for pages under construction. */
  private static final int PAGES_SHARE = 4;

  private static final long SMALLEST_ROW_GROUP = 1 << 20;

  /** Rows of a row group at most, so that readers in parallel find enough of them. */
  private static final long MAX_ROWS = 1 << 20;

  /** Rows between two looks at the row group's size: a server's batch may be larger than one. */
  private static final int STRIDE_ROWS = 8_192;

  private static final int MAX_BLOOM_BYTES = 1 << 20;
  private static final double BLOOM_FALSE_POSITIVES = 0.01;
  private static final int BLOOM_SIZES = 5;

  private static final int COLUMN_INDEX_TRUNCATE_LENGTH = 64;

  private final Encoders.FileFacts facts;
  private final OutputStream out;
  private final StreamFile file;
  private final Batches batches;
  private final List<Integer> sortedBy;
  private final MessageType schema;
  private final ParquetProperties properties;
  private final PageCompressor compressor;
  private final BufferAllocator reserved;
  private final ParquetFileWriter writer;
  private final long rowGroupBytes;

  private final List<ColumnPages> columns = new ArrayList<>();
  private ColumnChunkPageWriteStore pages;
  private long rows;
  private boolean closed;

  ParquetEncoder(Encoders.FileFacts facts, BufferAllocator memory, OutputStream out)
      throws IOException, Failure {
    this.facts = facts;
    this.out = out;
    this.file = new StreamFile(out);
    this.batches = new Batches(facts);
    this.sortedBy = RowOrder.places(facts.output(), facts.columns());
    this.schema =
        new MessageType(
            "rows",
            facts.columns().stream()
                .<Type>map(c -> c.type().parquet(c.name(), c.nullable()))
                .toList());
    this.properties =
        ParquetProperties.builder()
            .withAllocator(new HeapByteBufferAllocator())
            .withWriterVersion(ParquetProperties.WriterVersion.PARQUET_1_0)
            .build();
    this.rowGroupBytes =
        Math.max(
            SMALLEST_ROW_GROUP,
            Math.min(facts.output().rowGroupBytes(), memory.getLimit() / SHARE));
    this.writer =
        new ParquetFileWriter(
            file,
            schema,
            ParquetFileWriter.Mode.CREATE,
            ParquetWriter.DEFAULT_BLOCK_SIZE,
            0,
            null,
            properties);
    writer.start();
    // the row group lies on the heap; the reservation keeps all runs together within the budget
    long bytes = rowGroupBytes + rowGroupBytes / PAGES_SHARE;
    this.reserved = Room.reserve(memory, "row group", bytes);
    this.compressor = compressor(facts.output());
    List<ColumnDescriptor> descriptors = schema.getColumns();
    for (int i = 0; i < descriptors.size(); i++) {
      columns.add(
          ColumnPages.of(
              batches.cells().get(i),
              descriptors.get(i).getPrimitiveType(),
              compressor,
              ColumnPages.pageRows(descriptors.size(), rowGroupBytes / PAGES_SHARE),
              bloom(facts.columns().get(i), descriptors.get(i))));
    }
    this.pages = beginRowGroup();
  }

  private static PageCompressor compressor(Output output) {
    return switch (output.compression()) {
      case NONE -> PageCompressor.none();
      case SNAPPY -> PageCompressor.snappy();
      case ZSTD -> PageCompressor.zstd(output.compressionLevel());
    };
  }

  private @Nullable Supplier<BloomFilter> bloom(WrittenColumn column, ColumnDescriptor descriptor) {
    boolean wanted = facts.output().bloomFilters().contains(column.name());
    if (!wanted || column.type().equals(ColumnType.BOOL)) {
      return null;
    }
    return () ->
        new AdaptiveBlockSplitBloomFilter(
            MAX_BLOOM_BYTES, BLOOM_SIZES, BLOOM_FALSE_POSITIVES, descriptor);
  }

  private ColumnChunkPageWriteStore beginRowGroup() {
    ColumnChunkPageWriteStore store =
        new ColumnChunkPageWriteStore(
            compressor, schema, properties.getAllocator(), COLUMN_INDEX_TRUNCATE_LENGTH, true);
    for (int i = 0; i < columns.size(); i++) {
      columns.get(i).begin(store.getPageWriter(schema.getColumns().get(i)));
    }
    rows = 0;
    return store;
  }

  @Override
  public void count(Census census) {
    batches.count(census);
  }

  @Override
  public void write(VectorSchemaRoot batch) throws Failure {
    batches.fill(batch);
    int count = batch.getRowCount();
    try {
      for (int from = 0; from < count; ) {
        int to = (int) Math.min(count, Math.min(from + STRIDE_ROWS, from + MAX_ROWS - rows));
        append(from, to);
        from = to;
      }
    } catch (IOException e) {
      throw Encoders.cannotWrite(facts.attempt(), e);
    }
  }

  private void append(int from, int to) throws IOException {
    long buffered = 0;
    for (ColumnPages column : columns) {
      column.append(from, to);
      buffered += column.bytes();
    }
    rows += to - from;
    if (rows == MAX_ROWS || buffered >= rowGroupBytes) {
      endRowGroup();
      pages = beginRowGroup();
    }
  }

  private void endRowGroup() throws IOException {
    for (ColumnPages column : columns) {
      column.last();
    }
    for (int i = 0; i < columns.size(); i++) {
      columns.get(i).end(pages.getBloomFilterWriter(schema.getColumns().get(i)));
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
      end(footer(content));
      return content;
    } catch (IOException e) {
      throw Encoders.cannotWrite(facts.attempt(), e);
    }
  }

  private void end(Map<String, String> footer) throws IOException {
    if (sortedBy.isEmpty()) {
      writer.end(footer);
      return;
    }
    ByteArrayOutputStream end = file.keep();
    writer.end(footer);
    out.write(SortedFooter.of(end.toByteArray(), sortedBy));
    out.flush();
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
      columns.forEach(ColumnPages::abandon);
      compressor.release();
      reserved.close();
    }
  }
}
