package dev.tributary.run;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** Counts and digests the bytes of a file on their way. Confined to one thread. */
final class DigestStream extends FilterOutputStream {

  private final MessageDigest digest = newDigest();
  private long count;

  DigestStream(OutputStream out) {
    super(out);
  }

  @Override
  public void write(int b) throws IOException {
    out.write(b);
    digest.update((byte) b);
    count++;
  }

  @Override
  public void write(byte[] bytes, int offset, int length) throws IOException {
    out.write(bytes, offset, length);
    digest.update(bytes, offset, length);
    count += length;
  }

  /** Flushes only: the stream below is the staged object's. */
  @Override
  public void close() {}

  long count() {
    return count;
  }

  /** The digest of everything written, lower-case hex; to be asked once. */
  String sha256() {
    return HexFormat.of().formatHex(digest.digest());
  }

  private static MessageDigest newDigest() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
