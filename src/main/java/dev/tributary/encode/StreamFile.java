package dev.tributary.encode;

import java.io.BufferedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import org.apache.parquet.io.OutputFile;
import org.apache.parquet.io.PositionOutputStream;

/** A stream as parquet-java wants its files: with a position, and no file system behind it. */
final class StreamFile implements OutputFile {

  /** Footers are written by the byte, and every write of a file has its price. */
  private static final int BUFFER_BYTES = 1 << 14;

  private final OutputStream file;
  private OutputStream out;

  StreamFile(OutputStream file) {
    this.file = file;
    this.out = new BufferedOutputStream(file, BUFFER_BYTES);
  }

  /**
   * Keeps what is written from now on instead of passing it on, until the file is closed.
   *
   * @return what was kept so far
   */
  ByteArrayOutputStream keep() throws IOException {
    out.flush();
    ByteArrayOutputStream kept = new ByteArrayOutputStream();
    out = kept;
    return kept;
  }

  @Override
  public PositionOutputStream create(long blockSizeHint) {
    return new PositionOutputStream() {
      private long position;

      @Override
      public long getPos() {
        return position;
      }

      @Override
      public void write(int b) throws IOException {
        out.write(b);
        position++;
      }

      @Override
      public void write(byte[] bytes, int offset, int length) throws IOException {
        out.write(bytes, offset, length);
        position += length;
      }

      @Override
      public void flush() throws IOException {
        out.flush();
      }

      @Override
      public void close() throws IOException {
        // the stream stays the caller's
        out.flush();
        file.flush();
      }
    };
  }

  @Override
  public PositionOutputStream createOrOverwrite(long blockSizeHint) {
    return create(blockSizeHint);
  }

  @Override
  public boolean supportsBlockSize() {
    return false;
  }

  @Override
  public long defaultBlockSize() {
    return 0;
  }
}
