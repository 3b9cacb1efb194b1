package dev.tributary.land.objectstore;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/**
 * Stands between a client and a store: writes down every request by what it asks, and lets some
 * fail in the way that the test wants.
 */
public final class StoreRelay implements AutoCloseable {

  /** What becomes of a request. */
  public enum Fate {
    /** The store answers. */
    ANSWERED,
    /** Status 503; the store hears nothing. */
    UNAVAILABLE,
    /** The connection breaks; the store hears nothing. */
    RESET,
    /** The store does it, and the connection breaks before the answer. */
    ANSWER_LOST,
    /** Status 409; the store hears nothing. */
    CONFLICT,
    /** Status 412, though nothing of the kind is so; the store hears nothing. */
    REFUSED;

    /** Whether stores would do that to a request of this kind. */
    boolean befalls(String kind) {
      return (this != CONFLICT && this != REFUSED) || kind.matches("put|complete");
    }
  }

  private final ServerSocket server;
  private final URI store;
  private final ExecutorService connections = Executors.newCachedThreadPool();
  private final List<Socket> open = new ArrayList<>();
  private final List<String> requests = new ArrayList<>();
  private Function<String, Fate> fates = kind -> Fate.ANSWERED;
  private volatile UnaryOperator<String> rewriting = UnaryOperator.identity();

  private StoreRelay(ServerSocket server, URI store) {
    this.server = server;
    this.store = store;
  }

  /** Listens on a port of its own. */
  public static StoreRelay before(URI store) {
    try {
      ServerSocket server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
      StoreRelay relay = new StoreRelay(server, store);
      relay.connections.execute(relay::accept);
      return relay;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Where it listens. */
  public URI endpoint() {
    return URI.create("http://127.0.0.1:" + server.getLocalPort());
  }

  /** From now on every n-th of the requests that it can befall meets this fate. */
  public synchronized void everyNth(int n, Fate fate) {
    int[] count = {0};
    fates = kind -> fate.befalls(kind) && ++count[0] % n == 0 ? fate : Fate.ANSWERED;
  }

  /** From now on the n-th request alone meets this fate, counted from 1. */
  public synchronized void onlyNth(int n, Fate fate) {
    int[] count = {0};
    fates = kind -> ++count[0] == n && fate.befalls(kind) ? fate : Fate.ANSWERED;
  }

  /** From the n-th request on all that it can befall meet this fate, counted from 1. */
  public synchronized void fromNth(int n, Fate fate) {
    int[] count = {0};
    fates = kind -> ++count[0] >= n && fate.befalls(kind) ? fate : Fate.ANSWERED;
  }

  /** From now on the store hears the heads of requests as this changes them. */
  public void rewrite(UnaryOperator<String> head) {
    rewriting = head;
  }

  /** All requests are answered again. */
  public synchronized void heal() {
    fates = kind -> Fate.ANSWERED;
  }

  /** Requests since this was last asked, by kind. */
  public synchronized Map<String, Integer> counts() {
    Map<String, Integer> counts = new TreeMap<>();
    requests.forEach(kind -> counts.merge(kind, 1, Integer::sum));
    requests.clear();
    return counts;
  }

  private void accept() {
    try {
      while (!server.isClosed()) {
        Socket client = server.accept();
        synchronized (this) {
          open.add(client);
        }
        connections.execute(() -> serve(client));
      }
    } catch (IOException e) {
      // closed
    }
  }

  private void serve(Socket client) {
    try (client;
        Socket upstream = new Socket(store.getHost(), store.getPort())) {
      InputStream asked = new BufferedInputStream(client.getInputStream());
      InputStream answered = new BufferedInputStream(upstream.getInputStream());
      RelayedMessage request = RelayedMessage.read(asked, false);
      while (request != null) {
        Fate fate = fate(request.kind());
        if (fate == Fate.RESET) {
          client.setSoLinger(true, 0);
          return;
        }
        if (fate == Fate.ANSWERED || fate == Fate.ANSWER_LOST) {
          request.rewritten(rewriting).write(upstream.getOutputStream());
          RelayedMessage answer = RelayedMessage.read(answered, request.head().startsWith("HEAD "));
          if (answer == null || fate == Fate.ANSWER_LOST) {
            return;
          }
          answer.write(client.getOutputStream());
        } else {
          client.getOutputStream().write(refusal(fate));
        }
        request = RelayedMessage.read(asked, false);
      }
    } catch (SocketException e) {
      // either side has gone
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private synchronized Fate fate(String kind) {
    requests.add(kind);
    return fates.apply(kind);
  }

  private static byte[] refusal(Fate fate) {
    String status =
        switch (fate) {
          case CONFLICT -> "409 Conflict";
          case REFUSED -> "412 Precondition Failed";
          default -> "503 Service Unavailable";
        };
    return ("HTTP/1.1 " + status + "\r\nContent-Length: 0\r\n\r\n")
        .getBytes(StandardCharsets.ISO_8859_1);
  }

  @Override
  public void close() throws IOException {
    server.close();
    synchronized (this) {
      for (Socket each : open) {
        each.close();
      }
    }
    connections.shutdownNow();
  }
}
