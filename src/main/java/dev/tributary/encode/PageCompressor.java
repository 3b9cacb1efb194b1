package dev.tributary.encode;

import com.github.luben.zstd.ZstdCompressCtx;
import dev.tributary.job.Output;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import org.apache.parquet.bytes.BytesInput;
import org.apache.parquet.compression.CompressionCodecFactory.BytesInputCompressor;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;

/** Compresses pages without Hadoop's codecs. Confined to one thread. */
abstract class PageCompressor implements BytesInputCompressor {

  static PageCompressor of(Output output) {
    return output.compression() == Output.Compression.NONE
        ? new Plain()
        : new Zstd(output.compressionLevel());
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

  private static final class Zstd extends PageCompressor {
    private final ZstdCompressCtx context = new ZstdCompressCtx();

    Zstd(int level) {
      context.setLevel(level);
    }

    @Override
    public BytesInput compress(BytesInput bytes) throws IOException {
      ByteArrayOutputStream page = new ByteArrayOutputStream((int) bytes.size());
      bytes.writeAllTo(page);
      return BytesInput.from(context.compress(page.toByteArray()));
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
