package dev.tributary.encode;

import dev.tributary.job.Content;
import dev.tributary.job.Failure;
import dev.tributary.job.Output;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.OutOfMemoryException;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.compression.CompressionCodec;
import org.apache.arrow.vector.compression.CompressionUtil.CodecType;
import org.apache.arrow.vector.compression.NoCompressionCodec;
import org.apache.arrow.vector.ipc.ArrowFileWriter;
import org.apache.arrow.vector.ipc.message.IpcOption;
import org.apache.arrow.vector.types.pojo.Schema;

/**
 * Writes an Arrow IPC file, one record batch for each batch of the result. Its schema metadata,
 * which comes before the rows, holds what is known of the attempt when the file is begun.
 */
final class ArrowEncoder implements Encoder {

  private final Encoders.FileFacts facts;
  private final Batches batches;
  private final BufferAllocator memory;
  private final VectorSchemaRoot root;
  private final BufferCompressor compressor;
  private final OutputStream out;
  private final ArrowFileWriter writer;
  private final boolean plain;
  private boolean closed;

  ArrowEncoder(Encoders.FileFacts facts, BufferAllocator memory, OutputStream out)
      throws IOException, Failure {
    this.facts = facts;
    this.batches = new Batches(facts);
    this.memory = memory;
    this.out = out;
    this.compressor = new BufferCompressor(facts.output().compressionLevel());
    Map<String, String> metadata = new HashMap<>();
    if (facts.arrow().getCustomMetadata() != null) {
      metadata.putAll(facts.arrow().getCustomMetadata());
    }
    metadata.putAll(new Stamp(facts.attempt(), Optional.empty()).entries());
    this.root =
        VectorSchemaRoot.create(
            new Schema(facts.columns().stream().map(WrittenColumn::field).toList(), metadata),
            memory);
    this.plain = facts.output().compression() == Output.Compression.NONE;
    CompressionCodec.Factory codecs = plain ? NoCompressionCodec.Factory.INSTANCE : compressor;
    this.writer =
        new ArrowFileWriter(
            root,
            null,
            Channels.newChannel(out),
            null,
            IpcOption.DEFAULT,
            codecs,
            plain ? CodecType.NO_COMPRESSION : CodecType.ZSTD);
    writer.start();
  }

  @Override
  public void count(Census census) {
    batches.count(census);
  }

  @Override
  public void write(VectorSchemaRoot batch) throws Failure {
    batches.fill(batch);
    int rows = batch.getRowCount();
    try {
      for (int column = 0; column < facts.columns().size(); column++) {
        VectorWriter.fill(root.getVector(column), batches.cells().get(column));
      }
      root.setRowCount(rows);
      if (!plain) {
        compressor.reserve(memory, root);
      }
      writer.writeBatch();
    } catch (IOException e) {
      throw Encoders.cannotWrite(facts.attempt(), e);
    } catch (OutOfMemoryException e) {
      throw Encoders.noMemory(facts.attempt(), memory, e);
    } finally {
      compressor.release();
    }
  }

  @Override
  public Content finish() throws Failure {
    try {
      writer.end();
      out.flush();
    } catch (IOException e) {
      throw Encoders.cannotWrite(facts.attempt(), e);
    }
    return batches.content();
  }

  @Override
  public void close() {
    if (!closed) {
      closed = true;
      root.close();
    }
  }
}
