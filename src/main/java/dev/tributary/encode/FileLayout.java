package dev.tributary.encode;

import dev.tributary.job.Column;
import dev.tributary.job.Failure;
import dev.tributary.query.Memory;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.apache.arrow.compression.CommonsCompressionFactory;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.ipc.ArrowFileReader;
import org.apache.arrow.vector.ipc.message.ArrowBlock;
import org.apache.arrow.vector.types.pojo.Schema;
import org.apache.parquet.column.statistics.Statistics;
import org.apache.parquet.format.Util;
import org.apache.parquet.format.converter.ParquetMetadataConverter;
import org.apache.parquet.hadoop.metadata.BlockMetaData;
import org.apache.parquet.hadoop.metadata.ColumnChunkMetaData;
import org.apache.parquet.hadoop.metadata.FileMetaData;
import org.apache.parquet.hadoop.metadata.ParquetMetadata;
import org.apache.parquet.schema.Type;

/**
 * How a Parquet or Arrow IPC file is built, whoever wrote it.
 *
 * @param format {@code parquet} or {@code arrow}
 * @param bytes of the whole file
 * @param rows of the whole file; absent for Arrow, which has them only in its batches
 * @param columns each with its type, as the file's own format names it
 * @param groups row groups, respectively record batches, in their order
 * @param metadata of the file, key by key
 */
public record FileLayout(
    String format,
    long bytes,
    OptionalLong rows,
    List<Column> columns,
    List<Group> groups,
    Map<String, String> metadata) {

  private static final int TAIL_BYTES = 8;

  public FileLayout {
    columns = List.copyOf(columns);
    groups = List.copyOf(groups);
    metadata = Map.copyOf(metadata);
  }

  /**
   * A row group or record batch.
   *
   * @param rows absent for Arrow
   * @param bytes as they lie in the file
   * @param chunks one for each column; none for Arrow
   */
  public record Group(OptionalLong rows, long bytes, List<Chunk> chunks) {
    public Group {
      chunks = List.copyOf(chunks);
    }
  }

  /**
   * A column within a row group.
   *
   * @param encodings of values and levels, in the order of their names
   * @param bytes as they lie in the file
   * @param plainBytes before compression
   * @param nulls absent where the file does not say
   * @param least of its values, as text; absent where the file does not say
   * @param most as {@code least}
   */
  public record Chunk(
      String column,
      String codec,
      List<String> encodings,
      long bytes,
      long plainBytes,
      OptionalLong nulls,
      Optional<String> least,
      Optional<String> most,
      boolean hasPageIndex,
      boolean hasBloomFilter) {
    public Chunk {
      encodings = List.copyOf(encodings);
    }
  }

  /** The same, reserving from the process's budget. */
  public static FileLayout of(SeekableByteChannel channel, Memory memory)
      throws IOException, Failure {
    return of(channel, memory.allocator());
  }

  /** What the file's writer said of itself, if it was this program. */
  public Optional<Stamp> stamp() {
    return Stamp.of(metadata);
  }

  /**
   * Reads a file's layout, and none of its rows.
   *
   * @param channel stays the caller's
   * @throws Failure of kind {@code REFUSED} if it is no whole file of either format
   */
  public static FileLayout of(SeekableByteChannel channel, BufferAllocator memory)
      throws IOException, Failure {
    byte[] begin = read(channel, 0, TAIL_BYTES).array();
    try {
      if (channel.size() > 2L * TAIL_BYTES && text(begin).startsWith("PAR1")) {
        return parquet(channel);
      }
      if (channel.size() > 2L * TAIL_BYTES && text(begin).startsWith("ARROW1")) {
        return arrow(channel, memory);
      }
    } catch (IOException | RuntimeException e) {
      // the libraries throw all kinds for bytes that mean nothing
      throw refused("it begins like a whole file of its format, and is none");
    }
    throw refused("it is neither Parquet nor an Arrow IPC file");
  }

  private static String text(byte[] magic) {
    return new String(magic, StandardCharsets.ISO_8859_1);
  }

  private static Failure refused(String why) {
    return new Failure(Failure.Kind.REFUSED, why);
  }

  private static FileLayout parquet(SeekableByteChannel channel) throws IOException {
    ByteBuffer tail = read(channel, channel.size() - TAIL_BYTES, TAIL_BYTES);
    int length = tail.order(ByteOrder.LITTLE_ENDIAN).getInt(0);
    byte[] magic = new byte[TAIL_BYTES];
    tail.get(0, magic, 0, tail.remaining());
    if (!text(magic).endsWith("PAR1") || length <= 0 || length > channel.size()) {
      throw new IOException("there is no footer");
    }
    byte[] bytes = read(channel, channel.size() - TAIL_BYTES - length, length).array();
    ParquetMetadata footer =
        new ParquetMetadataConverter()
            .fromParquetMetadata(Util.readFileMetaData(new ByteArrayInputStream(bytes)));
    FileMetaData file = footer.getFileMetaData();
    List<Column> columns = new ArrayList<>();
    for (Type type : file.getSchema().getFields()) {
      columns.add(
          new Column(type.getName(), parquet(type), !type.isRepetition(Type.Repetition.REQUIRED)));
    }
    List<Group> groups = new ArrayList<>();
    long rows = 0;
    for (BlockMetaData block : footer.getBlocks()) {
      rows += block.getRowCount();
      groups.add(
          new Group(
              OptionalLong.of(block.getRowCount()),
              block.getCompressedSize(),
              block.getColumns().stream().map(FileLayout::chunk).toList()));
    }
    return new FileLayout(
        "parquet",
        channel.size(),
        OptionalLong.of(rows),
        columns,
        groups,
        file.getKeyValueMetaData());
  }

  /** As the format has it, without repetition and name. */
  private static String parquet(Type type) {
    if (!type.isPrimitive()) {
      return "group";
    }
    Object meaning = type.getLogicalTypeAnnotation();
    String storage = type.asPrimitiveType().getPrimitiveTypeName().name();
    return meaning == null ? storage : storage + " " + meaning;
  }

  private static Chunk chunk(ColumnChunkMetaData chunk) {
    Statistics<?> statistics = chunk.getStatistics();
    boolean known = statistics != null && statistics.hasNonNullValue();
    return new Chunk(
        chunk.getPath().toDotString(),
        chunk.getCodec().name(),
        chunk.getEncodings().stream().map(Enum::name).sorted().toList(),
        chunk.getTotalSize(),
        chunk.getTotalUncompressedSize(),
        statistics != null && statistics.isNumNullsSet()
            ? OptionalLong.of(statistics.getNumNulls())
            : OptionalLong.empty(),
        known ? Optional.of(statistics.minAsString()) : Optional.empty(),
        known ? Optional.of(statistics.maxAsString()) : Optional.empty(),
        chunk.getColumnIndexReference() != null,
        chunk.getBloomFilterOffset() >= 0);
  }

  private static FileLayout arrow(SeekableByteChannel channel, BufferAllocator memory)
      throws IOException {
    channel.position(0);
    // not closed as a whole: the channel below is the caller's
    ArrowFileReader reader =
        new ArrowFileReader(channel, memory, CommonsCompressionFactory.INSTANCE);
    try {
      Schema schema = reader.getVectorSchemaRoot().getSchema();
      List<Column> columns =
          schema.getFields().stream()
              .map(f -> new Column(f.getName(), f.getType().toString(), f.isNullable()))
              .toList();
      List<Group> groups = new ArrayList<>();
      for (ArrowBlock block : reader.getRecordBlocks()) {
        groups.add(
            new Group(
                OptionalLong.empty(),
                block.getMetadataLength() + block.getBodyLength(),
                List.of()));
      }
      Map<String, String> metadata = schema.getCustomMetadata();
      return new FileLayout(
          "arrow",
          channel.size(),
          OptionalLong.empty(),
          columns,
          groups,
          metadata == null ? new HashMap<>() : metadata);
    } finally {
      reader.close(false);
    }
  }

  private static ByteBuffer read(SeekableByteChannel channel, long position, int length)
      throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate(length);
    channel.position(position);
    while (bytes.hasRemaining() && channel.read(bytes) >= 0) {
      // until full or at the end
    }
    return bytes.flip();
  }
}
