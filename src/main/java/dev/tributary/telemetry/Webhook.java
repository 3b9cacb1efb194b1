package dev.tributary.telemetry;

import dev.tributary.job.Failure;
import dev.tributary.run.StopSignal;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Posts notices to a URL, in order, on a thread of its own, so that no run ever waits for the
 * receiver. What cannot be delivered is tried again for a while; when too many wait, the oldest is
 * dropped. Safe for use by several threads.
 */
public final class Webhook implements AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger(Webhook.class);

  private static final int MOST_WAITING = 256;
  private static final int TRIES = 6;
  private static final Duration ANSWER = Duration.ofSeconds(10);

  private final Address address;
  private final Duration firstPause;
  private final Consumer<Delivery> told;
  private final HttpClient client =
      HttpClient.newBuilder()
          .connectTimeout(ANSWER)
          // a notice goes to the address that the operator named, and nowhere else
          .followRedirects(HttpClient.Redirect.NEVER)
          .build();
  private final StopSignal ended = new StopSignal();
  private final Deque<Notice> waiting = new ArrayDeque<>();
  private final Thread sender = new Thread(this::work, "tributary-notify");
  private boolean sending;

  /** Where notices go; asked before each try, so that a rotated one is taken up. */
  @FunctionalInterface
  public interface Address {

    /** The URL, which may hold a secret. */
    URI now() throws Failure;
  }

  /**
   * Starts the sender.
   *
   * @param firstPause before the second try; each further one doubles it
   * @param told hears what became of each notice
   */
  public Webhook(Address address, Duration firstPause, Consumer<Delivery> told) {
    this.address = address;
    this.firstPause = firstPause;
    this.told = told;
    sender.setDaemon(true);
    sender.start();
  }

  /** Takes a notice; never waits. */
  public synchronized void send(Notice notice) {
    if (waiting.size() == MOST_WAITING) {
      waiting.removeFirst();
      told.accept(Delivery.DROPPED);
    }
    waiting.addLast(notice);
    notifyAll();
  }

  private void work() {
    try {
      for (Notice next = next(); next != null; next = next()) {
        told.accept(deliver(next));
        finished();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private synchronized @Nullable Notice next() throws InterruptedException {
    while (waiting.isEmpty() && !ended.isStopped()) {
      wait();
    }
    sending = !ended.isStopped();
    return sending ? waiting.removeFirst() : null;
  }

  private synchronized void finished() {
    sending = false;
    notifyAll();
  }

  private Delivery deliver(Notice notice) throws InterruptedException {
    String why = "";
    for (int attempt = 1; attempt <= TRIES && !ended.isStopped(); attempt++) {
      Answer answer = post(notice);
      if (answer.taken()) {
        return Delivery.SENT;
      }
      why = answer.why();
      if (!answer.worthAnother() || ended.pause(firstPause.multipliedBy(1L << (attempt - 1)))) {
        break;
      }
    }
    log.atWarn()
        .addKeyValue("job", notice.job())
        .addKeyValue("reason", "cannot notify of '" + notice.job() + "': " + why)
        .log("notice lost");
    return Delivery.FAILED;
  }

  private Answer post(Notice notice) throws InterruptedException {
    try {
      HttpRequest request =
          HttpRequest.newBuilder(address.now())
              .timeout(ANSWER)
              .header("Content-Type", "application/json")
              .POST(HttpRequest.BodyPublishers.ofString(Redactor.ofProcess().redact(notice.json())))
              .build();
      int status = client.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
      return status / 100 == 2
          ? new Answer(true, false, "")
          : new Answer(false, isPassing(status), "the webhook answered " + status);
    } catch (Failure failure) {
      return new Answer(false, false, failure.sentence());
    } catch (IllegalArgumentException e) {
      // the exception's own words quote the URL
      return new Answer(false, false, "the webhook is no http or https URL");
    } catch (IOException e) {
      return new Answer(false, true, "the webhook cannot be reached");
    }
  }

  private static boolean isPassing(int status) {
    return status >= 500 || status == 408 || status == 429;
  }

  /** What one request came to. */
  private record Answer(boolean taken, boolean worthAnother, String why) {}

  /** Waits until everything is delivered or given up, at most this long; false if some is left. */
  public synchronized boolean flush(Duration longest) throws InterruptedException {
    long until = System.nanoTime() + longest.toNanos();
    while (!waiting.isEmpty() || sending) {
      long left = until - System.nanoTime();
      if (left <= 0) {
        return false;
      }
      TimeUnit.NANOSECONDS.timedWait(this, Math.max(left, 1_000_000));
    }
    return true;
  }

  /** Drops what waits, and ends the sender. */
  @Override
  public void close() {
    ended.stop();
    synchronized (this) {
      waiting.forEach(dropped -> told.accept(Delivery.DROPPED));
      waiting.clear();
      notifyAll();
    }
    sender.interrupt();
  }
}
