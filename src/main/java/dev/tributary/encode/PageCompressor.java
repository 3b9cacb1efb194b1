package dev.tributary.encode;

import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.ZstdCompressCtx;
import dev.tributary.job.Output;
import java.nio.ByteBuffer;
import org.apache.parquet.bytes.ByteBufferAllocator;
import org.apache.parquet.bytes.BytesInput;
import org.apache.parquet.bytes.HeapByteBufferAllocator;
import org.apache.parquet.compression.CompressionCodecFactory.BytesInputCompressor;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;

/** Compresses pages without Hadoop's codecs. Confined to one thread. */
abstract class PageCompressor implements BytesInputCompressor {

  static PageCompressor of(Output output) {
    return switch (output.compression()) {
      case NONE -> new Plain();
      case ZSTD -> new Zstandard(output.compressionLevel());
      case SNAPPY -> throw new IllegalArgumentException("snappy is not available yet");
    };
  }

  private static final class Plain extends PageCompressor {
    @Override
    public BytesInput compress(BytesInput bytes) {
      return bytes;
    }

    @Override
    public CompressionCodecName getCodecName() {
      return CompressionCodecName.UNCOMPRESSED;
    }

    @Override
    public void release() {}
  }

  private static final class Zstandard extends PageCompressor {
    private static final ByteBufferAllocator HEAP = HeapByteBufferAllocator.getInstance();

    private final ZstdCompressCtx context = new ZstdCompressCtx();

    Zstandard(int level) {
      context.setLevel(level);
    }

    @Override
    public BytesInput compress(BytesInput bytes) {
      ByteBuffer plain = bytes.toByteBuffer(HEAP, unused -> {});
      byte[] compressed = new byte[Math.toIntExact(Zstd.compressBound(plain.remaining()))];
      int length =
          context.compressByteArray(
              compressed,
              0,
              compressed.length,
              plain.array(),
              plain.arrayOffset() + plain.position(),
              plain.remaining());
      return BytesInput.from(compressed, 0, length);
    }

    @Override
    public CompressionCodecName getCodecName() {
      return CompressionCodecName.ZSTD;
    }

    @Override
    public void release() {
      context.close();
    }
  }
}
