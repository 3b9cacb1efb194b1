package dev.tributary.land;

import static java.nio.file.StandardOpenOption.READ;

import dev.tributary.job.DestinationSpec;
import dev.tributary.job.Failure;
import dev.tributary.job.Failure.Kind;
import dev.tributary.job.JobName;
import dev.tributary.job.ObjectKey;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A directory of the local disk, or of a network file system with hard links and locks. An object
 * is staged, synced, and given its name by a hard link, which refuses to overwrite; it is replaced
 * by a rename. Looking changes nothing and needs nothing to exist; the first write makes the
 * prefix.
 */
public final class LocalDestination implements Destination {

  private static final long SMALL = 64L << 20;

  private final Path declared;
  private final Opening opening;
  private @Nullable LocalStore store;

  private LocalDestination(Path declared, Opening opening) {
    this.declared = declared;
    this.opening = opening;
  }

  /**
   * The directory that the destination's address names.
   *
   * @throws Failure of kind {@code CONFIGURATION} if the address is not that of a local directory
   */
  public static Destination open(DestinationSpec spec) throws Failure {
    return open(spec, new SystemDisk(), LiveTemps.HERE);
  }

  static LocalDestination open(DestinationSpec spec, DiskCalls disk, LiveTemps live)
      throws Failure {
    try {
      Path path = Path.of(spec.url()).toAbsolutePath().normalize();
      return new LocalDestination(path, new Opening(disk, live, spec.singleWriter()));
    } catch (IllegalArgumentException | java.nio.file.FileSystemNotFoundException e) {
      throw new Failure(
          Kind.CONFIGURATION,
          "cannot open destination '"
              + spec.name()
              + "': '"
              + spec.url()
              + "' is not the address of a local directory; write it as 'file:///path'",
          e);
    }
  }

  @Override
  public URI address(ObjectKey key) {
    return declared.resolve(key.value()).toUri();
  }

  @Override
  public Optional<StoredObject> look(ObjectKey key) throws Failure {
    try {
      Optional<Places> places = places();
      return places.isPresent() ? places.get().look(key) : Optional.empty();
    } catch (IOException e) {
      throw DiskReason.cannotRead(path(key), e);
    }
  }

  @Override
  public Optional<Instant> written(ObjectKey key) throws Failure {
    try {
      return look(key).isPresent()
          ? Optional.of(Files.getLastModifiedTime(path(key)).toInstant())
          : Optional.empty();
    } catch (IOException e) {
      throw DiskReason.cannotRead(path(key), e);
    }
  }

  @Override
  public Optional<byte[]> read(ObjectKey key) throws Failure {
    try (@Nullable SeekableByteChannel channel = open(key).orElse(null)) {
      if (channel == null) {
        return Optional.empty();
      }
      if (channel.size() > SMALL) {
        throw new Failure(
            Kind.REFUSED,
            "cannot read '"
                + path(key)
                + "': it has "
                + channel.size()
                + " bytes, more than the 64 MiB of any record; something else lies in its place");
      }
      try (InputStream in = Channels.newInputStream(channel)) {
        return Optional.of(in.readAllBytes());
      }
    } catch (IOException e) {
      throw DiskReason.cannotRead(path(key), e);
    }
  }

  @Override
  public Optional<SeekableByteChannel> open(ObjectKey key) throws Failure {
    try {
      Optional<Places> places = places();
      if (places.isEmpty() || places.get().look(key).isEmpty()) {
        return Optional.empty();
      }
      makeLasting(places.get().of(key));
      return Optional.of(FileChannel.open(places.get().of(key), READ, LinkOption.NOFOLLOW_LINKS));
    } catch (NoSuchFileException e) {
      return Optional.empty();
    } catch (IOException e) {
      throw DiskReason.cannotRead(path(key), e);
    }
  }

  @Override
  public List<StoredObject> list(ObjectKey prefix) throws Failure {
    try {
      Optional<Places> places = places();
      return places.isPresent() ? FileTree.list(places.get(), prefix) : List.of();
    } catch (IOException e) {
      throw DiskReason.cannotRead(path(prefix), e);
    }
  }

  @Override
  public List<StoredObject> list(ObjectKey prefix, ObjectKey from, ObjectKey until) throws Failure {
    try {
      Optional<Places> places = places();
      return places.isPresent() ? FileTree.list(places.get(), prefix, from, until) : List.of();
    } catch (IOException e) {
      throw DiskReason.cannotRead(path(prefix), e);
    }
  }

  @Override
  public List<String> folders(ObjectKey prefix) throws Failure {
    try {
      Optional<Places> places = places();
      return places.isPresent() ? FileTree.folders(places.get(), prefix) : List.of();
    } catch (IOException e) {
      throw DiskReason.cannotRead(path(prefix), e);
    }
  }

  @Override
  public StagedObject stage(ObjectKey key) throws Failure {
    return staged(key);
  }

  @Override
  public Landing put(ObjectKey key, byte[] content, Condition condition) throws Failure {
    try (StagedFile staged = staged(key)) {
      fill(staged, key, content);
      return staged.commit(condition);
    }
  }

  @Override
  public void overwrite(ObjectKey key, byte[] content) throws Failure {
    try (StagedFile staged = staged(key)) {
      fill(staged, key, content);
      staged.overwrite();
    }
  }

  @Override
  public void delete(ObjectKey key) throws Failure {
    LocalStore opened = store();
    try {
      opened.delete(key);
    } catch (IOException e) {
      throw DiskReason.cannotWrite(path(key), e);
    }
  }

  @Override
  public Lock lock(JobName job) throws Failure {
    return lock(job, late -> {});
  }

  @Override
  public Lock lock(JobName job, Consumer<String> late) throws Failure {
    LocalStore opened = store();
    try {
      return opened.lock("job-" + job + ".lock", late);
    } catch (IOException e) {
      throw DiskReason.cannotWrite(declared, e);
    }
  }

  @Override
  public int sweep() throws Failure {
    if (!Files.isDirectory(new Places(declared).staging())) {
      return 0;
    }
    LocalStore opened = store();
    try {
      return opened.sweep();
    } catch (IOException e) {
      throw DiskReason.cannotWrite(declared, e);
    }
  }

  @Override
  public void close() {
    // nothing is held between calls
  }

  private StagedFile staged(ObjectKey key) throws Failure {
    LocalStore opened = store();
    try {
      return new StagedFile(key, opened.begin(), opened);
    } catch (IOException e) {
      throw DiskReason.cannotWrite(path(key), e);
    }
  }

  private void fill(StagedFile staged, ObjectKey key, byte[] content) throws Failure {
    try (OutputStream stream = staged.stream()) {
      stream.write(content);
    } catch (IOException e) {
      throw DiskReason.cannotWrite(path(key), e);
    }
  }

  /**
   * A writer who opens an object is about to vouch for it, and it may be a dead process's, which
   * never came to sync its name.
   */
  private void makeLasting(Path path) throws IOException {
    LocalStore opened = opened();
    if (opened != null) {
      opened.disk().syncDirectory(Folders.parentOf(path));
    }
  }

  private synchronized @Nullable LocalStore opened() {
    return store;
  }

  private Path path(ObjectKey key) {
    return declared.resolve(key.value());
  }

  private Optional<Places> places() throws IOException {
    try {
      return Optional.of(new Places(declared.toRealPath()));
    } catch (NoSuchFileException e) {
      return Optional.empty();
    }
  }

  private synchronized LocalStore store() throws Failure {
    if (store == null) {
      store = opening.open(declared);
    }
    return store;
  }
}
