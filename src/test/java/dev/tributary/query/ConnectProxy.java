package dev.tributary.query;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** A small HTTP proxy that knows CONNECT alone, and remembers where it was asked to connect to. */
public final class ConnectProxy implements AutoCloseable {

  private final ServerSocket server;
  private final List<String> asked = new CopyOnWriteArrayList<>();
  private final int target;

  /** Connects to this port of the machine, whatever host is asked for. */
  public ConnectProxy(int target) throws IOException {
    this.target = target;
    this.server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    spawn(this::accept);
  }

  /** Where it listens, as a URL. */
  public String url() {
    return "http://127.0.0.1:" + server.getLocalPort();
  }

  /** First lines of the requests, in order. */
  public List<String> asked() {
    return asked;
  }

  private static void spawn(Runnable task) {
    Thread thread = new Thread(task, "proxy");
    thread.setDaemon(true);
    thread.start();
  }

  private void accept() {
    while (!server.isClosed()) {
      try {
        Socket client = server.accept();
        spawn(() -> tunnel(client));
      } catch (IOException e) {
        return;
      }
    }
  }

  private void tunnel(Socket client) {
    try (client;
        Socket upstream = new Socket(InetAddress.getLoopbackAddress(), target)) {
      asked.add(requestLine(client.getInputStream()));
      client
          .getOutputStream()
          .write("HTTP/1.1 200 Connection established\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
      spawn(() -> pump(upstream, client));
      pump(client, upstream);
    } catch (IOException e) {
      // one side has gone, and the other goes with it
    }
  }

  /** The first line of a request's head, which is read to its end. */
  private static String requestLine(InputStream in) throws IOException {
    StringBuilder head = new StringBuilder();
    while (!head.toString().endsWith("\r\n\r\n")) {
      int next = in.read();
      if (next < 0) {
        break;
      }
      head.append((char) next);
    }
    return head.toString().lines().findFirst().orElse("");
  }

  private static void pump(Socket from, Socket to) {
    try {
      InputStream in = from.getInputStream();
      OutputStream out = to.getOutputStream();
      byte[] buffer = new byte[8192];
      for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
        out.write(buffer, 0, read);
        out.flush();
      }
      to.shutdownOutput();
    } catch (IOException e) {
      // the other direction notices too
    }
  }

  @Override
  public void close() throws IOException {
    server.close();
  }
}
