package dev.tributary.land.objectstore;

import dev.tributary.land.Condition;
import dev.tributary.land.objectstore.StoreFault.Sort;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.ByteBuffer;
import java.util.Base64;
import java.util.zip.CRC32C;

/**
 * A resumable upload: pieces of 256 KiB, and with the last one the size, at which the object is
 * there. Whoever knows its address may write, so no request names the credentials.
 */
final class GcsUpload implements ObjectStore.Upload {

  private static final int PIECE = 256 << 10;
  private static final int INCOMPLETE = 308;

  private final GcsCalls calls;
  private final URI session;
  private final Condition begun;
  private final CRC32C sum = new CRC32C();

  /** Bytes of the parts that went before, without the rest. */
  private long sent;

  /** What is less than a piece, of the last part. */
  private byte[] rest = new byte[0];

  /** Whether the store may have more than was sent, or less. */
  private boolean unsure;

  private boolean over;

  GcsUpload(GcsCalls calls, URI session, Condition begun) {
    this.calls = calls;
    this.session = session;
    this.begun = begun;
  }

  @Override
  public void part(Body body) throws StoreFault {
    if (rest.length > 0) {
      throw new IllegalStateException("only the last part may be of any size");
    }
    int odd = body.length() % PIECE;
    int whole = body.length() - odd;
    long stored = unsure ? stored(ask("bytes */*", BodyPublishers.noBody(), 0)) : sent;
    while (stored < sent + whole) {
      int from = Math.toIntExact(stored - sent);
      String range = "bytes " + stored + "-" + (sent + whole - 1) + "/*";
      stored =
          further(
              stored, stored(ask(range, GcsCalls.part(body, from, whole - from), whole - from)));
    }
    sent += whole;
    rest = bytes(body, whole, odd);
    body.addTo(sum);
  }

  @Override
  public String complete(Condition condition) throws StoreFault {
    if (!condition.equals(begun)) {
      throw new StoreFault(
          Sort.REFUSED, "the object is not the one at the upload's beginning", new IOException());
    }
    long total = sent + rest.length;
    long stored = unsure ? sent - 1 : sent;
    GcsAnswer answer = unsure ? ask("bytes */" + total, BodyPublishers.noBody(), 0) : last(sent);
    while (answer.status() == INCOMPLETE) {
      stored = further(stored, stored(answer));
      answer = last(stored);
    }
    over = true;
    return GcsStore.good(answer).generation();
  }

  private GcsAnswer last(long stored) throws StoreFault {
    long total = sent + rest.length;
    if (stored == total) {
      return ask("bytes */" + total, BodyPublishers.noBody(), 0);
    }
    int from = Math.toIntExact(stored - sent);
    return ask(
        "bytes " + stored + "-" + (total - 1) + "/" + total,
        BodyPublishers.ofByteArray(rest, from, rest.length - from),
        rest.length);
  }

  /** One request; after one without an answer nobody knows what the store has. */
  private GcsAnswer ask(String range, BodyPublisher body, long bytes) throws StoreFault {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(session).header("Content-Range", range).PUT(body);
    if (!range.endsWith("*")) {
      request.header("X-Goog-Hash", "crc32c=" + crc32c(sum));
    }
    unsure = true;
    GcsAnswer answer = calls.askOpenly(request, bytes);
    if (answer.status() != INCOMPLETE && !answer.isGood()) {
      throw answer.fault();
    }
    unsure = false;
    return answer;
  }

  private long stored(GcsAnswer answer) throws StoreFault {
    if (answer.status() != INCOMPLETE) {
      throw new StoreFault(Sort.INVALID, "the upload ended before its last part", answer.fault());
    }
    String range = answer.header("Range").orElse("");
    long stored = range.isEmpty() ? 0 : Long.parseLong(range.replaceFirst(".*-", "")) + 1;
    if (stored < sent) {
      throw new StoreFault(Sort.INVALID, "the store has lost a part", answer.fault());
    }
    return stored;
  }

  private static long further(long before, long stored) throws StoreFault {
    if (stored <= before) {
      throw new StoreFault(Sort.UNCLEAR, "the store kept nothing of a part", new IOException());
    }
    return stored;
  }

  @Override
  public void abort() throws StoreFault {
    if (over) {
      return;
    }
    GcsAnswer answer = calls.askOpenly(HttpRequest.newBuilder(session).DELETE(), 0);
    StoreFault fault = answer.fault();
    // a client's own end of a request is what the store calls a good answer
    if (!answer.isGood() && answer.status() != 499 && fault.sort() != Sort.MISSING) {
      throw fault;
    }
    over = true;
  }

  /** Big-endian, in Base64, as the store writes it. */
  static String crc32c(CRC32C sum) {
    byte[] value = ByteBuffer.allocate(Integer.BYTES).putInt((int) sum.getValue()).array();
    return Base64.getEncoder().encodeToString(value);
  }

  private static byte[] bytes(Body body, int from, int count) {
    try {
      return body.stream(from, count).readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
