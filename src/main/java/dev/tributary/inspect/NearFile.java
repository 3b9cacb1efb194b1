package dev.tributary.inspect;

import static java.nio.file.StandardOpenOption.TRUNCATE_EXISTING;
import static java.nio.file.StandardOpenOption.WRITE;

import dev.tributary.job.Failure;
import dev.tributary.job.ObjectKey;
import dev.tributary.land.Destination;
import java.io.IOException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.channels.WritableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * An object where a reader of files can have it: in its place on local disk, else a copy in the
 * folder for temporary files, removed when closed. Arrow C++ could read some stores itself, but not
 * with the definition's credentials, which an address must never hold.
 */
final class NearFile implements AutoCloseable {

  private static final int BUFFER_BYTES = 1 << 20;

  private final URI address;
  private final @Nullable Path copy;

  private NearFile(URI address, @Nullable Path copy) {
    this.address = address;
    this.copy = copy;
  }

  static NearFile of(Destination destination, ObjectKey key) throws Failure {
    URI address = destination.address(key);
    if ("file".equals(address.getScheme())) {
      return new NearFile(address, null);
    }
    NearFile near = null;
    try {
      Path copy = Files.createTempFile("tributary-", "-" + key.fileName());
      near = new NearFile(copy.toUri(), copy);
      copy(destination, key, copy);
      return near;
    } catch (IOException | Failure e) {
      if (near != null) {
        near.close();
      }
      throw e instanceof Failure failure
          ? failure
          : new Failure(
              Failure.Kind.UNREACHABLE, "cannot read " + address + ": " + e.getMessage(), e);
    }
  }

  private static void copy(Destination destination, ObjectKey key, Path to)
      throws IOException, Failure {
    SeekableByteChannel object =
        destination
            .open(key)
            .orElseThrow(
                () ->
                    new Failure(
                        Failure.Kind.NOT_FOUND,
                        "cannot read " + destination.address(key) + ": no such object"));
    try (object;
        WritableByteChannel file = Files.newByteChannel(to, WRITE, TRUNCATE_EXISTING)) {
      ByteBuffer buffer = ByteBuffer.allocate(BUFFER_BYTES);
      while (object.read(buffer) >= 0) {
        buffer.flip();
        while (buffer.hasRemaining()) {
          file.write(buffer);
        }
        buffer.clear();
      }
    }
  }

  URI address() {
    return address;
  }

  @Override
  public void close() {
    try {
      if (copy != null) {
        Files.deleteIfExists(copy);
      }
    } catch (IOException e) {
      // the system clears its own folder
    }
  }
}
