package dev.tributary.telemetry;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Queue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** A webhook's receiving end; answers with the statuses it was given, then with 200. */
public final class Receiver implements AutoCloseable {

  private final HttpServer server;
  private final BlockingQueue<String> bodies = new LinkedBlockingQueue<>();
  private final Queue<Integer> statuses = new ConcurrentLinkedQueue<>();

  private Receiver(HttpServer server) {
    this.server = server;
  }

  /** Listens on a port of the system's choosing. */
  public static Receiver start() throws IOException {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    Receiver receiver = new Receiver(server);
    server.createContext(
        "/",
        exchange -> {
          Integer status = receiver.statuses.poll();
          receiver.bodies.add(
              new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
          exchange.getResponseHeaders().add("Location", "http://127.0.0.1:1/elsewhere");
          exchange.sendResponseHeaders(status == null ? 200 : status, -1);
          exchange.close();
        });
    server.start();
    return receiver;
  }

  /** Statuses of the next answers. */
  public void answers(int... next) {
    for (int status : next) {
      statuses.add(status);
    }
  }

  /** Its URL, with a path. */
  public URI url(String path) {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + path);
  }

  /** The next request's body; fails after 20 seconds. */
  public String next() throws InterruptedException {
    String body = bodies.poll(20, TimeUnit.SECONDS);
    if (body == null) {
      throw new AssertionError("no request came");
    }
    return body;
  }

  /** Requests that nobody has taken yet. */
  public int waiting() {
    return bodies.size();
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
