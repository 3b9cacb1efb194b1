package dev.tributary.encode;

import dev.tributary.job.Attempt;
import dev.tributary.job.Column;
import dev.tributary.job.Content;
import dev.tributary.job.Failure;
import dev.tributary.query.Memory;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.Channels;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.arrow.compression.CommonsCompressionFactory;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.ipc.ArrowFileReader;
import org.apache.arrow.vector.ipc.InvalidArrowFileException;
import org.apache.arrow.vector.types.pojo.Schema;
import org.apache.parquet.format.FileMetaData;
import org.apache.parquet.format.KeyValue;
import org.apache.parquet.format.Util;

/**
 * What a published file says of itself: enough to write the manifest that it lacks.
 *
 * @param content from the stamp where it holds that, else counted again by reading the rows
 */
public record ReadBack(Attempt attempt, Content content, List<Column> columns) {

  private static final int TAIL_BYTES = 8;
  private static final byte[] PARQUET = "PAR1".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] ARROW = "ARROW1".getBytes(StandardCharsets.US_ASCII);

  public ReadBack {
    columns = List.copyOf(columns);
  }

  /**
   * Reads a file's account of itself; absent when it is no whole file of this program's.
   *
   * @param channel stays the caller's
   * @param timeColumn the column that first and last time are of
   */
  public static Optional<ReadBack> of(
      SeekableByteChannel channel, BufferAllocator memory, Optional<String> timeColumn)
      throws IOException, Failure {
    if (begins(channel, PARQUET)) {
      return parquet(channel);
    }
    return begins(channel, ARROW) ? arrow(channel, memory, timeColumn) : Optional.empty();
  }

  /** The same, reserving from the process's budget. */
  public static Optional<ReadBack> of(
      SeekableByteChannel channel, Memory memory, Optional<String> timeColumn)
      throws IOException, Failure {
    return of(channel, memory.allocator(), timeColumn);
  }

  private static boolean begins(SeekableByteChannel channel, byte[] magic) throws IOException {
    return channel.size() > 2L * TAIL_BYTES
        && java.util.Arrays.equals(read(channel, 0, magic.length).array(), magic);
  }

  private static Optional<ReadBack> parquet(SeekableByteChannel channel)
      throws IOException, Failure {
    ByteBuffer tail = read(channel, channel.size() - TAIL_BYTES, TAIL_BYTES);
    int length = tail.order(ByteOrder.LITTLE_ENDIAN).getInt(0);
    long footer = channel.size() - TAIL_BYTES - length;
    if (length <= 0 || footer < PARQUET.length || !endsWith(tail, PARQUET)) {
      return Optional.empty();
    }
    Map<String, String> metadata = new HashMap<>();
    channel.position(footer);
    // not closed: the channel below is the caller's
    InputStream in = Channels.newInputStream(channel);
    FileMetaData file = Util.readFileMetaData(in);
    List<KeyValue> entries = file.getKey_value_metadata();
    if (entries == null) {
      return Optional.empty();
    }
    for (KeyValue entry : entries) {
      metadata.put(entry.getKey(), entry.getValue());
    }
    Optional<Stamp> stamp = Stamp.of(metadata);
    String schema = metadata.get(ParquetEncoder.ARROW_SCHEMA);
    if (stamp.isEmpty() || schema == null || stamp.orElseThrow().content().isEmpty()) {
      return Optional.empty();
    }
    Schema arrow = Schema.deserializeMessage(ByteBuffer.wrap(Base64.getDecoder().decode(schema)));
    Stamp whole = stamp.orElseThrow();
    return Optional.of(
        new ReadBack(
            whole.attempt(), whole.content().orElseThrow(), ContentTally.columnsOf(arrow)));
  }

  private static Optional<ReadBack> arrow(
      SeekableByteChannel channel, BufferAllocator memory, Optional<String> timeColumn)
      throws IOException, Failure {
    channel.position(0);
    // not closed as a whole: the channel below is the caller's
    ArrowFileReader reader =
        new ArrowFileReader(channel, memory, CommonsCompressionFactory.INSTANCE);
    try {
      Schema schema = reader.getVectorSchemaRoot().getSchema();
      Map<String, String> metadata = schema.getCustomMetadata();
      Optional<Stamp> stamp = metadata == null ? Optional.empty() : Stamp.of(metadata);
      if (stamp.isEmpty()) {
        return Optional.empty();
      }
      ContentTally tally = new ContentTally(timeColumn);
      while (reader.loadNextBatch()) {
        tally.add(reader.getVectorSchemaRoot());
      }
      return Optional.of(
          new ReadBack(
              stamp.orElseThrow().attempt(), tally.content(), ContentTally.columnsOf(schema)));
    } catch (InvalidArrowFileException notWhole) {
      return Optional.empty();
    } finally {
      reader.close(false);
    }
  }

  private static boolean endsWith(ByteBuffer tail, byte[] magic) {
    for (int i = 0; i < magic.length; i++) {
      if (tail.get(TAIL_BYTES - magic.length + i) != magic[i]) {
        return false;
      }
    }
    return true;
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
