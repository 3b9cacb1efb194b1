package dev.tributary.land.objectstore;

import dev.tributary.job.Failure;
import dev.tributary.job.Failure.Kind;
import dev.tributary.job.JobName;
import dev.tributary.job.ObjectKey;
import dev.tributary.land.Condition;
import dev.tributary.land.Destination;
import dev.tributary.land.Landing;
import dev.tributary.land.Origin;
import dev.tributary.land.StagedObject;
import dev.tributary.land.StoredObject;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.channels.SeekableByteChannel;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/** A prefix of a bucket. Conditions of the store keep writers apart. */
final class ObjectDestination implements Destination {

  private static final int SMALL = 64 << 20;

  /** No window's upload lasts as long. */
  private static final Duration STALE = Duration.ofDays(1);

  private final URI url;
  private final Names names;
  private final ObjectStore store;
  private final InstantSource clock;
  private final Conditions conditions;
  private final JobLocks locks = new JobLocks();

  /** One that several processes may write to. */
  ObjectDestination(URI url, ObjectStore store, InstantSource clock) {
    this(url, store, clock, false);
  }

  ObjectDestination(URI url, ObjectStore store, InstantSource clock, boolean singleWriter) {
    this.url = url;
    this.names = Names.below(url.getPath());
    this.store = store;
    this.clock = clock;
    this.conditions = new Conditions(url, store, names, singleWriter);
  }

  @Override
  public URI address(ObjectKey key) {
    try {
      return new URI(url.getScheme(), url.getAuthority(), "/" + names.of(key), null, null);
    } catch (URISyntaxException e) {
      throw new IllegalStateException("an address without authority: " + url, e);
    }
  }

  @Override
  public Optional<StoredObject> look(ObjectKey key) throws Failure {
    try {
      return store
          .head(names.of(key))
          .map(
              found ->
                  new StoredObject(
                      key, found.bytes(), found.version(), Metadata.origin(found.metadata())));
    } catch (StoreFault e) {
      throw Complaints.cannotRead(address(key), e);
    }
  }

  @Override
  public Optional<Instant> written(ObjectKey key) throws Failure {
    try {
      return store.written(names.of(key));
    } catch (StoreFault e) {
      throw Complaints.cannotRead(address(key), e);
    }
  }

  @Override
  public Optional<byte[]> read(ObjectKey key) throws Failure {
    try {
      Optional<byte[]> content = store.read(names.of(key), SMALL + 1);
      if (content.isPresent() && content.orElseThrow().length > SMALL) {
        throw new Failure(
            Kind.REFUSED,
            "cannot read '"
                + address(key)
                + "': it has more than the 64 MiB of any record; something else lies in its place");
      }
      return content;
    } catch (StoreFault e) {
      throw Complaints.cannotRead(address(key), e);
    }
  }

  @Override
  public Optional<SeekableByteChannel> open(ObjectKey key) throws Failure {
    try {
      return store.head(names.of(key)).map(found -> new RangeChannel(store, found));
    } catch (StoreFault e) {
      throw Complaints.cannotRead(address(key), e);
    }
  }

  @Override
  public List<StoredObject> list(ObjectKey prefix) throws Failure {
    return listed(prefix, "", Optional.empty());
  }

  @Override
  public List<StoredObject> list(ObjectKey prefix, ObjectKey from, ObjectKey until) throws Failure {
    return listed(prefix, Names.before(names.of(from)), Optional.of(until)).stream()
        .filter(object -> object.key().compareTo(from) >= 0)
        .filter(object -> object.key().compareTo(until) < 0)
        .toList();
  }

  private List<StoredObject> listed(ObjectKey prefix, String after, Optional<ObjectKey> until)
      throws Failure {
    List<StoredObject> objects = new ArrayList<>();
    ObjectStore.Scope scope = new ObjectStore.Scope(names.folder(prefix), after, true);
    Optional<String> end = until.map(names::of);
    try {
      Optional<String> token = Optional.empty();
      do {
        ObjectStore.Page page = store.list(scope, token);
        for (ObjectStore.Found found : page.objects()) {
          names
              .key(found.name())
              .map(key -> new StoredObject(key, found.bytes(), found.version()))
              .ifPresent(objects::add);
        }
        token = isPast(page, end) ? Optional.empty() : page.next();
      } while (token.isPresent());
    } catch (StoreFault e) {
      throw Complaints.cannotRead(address(prefix), e);
    }
    objects.removeIf(object -> isStaging(object.key().value()));
    // stores list by bytes of UTF-8, keys are ordered by UTF-16 unit
    objects.sort(Comparator.comparing(StoredObject::key));
    return objects;
  }

  private static boolean isStaging(String key) {
    return key.startsWith(Conditions.STAGING + "/");
  }

  private static boolean isPast(ObjectStore.Page page, Optional<String> end) {
    List<ObjectStore.Found> objects = page.objects();
    return end.isPresent()
        && !objects.isEmpty()
        && Names.isAtOrAfter(objects.get(objects.size() - 1).name(), end.orElseThrow());
  }

  @Override
  public List<String> folders(ObjectKey prefix) throws Failure {
    String above = names.folder(prefix);
    List<String> folders = new ArrayList<>();
    try {
      Optional<String> token = Optional.empty();
      do {
        ObjectStore.Page page = store.list(new ObjectStore.Scope(above, "", false), token);
        for (String folder : page.folders()) {
          if (isStaging(folder.substring(names.prefix().length()))) {
            continue;
          }
          folders.add(folder.substring(above.length(), folder.length() - 1));
        }
        token = page.next();
      } while (token.isPresent());
    } catch (StoreFault e) {
      throw Complaints.cannotRead(address(prefix), e);
    }
    folders.removeIf(String::isEmpty);
    folders.sort(null);
    return folders;
  }

  @Override
  public StagedObject stage(ObjectKey key) throws Failure {
    return staged(key, Map.of());
  }

  @Override
  public StagedObject stage(ObjectKey key, Origin origin) throws Failure {
    return staged(key, Metadata.of(origin));
  }

  private StagedObject staged(ObjectKey key, Map<String, String> metadata) throws Failure {
    conditions.prove();
    return new StagedUpload(store, conditions, key, names.of(key), address(key), metadata);
  }

  @Override
  public Landing put(ObjectKey key, byte[] content, Condition condition) throws Failure {
    conditions.prove();
    String name = names.of(key);
    return StagedUpload.landing(
        address(key),
        () ->
            conditions.mayHold(name, condition)
                ? Optional.of(
                    new StoredObject(
                        key,
                        content.length,
                        store.put(name, Body.of(content), Map.of(), Optional.of(condition))))
                : Optional.empty());
  }

  @Override
  public void overwrite(ObjectKey key, byte[] content) throws Failure {
    try {
      store.put(names.of(key), Body.of(content), Map.of(), Optional.empty());
    } catch (StoreFault e) {
      throw Complaints.cannotWrite(address(key), e);
    }
  }

  @Override
  public void delete(ObjectKey key) throws Failure {
    try {
      store.delete(names.of(key));
    } catch (StoreFault e) {
      throw Complaints.cannotWrite(address(key), e);
    }
  }

  @Override
  public Lock lock(JobName job) throws Failure {
    return locks.lock(job);
  }

  /** {@inheritDoc} A store does not say whose an upload is: without that knowledge all stay. */
  @Override
  public int sweep() {
    return 0;
  }

  @Override
  public int sweep(Predicate<ObjectKey> ours) throws Failure {
    Instant before = clock.instant().minus(STALE);
    int removed = 0;
    try {
      for (ObjectStore.Pending upload : store.pending(names.prefix())) {
        boolean mine = names.key(upload.name()).filter(ours).isPresent();
        if (mine && upload.begun().isBefore(before)) {
          store.abandon(upload);
          removed++;
        }
      }
    } catch (StoreFault e) {
      throw Complaints.cannotWrite(url, e);
    }
    return removed;
  }

  @Override
  public void close() {
    store.close();
  }
}
