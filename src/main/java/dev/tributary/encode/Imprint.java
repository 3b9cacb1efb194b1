package dev.tributary.encode;

import dev.tributary.job.Attempt;
import dev.tributary.job.Content;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.Channels;
import java.nio.channels.ReadableByteChannel;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.apache.arrow.vector.ipc.ReadChannel;
import org.apache.arrow.vector.ipc.message.MessageSerializer;
import org.apache.parquet.format.FileMetaData;
import org.apache.parquet.format.RowGroup;
import org.apache.parquet.format.SchemaElement;
import org.apache.parquet.format.SortingColumn;
import org.apache.parquet.format.Util;

/**
 * What the bytes at a key still tell of where they come from, damaged or not. Rows are not read.
 *
 * @param stamped whose the file says it is; absent when it does not say, or no longer
 * @param content what its rows amount to by its own account; Arrow files have none
 * @param whole whether it is some whole file, ours or not; what is broken is of use to nobody
 * @param sorted the columns by which it claims to be sorted; an Arrow file claims nothing
 */
public record Imprint(
    Optional<Attempt> stamped, Optional<Content> content, boolean whole, List<String> sorted) {

  private static final int TAIL_BYTES = 8;

  /** An Arrow file's magic, with what fills it up to eight bytes. */
  private static final int ARROW_HEAD_BYTES = 8;

  private static final byte[] PARQUET = "PAR1".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] ARROW = "ARROW1".getBytes(StandardCharsets.US_ASCII);

  private static final Imprint BROKEN =
      new Imprint(Optional.empty(), Optional.empty(), false, List.of());
  private static final Imprint STRANGE =
      new Imprint(Optional.empty(), Optional.empty(), true, List.of());

  public Imprint {
    sorted = List.copyOf(sorted);
  }

  /**
   * Reads the ends of a file. One that is empty, or begins or ends like a file of ours without
   * being whole, is broken; anything else without a stamp is somebody's.
   *
   * @param channel stays the caller's
   */
  public static Imprint of(SeekableByteChannel channel) throws IOException {
    long size = channel.size();
    byte[] head = bytes(channel, 0, ARROW_HEAD_BYTES);
    byte[] tail = bytes(channel, Math.max(0, size - TAIL_BYTES), TAIL_BYTES);
    if (begins(head, PARQUET) || ends(tail, PARQUET)) {
      return size < 2L * TAIL_BYTES ? BROKEN : parquet(channel, tail);
    }
    if (begins(head, ARROW) || ends(tail, ARROW)) {
      return arrow(channel, ends(tail, ARROW));
    }
    return size == 0 ? BROKEN : STRANGE;
  }

  /** Whether it is what is left of the file that an attempt made, or of no file at all. */
  public boolean isRemainderOf(Attempt attempt) {
    return stamped.map(said -> isSame(said, attempt)).orElse(!whole);
  }

  /** A damaged byte may have hit the id, or all else, but not both. */
  private static boolean isSame(Attempt said, Attempt attempt) {
    return said.id().equals(attempt.id())
        || (said.job().equals(attempt.job())
            && said.window().equals(attempt.window())
            && said.generation() == attempt.generation()
            && said.began().equals(attempt.began()));
  }

  private static Imprint parquet(SeekableByteChannel channel, byte[] tail) throws IOException {
    int length = ByteBuffer.wrap(tail).order(ByteOrder.LITTLE_ENDIAN).getInt();
    long footer = channel.size() - TAIL_BYTES - length;
    if (!ends(tail, PARQUET) || length <= 0 || footer < PARQUET.length) {
      return BROKEN;
    }
    byte[] bytes = bytes(channel, footer, length);
    try {
      FileMetaData file = Util.readFileMetaData(new ByteArrayInputStream(bytes));
      Map<String, String> metadata = new HashMap<>();
      if (file.getKey_value_metadata() != null) {
        file.getKey_value_metadata()
            .forEach(entry -> metadata.put(entry.getKey(), entry.getValue()));
      }
      return of(metadata, true, sorted(file));
    } catch (IOException | RuntimeException notReadable) {
      return BROKEN;
    }
  }

  /** What all row groups agree upon. */
  private static List<String> sorted(FileMetaData file) {
    List<String> columns = new ArrayList<>();
    List<RowGroup> groups = file.getRow_groups();
    if (groups == null || groups.isEmpty() || groups.get(0).getSorting_columns() == null) {
      return columns;
    }
    List<SchemaElement> schema = Objects.requireNonNull(file.getSchema(), "required by the format");
    for (SortingColumn column : groups.get(0).getSorting_columns()) {
      // the root comes before the columns, and there are no nested ones
      columns.add(schema.get(column.getColumn_idx() + 1).getName());
    }
    return columns;
  }

  private static Imprint arrow(SeekableByteChannel channel, boolean whole) throws IOException {
    channel.position(ARROW_HEAD_BYTES);
    // not closed: it would close the caller's channel
    ReadableByteChannel rest = Channels.newChannel(Channels.newInputStream(channel));
    try {
      Map<String, String> metadata =
          MessageSerializer.deserializeSchema(new ReadChannel(rest)).getCustomMetadata();
      return of(metadata == null ? Map.of() : metadata, whole, List.of());
    } catch (IOException | RuntimeException notReadable) {
      return BROKEN;
    }
  }

  private static Imprint of(Map<String, String> metadata, boolean whole, List<String> sorted) {
    Optional<Stamp> stamp = Stamp.of(metadata);
    boolean wasOurs = metadata.keySet().stream().anyMatch(key -> key.startsWith(Stamp.PREFIX));
    if (stamp.isEmpty()) {
      return wasOurs ? BROKEN : STRANGE;
    }
    return new Imprint(
        Optional.of(stamp.orElseThrow().attempt()), stamp.orElseThrow().content(), whole, sorted);
  }

  /** Also when so little is left that it is but the beginning of the magic. */
  private static boolean begins(byte[] head, byte[] magic) {
    int length = Math.min(head.length, magic.length);
    return length > 0 && Arrays.equals(head, 0, length, magic, 0, length);
  }

  private static boolean ends(byte[] tail, byte[] magic) {
    return tail.length >= magic.length
        && Arrays.equals(Arrays.copyOfRange(tail, tail.length - magic.length, tail.length), magic);
  }

  private static byte[] bytes(SeekableByteChannel channel, long position, int length)
      throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate(length);
    channel.position(position);
    while (bytes.hasRemaining() && channel.read(bytes) >= 0) {
      // until full or at the end
    }
    return Arrays.copyOf(bytes.array(), bytes.position());
  }
}
