package dev.tributary.encode;

import com.github.luben.zstd.Zstd;
import java.util.Optional;
import org.apache.arrow.compression.CommonsCompressionFactory;
import org.apache.arrow.memory.ArrowBuf;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.compression.CompressionCodec;
import org.apache.arrow.vector.compression.CompressionUtil.CodecType;
import org.jspecify.annotations.Nullable;

/**
 * Compresses the buffers of a record batch within memory that was reserved for all of them before
 * the first: running out in the middle, Arrow would lose hold of those already compressed. Confined
 * to one thread.
 */
final class BufferCompressor implements CompressionCodec, CompressionCodec.Factory {

  private final CompressionCodec zstd;
  private @Nullable BufferAllocator reserved;

  BufferCompressor(int level) {
    this.zstd = CommonsCompressionFactory.INSTANCE.createCodec(CodecType.ZSTD, level);
  }

  /**
   * Reserves what compressing a batch takes at most; {@link #release} gives it back.
   *
   * @throws org.apache.arrow.memory.OutOfMemoryException if the budget does not hold so much
   */
  void reserve(BufferAllocator memory, VectorSchemaRoot batch) {
    long bytes = 0;
    for (FieldVector vector : batch.getFieldVectors()) {
      for (ArrowBuf buffer : vector.getFieldBuffers()) {
        long most = Long.BYTES + Zstd.compressBound(buffer.writerIndex());
        bytes += memory.getRoundingPolicy().getRoundedSize(most);
      }
    }
    reserved = memory.newChildAllocator("compressed buffers", bytes, bytes);
  }

  void release() {
    Optional.ofNullable(reserved).ifPresent(BufferAllocator::close);
    reserved = null;
  }

  @Override
  public ArrowBuf compress(BufferAllocator memory, ArrowBuf plain) {
    return zstd.compress(reserved == null ? memory : reserved, plain);
  }

  @Override
  public ArrowBuf decompress(BufferAllocator memory, ArrowBuf compressed) {
    return zstd.decompress(memory, compressed);
  }

  @Override
  public CodecType getCodecType() {
    return zstd.getCodecType();
  }

  @Override
  public CompressionCodec createCodec(CodecType type) {
    return this;
  }

  @Override
  public CompressionCodec createCodec(CodecType type, int level) {
    return this;
  }
}
