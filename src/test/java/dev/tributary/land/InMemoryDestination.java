package dev.tributary.land;

import dev.tributary.job.Failure;
import dev.tributary.job.JobName;
import dev.tributary.job.ObjectKey;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.NonWritableChannelException;
import java.nio.channels.SeekableByteChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

/**
 * A destination that an object store would be: conditions on every publication, answers that can be
 * lost. Counts its listings and reads.
 */
public final class InMemoryDestination implements Destination {

  private final NavigableMap<String, Stored> objects = new TreeMap<>();
  private final Map<JobName, Semaphore> turns = new ConcurrentHashMap<>();
  private long versions;
  private int lists;
  private int reads;
  private int answersToLose;
  private int requestsToLose;
  private Consumer<ObjectKey> beforePublish = key -> {};

  private static final class Stored {
    private final byte[] content;
    private final String version;

    Stored(byte[] content, String version) {
      this.content = content;
      this.version = version;
    }

    byte[] content() {
      return content;
    }

    String version() {
      return version;
    }
  }

  /** The next publications happen, but their answers are lost. */
  public synchronized void loseAnswers(int count) {
    answersToLose = count;
  }

  /** The next publications do not happen, and nobody is told. */
  public synchronized void loseRequests(int count) {
    requestsToLose = count;
  }

  /** Runs before each publication is carried out: where a rival gets in between. */
  public synchronized void beforePublish(Consumer<ObjectKey> action) {
    beforePublish = action;
  }

  /** Listings so far. */
  public synchronized int lists() {
    return lists;
  }

  /** Looks, reads and opens so far. */
  public synchronized int reads() {
    return reads;
  }

  public synchronized void forgetCounts() {
    lists = 0;
    reads = 0;
  }

  /** Everything there, ascending, without counting as a listing. */
  public synchronized List<String> keys() {
    return List.copyOf(objects.keySet());
  }

  @Override
  public URI address(ObjectKey key) {
    return URI.create("memory:///" + key.value().replace(" ", "%20"));
  }

  @Override
  public synchronized Optional<StoredObject> look(ObjectKey key) {
    reads++;
    return Optional.ofNullable(objects.get(key.value())).map(stored -> described(key, stored));
  }

  @Override
  public synchronized Optional<byte[]> read(ObjectKey key) {
    reads++;
    return Optional.ofNullable(objects.get(key.value())).map(stored -> stored.content().clone());
  }

  @Override
  public Optional<SeekableByteChannel> open(ObjectKey key) {
    return read(key).map(BytesChannel::new);
  }

  @Override
  public List<StoredObject> list(ObjectKey prefix) {
    return list(prefix, prefix.resolve("!"), new ObjectKey(prefix + "0"));
  }

  @Override
  public synchronized List<StoredObject> list(ObjectKey prefix, ObjectKey from, ObjectKey until) {
    lists++;
    List<StoredObject> found = new ArrayList<>();
    if (from.compareTo(until) >= 0) {
      return found;
    }
    objects
        .subMap(from.value(), until.value())
        .forEach(
            (key, stored) -> {
              if (key.startsWith(prefix + "/")) {
                found.add(described(new ObjectKey(key), stored));
              }
            });
    return found;
  }

  @Override
  public synchronized List<String> folders(ObjectKey prefix) {
    lists++;
    TreeSet<String> names = new TreeSet<>();
    for (String key : objects.keySet()) {
      if (key.startsWith(prefix + "/")) {
        String rest = key.substring(prefix.value().length() + 1);
        if (rest.contains("/")) {
          names.add(rest.substring(0, rest.indexOf('/')));
        }
      }
    }
    return List.copyOf(names);
  }

  @Override
  public StagedObject stage(ObjectKey key) {
    return new Staged(key);
  }

  @Override
  public Landing put(ObjectKey key, byte[] content, Condition condition) {
    Consumer<ObjectKey> action;
    synchronized (this) {
      action = beforePublish;
    }
    action.accept(key);
    return publish(key, content, condition);
  }

  private synchronized Landing publish(ObjectKey key, byte[] content, Condition condition) {
    if (requestsToLose > 0) {
      requestsToLose--;
      return new Landing.Unknown("the connection broke");
    }
    Optional<String> there = Optional.ofNullable(objects.get(key.value())).map(Stored::version);
    if (!there.equals(condition.version())) {
      return new Landing.Refused();
    }
    Stored stored = new Stored(content.clone(), "v" + ++versions);
    objects.put(key.value(), stored);
    if (answersToLose > 0) {
      answersToLose--;
      return new Landing.Unknown("the connection broke");
    }
    return new Landing.Landed(described(key, stored));
  }

  @Override
  public synchronized void overwrite(ObjectKey key, byte[] content) {
    objects.put(key.value(), new Stored(content.clone(), "v" + ++versions));
  }

  @Override
  public synchronized void delete(ObjectKey key) {
    objects.remove(key.value());
  }

  @Override
  public Lock lock(JobName job) throws Failure {
    Semaphore turn = turns.computeIfAbsent(job, name -> new Semaphore(1));
    turn.acquireUninterruptibly();
    AtomicBoolean released = new AtomicBoolean();
    return () -> {
      if (released.compareAndSet(false, true)) {
        turn.release();
      }
    };
  }

  @Override
  public int sweep() {
    return 0;
  }

  @Override
  public void close() {
    // nothing is held
  }

  private static StoredObject described(ObjectKey key, Stored stored) {
    return new StoredObject(key, stored.content().length, stored.version());
  }

  private final class Staged implements StagedObject {
    private final ObjectKey key;
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private boolean over;

    Staged(ObjectKey key) {
      this.key = key;
    }

    @Override
    public OutputStream stream() {
      return bytes;
    }

    @Override
    public Landing commit(Condition condition) {
      if (over) {
        throw new IllegalStateException("committed or discarded before");
      }
      over = true;
      return put(key, bytes.toByteArray(), condition);
    }

    @Override
    public void close() {
      over = true;
    }
  }

  private static final class BytesChannel implements SeekableByteChannel {
    private final byte[] content;
    private long position;
    private boolean open = true;

    BytesChannel(byte[] content) {
      this.content = content;
    }

    @Override
    public int read(ByteBuffer target) throws IOException {
      if (!open) {
        throw new ClosedChannelException();
      }
      if (position >= content.length) {
        return -1;
      }
      int length = (int) Math.min(target.remaining(), content.length - position);
      target.put(content, (int) position, length);
      position += length;
      return length;
    }

    @Override
    public int write(ByteBuffer source) {
      throw new NonWritableChannelException();
    }

    @Override
    public long position() {
      return position;
    }

    @Override
    public SeekableByteChannel position(long newPosition) {
      position = newPosition;
      return this;
    }

    @Override
    public long size() {
      return content.length;
    }

    @Override
    public SeekableByteChannel truncate(long size) {
      throw new NonWritableChannelException();
    }

    @Override
    public boolean isOpen() {
      return open;
    }

    @Override
    public void close() {
      open = false;
    }
  }
}
