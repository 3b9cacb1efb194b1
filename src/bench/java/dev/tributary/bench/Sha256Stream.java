package dev.tributary.bench;

import java.io.IOException;
import java.io.OutputStream;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** Digests a file's bytes on their way, as a run does. Closing leaves the stream below open. */
final class Sha256Stream extends DigestOutputStream {

  Sha256Stream(OutputStream out) throws NoSuchAlgorithmException {
    super(out, MessageDigest.getInstance("SHA-256"));
  }

  @Override
  public void close() throws IOException {
    flush();
  }

  /** The digest of everything written; to be asked once. */
  String hex() {
    return HexFormat.of().formatHex(getMessageDigest().digest());
  }
}
