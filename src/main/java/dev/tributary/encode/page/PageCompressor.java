package dev.tributary.encode.page;

import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.ZstdCompressCtx;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import org.apache.parquet.bytes.ByteBufferAllocator;
import org.apache.parquet.bytes.BytesInput;
import org.apache.parquet.bytes.HeapByteBufferAllocator;
import org.apache.parquet.compression.CompressionCodecFactory.BytesInputCompressor;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.xerial.snappy.Snappy;

/** Compresses pages without Hadoop's codecs. Safe for use by several threads. */
public abstract class PageCompressor implements BytesInputCompressor {

  private static final ByteBufferAllocator HEAP = HeapByteBufferAllocator.getInstance();

  private final CompressionCodecName name;

  private PageCompressor(CompressionCodecName name) {
    this.name = name;
  }

  /** No compression. */
  public static PageCompressor none() {
    return new Plain();
  }

  /** For readers that know nothing newer. */
  public static PageCompressor snappy() {
    return new Snappied();
  }

  /**
   * Zstandard.
   *
   * @param level 1 to 19
   */
  public static PageCompressor zstd(int level) {
    return new Zstandard(level);
  }

  /** Whether it is there for old readers, which know the old encodings only. */
  boolean isClassic() {
    return name != CompressionCodecName.ZSTD;
  }

  @Override
  public CompressionCodecName getCodecName() {
    return name;
  }

  /** Frees memory; nothing may be compressed afterwards. */
  @Override
  public void release() {}

  private static final class Plain extends PageCompressor {
    Plain() {
      super(CompressionCodecName.UNCOMPRESSED);
    }

    @Override
    public BytesInput compress(BytesInput bytes) {
      return bytes;
    }
  }

  private static final class Snappied extends PageCompressor {
    Snappied() {
      super(CompressionCodecName.SNAPPY);
    }

    @Override
    public BytesInput compress(BytesInput bytes) throws IOException {
      ByteBuffer plain = bytes.toByteBuffer(HEAP, unused -> {});
      byte[] compressed = new byte[Snappy.maxCompressedLength(plain.remaining())];
      int length =
          Snappy.compress(
              plain.array(),
              plain.arrayOffset() + plain.position(),
              plain.remaining(),
              compressed,
              0);
      return BytesInput.from(compressed, 0, length);
    }
  }

  private static final class Zstandard extends PageCompressor {

    private final int level;

    /**
     * Those that no thread uses at the moment. Not one for each thread: the common pool's threads
     * forget theirs after every task.
     */
    private final Deque<Bench> idle = new ArrayDeque<>();

    Zstandard(int level) {
      super(CompressionCodecName.ZSTD);
      this.level = level;
    }

    @Override
    public BytesInput compress(BytesInput bytes) throws IOException {
      ByteBuffer plain = bytes.toByteBuffer(HEAP, unused -> {});
      Bench bench = taken();
      try {
        return BytesInput.from(bench.compress(plain));
      } finally {
        synchronized (idle) {
          idle.push(bench);
        }
      }
    }

    private Bench taken() {
      synchronized (idle) {
        return idle.isEmpty() ? new Bench(level) : idle.pop();
      }
    }

    @Override
    public void release() {
      synchronized (idle) {
        idle.forEach(bench -> bench.context.close());
        idle.clear();
      }
    }
  }

  /** A context and the array it compresses into. */
  private static final class Bench {
    private final ZstdCompressCtx context = new ZstdCompressCtx();
    private byte[] room = new byte[0];

    Bench(int level) {
      context.setLevel(level);
    }

    byte[] compress(ByteBuffer plain) {
      int most = Math.toIntExact(Zstd.compressBound(plain.remaining()));
      if (room.length < most) {
        room = new byte[most];
      }
      int length =
          context.compressByteArray(
              room,
              0,
              most,
              plain.array(),
              plain.arrayOffset() + plain.position(),
              plain.remaining());
      return Arrays.copyOf(room, length);
    }
  }
}
