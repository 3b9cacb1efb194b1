package dev.tributary.query;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;

/** Passes TCP on to a server, and cuts the connection after so many bytes from it. */
final class CuttingRelay implements AutoCloseable {

  private final ServerSocket listening;
  private final int target;
  private final long cut;
  private final AtomicLong passed = new AtomicLong();
  private final List<Socket> sockets = new CopyOnWriteArrayList<>();

  /**
   * @param target port on loopback
   * @param cut bytes that may come back before the cut
   */
  CuttingRelay(int target, long cut) throws IOException {
    this(0, target, cut);
  }

  /**
   * @param port to listen on
   */
  CuttingRelay(int port, int target, long cut) throws IOException {
    this.target = target;
    this.cut = cut;
    this.listening = new ServerSocket(port, 50, InetAddress.getLoopbackAddress());
    start(this::accept);
  }

  String url() {
    return "grpc://127.0.0.1:" + listening.getLocalPort();
  }

  /** Bytes that came back so far. */
  long passed() {
    return passed.get();
  }

  @Override
  public void close() throws IOException {
    listening.close();
    for (Socket socket : sockets) {
      socket.close();
    }
  }

  private void accept() {
    try {
      while (true) {
        Socket client = listening.accept();
        Socket server = new Socket(InetAddress.getLoopbackAddress(), target);
        sockets.add(client);
        sockets.add(server);
        start(() -> pass(client, server, Long.MAX_VALUE, new AtomicLong()));
        start(() -> pass(server, client, cut, passed));
      }
    } catch (IOException e) {
      // closed
    }
  }

  private static void pass(Socket from, Socket to, long limit, AtomicLong count) {
    byte[] buffer = new byte[8_192];
    try (from;
        to;
        InputStream in = from.getInputStream();
        OutputStream out = to.getOutputStream()) {
      while (true) {
        int read = in.read(buffer);
        if (read < 0) {
          return;
        }
        int allowed = (int) Math.min(read, limit - count.get());
        out.write(buffer, 0, allowed);
        out.flush();
        if (count.addAndGet(allowed) >= limit) {
          return;
        }
      }
    } catch (IOException e) {
      // the other side has gone
    }
  }

  private static void start(Runnable task) {
    Thread thread = new Thread(task, "relay");
    thread.setDaemon(true);
    thread.start();
  }
}
