package dev.tributary.land.objectstore;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Supplier;

/**
 * One upload as Google's documents say: what is stored may be less than what was sent, may be asked
 * for, and is kept over requests whose answers are lost. The fake server keeps less to that.
 */
final class ResumableServer implements AutoCloseable {

  /** What goes wrong with a request. */
  enum Mishap {
    NONE,
    LOST_BEFORE,
    LOST_AFTER,
    UNAVAILABLE,
    /** Half of what was sent is kept. */
    HALF
  }

  private static final int PIECE = 256 << 10;

  private final HttpServer server;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final Supplier<Mishap> mishaps;
  private final ByteArrayOutputStream stored = new ByteArrayOutputStream();
  private byte[] object = new byte[0];
  private int publications;
  private boolean begun;
  private boolean ended;
  private String hash = "";

  ResumableServer(Supplier<Mishap> mishaps) throws IOException {
    this.mishaps = mishaps;
    this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(threads);
    server.createContext("/", this::serve);
    server.start();
  }

  URI endpoint() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
  }

  /** What was published last. */
  synchronized byte[] object() {
    return object.clone();
  }

  synchronized int publications() {
    return publications;
  }

  /** Whether an upload was begun that is neither published nor ended. */
  synchronized boolean isPending() {
    return begun && publications == 0 && !ended;
  }

  synchronized String hash() {
    return hash;
  }

  private synchronized void serve(HttpExchange exchange) throws IOException {
    try (exchange) {
      byte[] sent = exchange.getRequestBody().readAllBytes();
      switch (exchange.getRequestMethod()) {
        case "GET" -> answer(exchange, 404, "{\"error\":{\"message\":\"No such object: b/o\"}}");
        case "POST" -> {
          begun = true;
          exchange.getResponseHeaders().set("Location", endpoint() + "/session");
          answer(exchange, 200, "");
        }
        case "PUT" -> put(exchange, sent, mishaps.get());
        default -> end(exchange, mishaps.get());
      }
    }
  }

  private void end(HttpExchange exchange, Mishap mishap) throws IOException {
    if (mishap == Mishap.LOST_BEFORE) {
      return;
    }
    if (mishap == Mishap.UNAVAILABLE) {
      answer(exchange, 503, "");
      return;
    }
    int status = isPending() ? 499 : 404;
    ended = true;
    if (mishap != Mishap.LOST_AFTER) {
      answer(exchange, status, "");
    }
  }

  private void put(HttpExchange exchange, byte[] sent, Mishap mishap) throws IOException {
    if (mishap == Mishap.LOST_BEFORE) {
      return;
    }
    if (mishap == Mishap.UNAVAILABLE) {
      answer(exchange, 503, "");
      return;
    }
    String[] range =
        exchange
            .getRequestHeaders()
            .getFirst("Content-Range")
            .substring("bytes ".length())
            .split("/", -1);
    if (publications == 0) {
      if (!range[0].equals("*")) {
        keep(sent, Integer.parseInt(range[0].split("-", -1)[0]), mishap == Mishap.HALF);
      }
      if (!range[1].equals("*") && Integer.parseInt(range[1]) == stored.size()) {
        object = stored.toByteArray();
        hash = exchange.getRequestHeaders().getFirst("X-Goog-Hash");
        publications++;
      }
    }
    if (mishap == Mishap.LOST_AFTER) {
      return;
    }
    if (publications > 0) {
      answer(exchange, 200, "{\"generation\":\"17\"}");
      return;
    }
    if (stored.size() > 0) {
      exchange.getResponseHeaders().set("Range", "bytes=0-" + (stored.size() - 1));
    }
    answer(exchange, 308, "");
  }

  private void keep(byte[] sent, int from, boolean half) {
    if (from > stored.size()) {
      throw new IllegalStateException("bytes " + stored.size() + " to " + from + " never came");
    }
    int known = stored.size() - from;
    int fresh = sent.length - known;
    int kept = half ? fresh / 2 / PIECE * PIECE : fresh;
    stored.write(sent, known, Math.max(0, kept));
  }

  private static void answer(HttpExchange exchange, int status, String body) throws IOException {
    byte[] bytes = body.getBytes(java.nio.charset.StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
    exchange.getResponseBody().write(bytes);
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
