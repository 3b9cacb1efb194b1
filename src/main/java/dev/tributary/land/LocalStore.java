package dev.tributary.land;

import dev.tributary.job.ObjectKey;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * A prefix that this process may write to, and what its file system can do.
 *
 * @param links whether files can have two names: how a name is taken without overwriting
 * @param locks whether a process can tell that another one holds a file
 */
record LocalStore(
    DiskCalls disk,
    Places places,
    Folders folders,
    Staging staging,
    FileLocks fileLocks,
    boolean links,
    boolean locks) {

  private static final String REPLACING = "replacing.lock";

  Path path(ObjectKey key) {
    return places.of(key);
  }

  Staging.Temp begin() throws IOException {
    try {
      makeStaging();
      return staging.begin(places.staging(), locks);
    } catch (NoSuchFileException e) {
      folders.forget();
      makeStaging();
      return staging.begin(places.staging(), locks);
    }
  }

  void discard(Staging.Temp temp) {
    staging.end(temp);
  }

  Landing publish(ObjectKey key, Staging.Temp temp, Condition condition) throws IOException {
    Path target = places.of(key);
    Path directory = prepare(target);
    disk.sync(temp.channel());
    StoredObject object = object(key, temp);
    boolean landed =
        condition.version().isPresent()
            ? replace(key, temp, condition.version())
            : take(temp.path(), target);
    try {
      // also when a rival was faster: its name is relied upon from now on
      disk.syncDirectory(directory);
    } catch (IOException e) {
      if (landed) {
        return new Landing.Unknown(
            "'" + target + "' is there but may not survive a power cut: " + DiskReason.of(e));
      }
      throw e;
    }
    return landed ? new Landing.Landed(object) : new Landing.Refused();
  }

  /** For what may be lost: no waiting for the disk. */
  Landing replaceForNow(ObjectKey key, Staging.Temp temp) throws IOException {
    Path target = places.of(key);
    prepare(target);
    StoredObject object = object(key, temp);
    disk.rename(temp.path(), target);
    return new Landing.Landed(object);
  }

  void delete(ObjectKey key) throws IOException {
    if (places.look(key).isPresent()) {
      disk.unlink(places.of(key));
      disk.syncDirectory(Folders.parentOf(places.of(key)));
    }
  }

  Destination.Lock lock(String name, Consumer<String> late) throws IOException {
    makeStaging();
    return fileLocks.acquire(places.staging().resolve(name), locks, late);
  }

  int sweep() throws IOException {
    return staging.sweep(places.staging(), locks);
  }

  private void makeStaging() throws IOException {
    folders.ensure(places.root(), places.staging(), Folders.PRIVATE);
  }

  private Path prepare(Path target) throws IOException {
    Path directory = Folders.parentOf(target);
    try {
      folders.ensure(places.root(), directory);
      places.refuseDetour(directory);
    } catch (NoSuchFileException e) {
      folders.forget();
      folders.ensure(places.root(), directory);
      places.refuseDetour(directory);
    }
    return directory;
  }

  private boolean take(Path temp, Path target) throws IOException {
    if (!links) {
      // nobody else writes here, so nothing can come between the look and the rename
      Destination.Lock turn = lock(REPLACING, late -> {});
      try {
        if (Files.exists(target, LinkOption.NOFOLLOW_LINKS)) {
          return false;
        }
        disk.rename(temp, target);
        return true;
      } finally {
        turn.close();
      }
    }
    try {
      disk.link(temp, target);
      return true;
    } catch (FileAlreadyExistsException e) {
      return false;
    }
  }

  private boolean replace(ObjectKey key, Staging.Temp temp, Optional<String> version)
      throws IOException {
    Destination.Lock turn = lock(REPLACING, late -> {});
    try {
      if (!places.look(key).map(StoredObject::version).equals(version)) {
        return false;
      }
      disk.rename(temp.path(), places.of(key));
      return true;
    } finally {
      turn.close();
    }
  }

  private static StoredObject object(ObjectKey key, Staging.Temp temp) throws IOException {
    return Places.object(
        key,
        Files.readAttributes(temp.path(), BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS));
  }
}
