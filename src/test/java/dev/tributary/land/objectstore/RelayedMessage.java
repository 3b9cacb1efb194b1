package dev.tributary.land.objectstore;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** A request or an answer, as it came. */
final class RelayedMessage {

  private final String head;
  private final byte[] body;

  RelayedMessage(String head, byte[] body) {
    this.head = head;
    this.body = body;
  }

  String head() {
    return head;
  }

  /**
   * @param bare whether it has no body, whatever its head says
   */
  static @Nullable RelayedMessage read(InputStream in, boolean bare) throws IOException {
    StringBuilder head = new StringBuilder();
    String line = line(in);
    if (line == null) {
      return null;
    }
    int length = 0;
    boolean chunked = false;
    while (line != null && !line.isEmpty()) {
      head.append(line).append("\r\n");
      String lower = line.toLowerCase(Locale.ROOT);
      if (lower.startsWith("content-length:")) {
        length = Integer.parseInt(lower.substring(15).strip());
      }
      chunked |= lower.startsWith("transfer-encoding:") && lower.contains("chunked");
      line = line(in);
    }
    head.append("\r\n");
    if (bare) {
      return new RelayedMessage(head.toString(), new byte[0]);
    }
    return new RelayedMessage(head.toString(), chunked ? chunks(in) : in.readNBytes(length));
  }

  /** With their lengths, as they came. */
  private static byte[] chunks(InputStream in) throws IOException {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    int length = -1;
    while (length != 0) {
      String line = String.valueOf(line(in));
      length = Integer.parseInt(line, 16);
      all.writeBytes((line + "\r\n").getBytes(StandardCharsets.ISO_8859_1));
      all.writeBytes(in.readNBytes(length + 2));
    }
    return all.toByteArray();
  }

  private static @Nullable String line(InputStream in) throws IOException {
    StringBuilder line = new StringBuilder();
    for (int next = in.read(); next != '\n'; next = in.read()) {
      if (next < 0) {
        return null;
      }
      if (next != '\r') {
        line.append((char) next);
      }
    }
    return line.toString();
  }

  void write(OutputStream out) throws IOException {
    out.write(head.getBytes(StandardCharsets.ISO_8859_1));
    out.write(body);
    out.flush();
  }

  /** The same with another head. */
  RelayedMessage rewritten(UnaryOperator<String> change) {
    return new RelayedMessage(change.apply(head), body);
  }

  /** What a request asks of a store. */
  String kind() {
    String[] words = head.split(" ", 3);
    return words[1].contains("/storage/v1/b/") ? ofGcs(words) : ofS3(words);
  }

  private static String ofS3(String[] words) {
    boolean ofUpload = words[1].contains("uploadId=");
    boolean ofUploads = words[1].matches(".*[?&]uploads(=.*|&.*)?");
    return switch (words[0]) {
      case "GET" -> ofUploads ? "uploads" : words[1].contains("list-type=") ? "list" : "get";
      case "PUT" -> ofUpload ? "part" : "put";
      case "POST" -> ofUpload ? "complete" : "begin";
      case "DELETE" -> ofUpload ? "abort" : "delete";
      default -> words[0].toLowerCase(Locale.ROOT);
    };
  }

  private static String ofGcs(String[] words) {
    boolean whole =
        words[2].toLowerCase(Locale.ROOT).matches("(?s).*content-range: \\S+ \\S+/\\d.*");
    return switch (words[0]) {
      case "GET" ->
          words[1].contains("alt=media") ? "get" : words[1].contains("/o?") ? "list" : "head";
      case "PUT" -> whole ? "complete" : "part";
      case "POST" -> words[1].contains("uploadType=resumable") ? "begin" : "put";
      case "DELETE" -> words[1].contains("upload_id=") ? "abort" : "delete";
      default -> words[0].toLowerCase(Locale.ROOT);
    };
  }
}
