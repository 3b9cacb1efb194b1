package dev.tributary.land.objectstore;

import dev.tributary.land.Condition;
import dev.tributary.land.objectstore.StoreFault.Sort;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A store whose unclear requests are made again. A conditional write that is refused after an
 * unclear try may have been refused by its own first try: it stays unclear, and whoever asked
 * looks.
 */
final class RetryingStore implements ObjectStore {

  private final ObjectStore store;
  private final Patience patience;

  RetryingStore(ObjectStore store, Patience patience) {
    this.store = store;
    this.patience = patience;
  }

  @Override
  public Optional<Found> head(String name) throws StoreFault {
    return again(() -> store.head(name));
  }

  @Override
  public Optional<Instant> written(String name) throws StoreFault {
    return again(() -> store.written(name));
  }

  @Override
  public byte[] read(Found object, long position, int length) throws StoreFault {
    return again(() -> store.read(object, position, length));
  }

  @Override
  public Optional<byte[]> read(String name, int limit) throws StoreFault {
    return again(() -> store.read(name, limit));
  }

  @Override
  public Page list(Scope scope, Optional<String> token) throws StoreFault {
    return again(() -> store.list(scope, token));
  }

  @Override
  public String put(
      String name, Body body, Map<String, String> metadata, Optional<Condition> condition)
      throws StoreFault {
    return again(() -> store.put(name, body, metadata, condition));
  }

  @Override
  public Upload begin(String name, Map<String, String> metadata) throws StoreFault {
    // a begin whose answer was lost leaves an empty upload to the sweep
    return new RetryingUpload(again(() -> store.begin(name, metadata)));
  }

  @Override
  public void delete(String name) throws StoreFault {
    again(
        () -> {
          store.delete(name);
          return name;
        });
  }

  @Override
  public List<Pending> pending(String prefix) throws StoreFault {
    return again(() -> store.pending(prefix));
  }

  @Override
  public void abandon(Pending upload) throws StoreFault {
    again(
        () -> {
          store.abandon(upload);
          return upload;
        });
  }

  @Override
  public void close() {
    store.close();
  }

  private <T> T again(Request<T> request) throws StoreFault {
    boolean unclear = false;
    for (int tries = 1; ; tries++) {
      try {
        T answer = request.make();
        patience.succeeded();
        return answer;
      } catch (StoreFault e) {
        if (e.sort() != Sort.UNCLEAR) {
          throw unclear && isOutdone(e) ? e.unclear() : e;
        }
        Optional<Duration> wait = patience.beforeTryAgain(tries, e.retryAfter());
        if (wait.isEmpty() || !patience.sleep(wait.orElseThrow())) {
          throw e;
        }
        unclear = true;
      }
    }
  }

  /** A completed upload is gone, so its second completion finds none. */
  private static boolean isOutdone(StoreFault fault) {
    return fault.sort() == Sort.REFUSED || fault.sort() == Sort.MISSING;
  }

  /** A request that may be made several times. */
  @FunctionalInterface
  private interface Request<T> {
    T make() throws StoreFault;
  }

  private final class RetryingUpload implements Upload {

    private final Upload upload;

    RetryingUpload(Upload upload) {
      this.upload = upload;
    }

    @Override
    public void part(Body body) throws StoreFault {
      again(
          () -> {
            upload.part(body);
            return body;
          });
    }

    @Override
    public String complete(Condition condition) throws StoreFault {
      return again(() -> upload.complete(condition));
    }

    @Override
    public void abort() throws StoreFault {
      again(
          () -> {
            upload.abort();
            return upload;
          });
    }
  }
}
