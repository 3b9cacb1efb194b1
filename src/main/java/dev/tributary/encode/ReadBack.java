package dev.tributary.encode;

import dev.tributary.job.Attempt;
import dev.tributary.job.Column;
import dev.tributary.job.Content;
import dev.tributary.job.Failure;
import dev.tributary.query.Memory;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.arrow.compression.CommonsCompressionFactory;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.OutOfMemoryException;
import org.apache.arrow.vector.ipc.ArrowFileReader;
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
   * @throws IOException if the channel fails, or a batch of an Arrow file is broken
   * @throws Failure if memory is used up, or a stamped file has a column that is never written
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
        && Arrays.equals(read(channel, 0, magic.length).array(), magic);
  }

  private static Optional<ReadBack> parquet(SeekableByteChannel channel)
      throws IOException, Failure {
    ByteBuffer tail = read(channel, channel.size() - TAIL_BYTES, TAIL_BYTES);
    int length = tail.order(ByteOrder.LITTLE_ENDIAN).getInt(0);
    long footer = channel.size() - TAIL_BYTES - length;
    if (length <= 0 || footer < PARQUET.length || !endsWith(tail, PARQUET)) {
      return Optional.empty();
    }
    // read as a whole first: a channel that fails is one thing, bytes that mean nothing another
    byte[] bytes = read(channel, footer, length).array();
    Map<String, String> metadata = new HashMap<>();
    Schema arrow;
    try {
      FileMetaData file = Util.readFileMetaData(new ByteArrayInputStream(bytes));
      List<KeyValue> entries = file.getKey_value_metadata();
      if (entries != null) {
        entries.forEach(entry -> metadata.put(entry.getKey(), entry.getValue()));
      }
      String schema = metadata.getOrDefault(ParquetEncoder.ARROW_SCHEMA, "");
      arrow = Schema.deserializeMessage(ByteBuffer.wrap(Base64.getDecoder().decode(schema)));
    } catch (IOException | RuntimeException notOurs) {
      return Optional.empty();
    }
    Optional<Stamp> stamp = Stamp.of(metadata).filter(ours -> ours.content().isPresent());
    if (stamp.isEmpty()) {
      return Optional.empty();
    }
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
    } catch (OutOfMemoryException e) {
      throw new Failure(
          Failure.Kind.TRY_AGAIN,
          "cannot reserve memory to read a file back: the budget is used up; limits.memory is "
              + Encoders.mebibytes(memory.getLimit()),
          e);
    } catch (RuntimeException notWhole) {
      // the library throws all kinds for bytes that mean nothing
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
