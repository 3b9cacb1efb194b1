package dev.tributary.inspect;

import dev.tributary.job.Failure;
import dev.tributary.job.ObjectKey;
import dev.tributary.land.Destination;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;

/** The sha-256 of an object as it lies at its destination. */
public final class Fingerprint {

  private static final int BUFFER_BYTES = 1 << 20;

  private Fingerprint() {}

  /**
   * Reads the whole object, a mebibyte at a time.
   *
   * @return lower-case hex; absent if the object is gone
   * @throws Failure if the object cannot be read
   */
  public static Optional<String> sha256(Destination destination, ObjectKey key) throws Failure {
    Optional<SeekableByteChannel> object = destination.open(key);
    if (object.isEmpty()) {
      return Optional.empty();
    }
    try (SeekableByteChannel channel = object.orElseThrow()) {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      ByteBuffer buffer = ByteBuffer.allocate(BUFFER_BYTES);
      while (channel.read(buffer) >= 0) {
        digest.update(buffer.flip());
        buffer.clear();
      }
      return Optional.of(HexFormat.of().formatHex(digest.digest()));
    } catch (IOException e) {
      throw new Failure(
          Failure.Kind.UNREACHABLE,
          "cannot read " + destination.address(key) + ": " + e.getMessage(),
          e);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
