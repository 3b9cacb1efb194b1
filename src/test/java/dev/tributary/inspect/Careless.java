package dev.tributary.inspect;

import dev.tributary.job.Failure;
import dev.tributary.job.JobName;
import dev.tributary.job.ObjectKey;
import dev.tributary.land.Condition;
import dev.tributary.land.Destination;
import dev.tributary.land.Landing;
import dev.tributary.land.StagedObject;
import dev.tributary.land.StoredObject;
import java.io.OutputStream;
import java.net.URI;
import java.nio.channels.SeekableByteChannel;
import java.util.List;
import java.util.Optional;

/** A destination that takes whatever comes, as stores do that do not know conditions. */
record Careless(Destination inner) implements Destination {

  private Condition asItIs(ObjectKey key) throws Failure {
    return new Condition(inner.look(key).map(StoredObject::version));
  }

  @Override
  public Landing put(ObjectKey key, byte[] content, Condition condition) throws Failure {
    return inner.put(key, content, asItIs(key));
  }

  @Override
  public StagedObject stage(ObjectKey key) throws Failure {
    StagedObject staged = inner.stage(key);
    return new StagedObject() {
      @Override
      public OutputStream stream() {
        return staged.stream();
      }

      @Override
      public Landing commit(Condition condition) throws Failure {
        return staged.commit(asItIs(key));
      }

      @Override
      public void close() {
        staged.close();
      }
    };
  }

  @Override
  public URI address(ObjectKey key) {
    return inner.address(key);
  }

  @Override
  public Optional<StoredObject> look(ObjectKey key) throws Failure {
    return inner.look(key);
  }

  @Override
  public Optional<byte[]> read(ObjectKey key) throws Failure {
    return inner.read(key);
  }

  @Override
  public Optional<SeekableByteChannel> open(ObjectKey key) throws Failure {
    return inner.open(key);
  }

  @Override
  public List<StoredObject> list(ObjectKey prefix) throws Failure {
    return inner.list(prefix);
  }

  @Override
  public List<StoredObject> list(ObjectKey prefix, ObjectKey from, ObjectKey until) throws Failure {
    return inner.list(prefix, from, until);
  }

  @Override
  public List<String> folders(ObjectKey prefix) throws Failure {
    return inner.folders(prefix);
  }

  @Override
  public void overwrite(ObjectKey key, byte[] content) throws Failure {
    inner.overwrite(key, content);
  }

  @Override
  public void delete(ObjectKey key) throws Failure {
    inner.delete(key);
  }

  @Override
  public Lock lock(JobName job) throws Failure {
    return inner.lock(job);
  }

  @Override
  public int sweep() throws Failure {
    return inner.sweep();
  }

  @Override
  public void close() {
    inner.close();
  }
}
