package dev.tributary.land;

import dev.tributary.job.Failure;
import dev.tributary.job.ObjectKey;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** A file in staging. Once a write has failed it can only be discarded. */
final class StagedFile implements StagedObject {

  private static final int BUFFER = 1 << 16;

  /** Larger pieces would make the runtime keep off-heap copies of their size. */
  private static final int PIECE = 1 << 18;

  private final ObjectKey key;
  private final Staging.Temp temp;
  private final LocalStore store;
  private final OutputStream stream;
  private long bytes;
  private boolean over;
  private @Nullable IOException broken;

  StagedFile(ObjectKey key, Staging.Temp temp, LocalStore store) {
    this.key = key;
    this.temp = temp;
    this.store = store;
    this.stream = new BufferedOutputStream(new Pieces(), BUFFER);
  }

  /** {@inheritDoc} What it throws has the system's reason as its message. */
  @Override
  public OutputStream stream() {
    return stream;
  }

  @Override
  public Landing commit(Condition condition) throws Failure {
    return commit(condition, true);
  }

  private Landing commit(Condition condition, boolean lasting) throws Failure {
    if (over) {
      throw new IllegalStateException("'" + key + "' was committed or discarded before");
    }
    try {
      stream.flush();
      if (broken != null) {
        throw broken;
      }
      long there = temp.channel().size();
      if (there != bytes) {
        throw new IOException(bytes + " bytes were written, but " + there + " are there");
      }
      return lasting ? store.publish(key, temp, condition) : store.replaceForNow(key, temp);
    } catch (IOException e) {
      throw DiskReason.cannotWrite(store.path(key), e);
    } finally {
      close();
    }
  }

  /** Publishes over whatever is there, without waiting for the disk. */
  void overwrite() throws Failure {
    commit(Condition.ABSENT, false);
  }

  @Override
  public void close() {
    if (!over) {
      over = true;
      store.discard(temp);
    }
  }

  private final class Pieces extends OutputStream {

    @Override
    public void write(int b) throws IOException {
      write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] source, int offset, int length) throws IOException {
      if (broken != null) {
        throw broken;
      }
      try {
        for (int done = 0; done < length; done += PIECE) {
          int size = Math.min(PIECE, length - done);
          store.disk().write(temp.channel(), ByteBuffer.wrap(source, offset + done, size));
          bytes += size;
        }
      } catch (IOException e) {
        broken = e;
        throw new IOException(DiskReason.of(e), e);
      }
    }
  }
}
