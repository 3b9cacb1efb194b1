package dev.tributary.land.objectstore;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.NonWritableChannelException;
import java.nio.channels.SeekableByteChannel;

/**
 * An object read by ranges, a block of up to 1 MiB at a time; the version never changes under it.
 */
final class RangeChannel implements SeekableByteChannel {

  private static final int BLOCK = 1 << 20;

  private final ObjectStore store;
  private final ObjectStore.Found object;
  private byte[] block = new byte[0];
  private long blockStart;
  private long position;
  private boolean open = true;

  RangeChannel(ObjectStore store, ObjectStore.Found object) {
    this.store = store;
    this.object = object;
  }

  @Override
  public int read(ByteBuffer target) throws IOException {
    refuseClosed();
    if (position >= object.bytes()) {
      return -1;
    }
    if (!target.hasRemaining()) {
      return 0;
    }
    if (position < blockStart || position >= blockStart + block.length) {
      load();
    }
    int offset = (int) (position - blockStart);
    int count = Math.min(target.remaining(), block.length - offset);
    target.put(block, offset, count);
    position += count;
    return count;
  }

  private void load() throws IOException {
    int length = (int) Math.min(BLOCK, object.bytes() - position);
    try {
      block = store.read(object, position, length);
    } catch (StoreFault e) {
      throw new IOException(e.reason(), e);
    }
    blockStart = position;
    if (block.length != length) {
      throw new IOException("the store sent " + block.length + " of " + length + " bytes");
    }
  }

  @Override
  public long position() throws IOException {
    refuseClosed();
    return position;
  }

  @Override
  public SeekableByteChannel position(long newPosition) throws IOException {
    refuseClosed();
    if (newPosition < 0) {
      throw new IllegalArgumentException("position " + newPosition + " is below 0");
    }
    position = newPosition;
    return this;
  }

  @Override
  public long size() throws IOException {
    refuseClosed();
    return object.bytes();
  }

  @Override
  public int write(ByteBuffer source) {
    throw new NonWritableChannelException();
  }

  @Override
  public SeekableByteChannel truncate(long size) {
    throw new NonWritableChannelException();
  }

  @Override
  public boolean isOpen() {
    return open;
  }

  @Override
  public void close() {
    open = false;
    block = new byte[0];
  }

  private void refuseClosed() throws ClosedChannelException {
    if (!open) {
      throw new ClosedChannelException();
    }
  }
}
