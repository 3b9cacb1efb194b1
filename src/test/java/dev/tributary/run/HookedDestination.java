package dev.tributary.run;

import dev.tributary.job.Failure;
import dev.tributary.job.JobName;
import dev.tributary.job.ObjectKey;
import dev.tributary.land.Condition;
import dev.tributary.land.Destination;
import dev.tributary.land.Landing;
import dev.tributary.land.Origin;
import dev.tributary.land.StagedObject;
import dev.tributary.land.StoredObject;
import java.io.OutputStream;
import java.net.URI;
import java.nio.channels.SeekableByteChannel;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** A real destination with a hook before and after each call, where a test fails or halts. */
public final class HookedDestination implements Destination {

  /** Called with the call's name, such as {@code "before commit"}. */
  @FunctionalInterface
  public interface Hook {
    void at(String point) throws Failure;
  }

  @FunctionalInterface
  private interface Call<T> {
    T make() throws Failure;
  }

  private final Destination inner;
  private final Hook hook;

  public HookedDestination(Destination inner, Hook hook) {
    this.inner = inner;
    this.hook = hook;
  }

  private <T> T hooked(String name, Call<T> call) throws Failure {
    hook.at("before " + name);
    T result = call.make();
    hook.at("after " + name);
    return result;
  }

  @Override
  public URI address(ObjectKey key) {
    return inner.address(key);
  }

  @Override
  public Optional<StoredObject> look(ObjectKey key) throws Failure {
    return hooked("look", () -> inner.look(key));
  }

  @Override
  public Optional<byte[]> read(ObjectKey key) throws Failure {
    return hooked("read", () -> inner.read(key));
  }

  @Override
  public Optional<SeekableByteChannel> open(ObjectKey key) throws Failure {
    return hooked("open", () -> inner.open(key));
  }

  @Override
  public List<StoredObject> list(ObjectKey prefix) throws Failure {
    return hooked("list", () -> inner.list(prefix));
  }

  @Override
  public List<StoredObject> list(ObjectKey prefix, ObjectKey from, ObjectKey until) throws Failure {
    return hooked("list", () -> inner.list(prefix, from, until));
  }

  @Override
  public List<String> folders(ObjectKey prefix) throws Failure {
    return hooked("folders", () -> inner.folders(prefix));
  }

  @Override
  public StagedObject stage(ObjectKey key) throws Failure {
    return hooked(hooked("stage", () -> inner.stage(key)));
  }

  @Override
  public StagedObject stage(ObjectKey key, Origin origin) throws Failure {
    return hooked(hooked("stage", () -> inner.stage(key, origin)));
  }

  private StagedObject hooked(StagedObject staged) {
    return new StagedObject() {
      @Override
      public OutputStream stream() {
        return staged.stream();
      }

      @Override
      public Landing commit(Condition condition) throws Failure {
        return hooked("commit", () -> staged.commit(condition));
      }

      @Override
      public void close() {
        staged.close();
      }
    };
  }

  @Override
  public Landing put(ObjectKey key, byte[] content, Condition condition) throws Failure {
    return hooked("put " + key, () -> inner.put(key, content, condition));
  }

  @Override
  public void overwrite(ObjectKey key, byte[] content) throws Failure {
    hooked(
        "overwrite",
        () -> {
          inner.overwrite(key, content);
          return key;
        });
  }

  @Override
  public void delete(ObjectKey key) throws Failure {
    hooked(
        "delete",
        () -> {
          inner.delete(key);
          return key;
        });
  }

  @Override
  public Lock lock(JobName job) throws Failure {
    return hooked("lock", () -> inner.lock(job));
  }

  @Override
  public int sweep() throws Failure {
    return inner.sweep();
  }

  @Override
  public int sweep(Predicate<ObjectKey> ours) throws Failure {
    return inner.sweep(ours);
  }

  @Override
  public void close() {
    inner.close();
  }
}
