package dev.tributary.land;

import dev.tributary.job.ObjectKey;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * Where keys lie on the disk. The prefix itself may be reached through symbolic links, nothing
 * below it may: a link planted there would lead out of it.
 */
record Places(Path root) {

  private static final String LEDGER = "_tributary";

  Path of(ObjectKey key) {
    return root.resolve(key.value());
  }

  Path ledger() {
    return root.resolve(LEDGER);
  }

  Path staging() {
    return ledger().resolve("staging");
  }

  /** Whether a path is staging itself or the like, which no listing shows. */
  boolean isHidden(Path path) {
    return path.equals(staging());
  }

  /** The object at a key; a directory or a link in its place is a failure. */
  Optional<StoredObject> look(ObjectKey key) throws IOException {
    Path path = of(key);
    try {
      refuseDetour(Folders.parentOf(path));
      BasicFileAttributes attributes =
          Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
      refuseOther(path, attributes);
      return Optional.of(object(key, attributes));
    } catch (NoSuchFileException e) {
      return Optional.empty();
    } catch (FileSystemException e) {
      if ("Not a directory".equals(e.getReason())) {
        return Optional.empty();
      }
      throw e;
    }
  }

  /** Fails if a directory is reached through a link. */
  void refuseDetour(Path directory) throws IOException {
    if (!directory.toRealPath().equals(directory)) {
      throw new FileSystemException(directory.toString(), null, Folders.followsNoLink(directory));
    }
  }

  private static void refuseOther(Path path, BasicFileAttributes attributes) throws IOException {
    if (attributes.isSymbolicLink()) {
      throw new FileSystemException(path.toString(), null, Folders.followsNoLink(path));
    }
    if (!attributes.isRegularFile()) {
      throw new FileSystemException(path.toString(), null, "something else is in its place");
    }
  }

  static StoredObject object(ObjectKey key, BasicFileAttributes attributes) {
    return new StoredObject(key, attributes.size(), version(attributes));
  }

  private static String version(BasicFileAttributes attributes) {
    // the device number is left out: it may change when a disk is mounted again
    String identity = String.valueOf(attributes.fileKey()).replaceFirst("^.*ino=(\\d+)\\)$", "$1");
    return identity + "-" + attributes.size() + "-" + nanos(attributes.lastModifiedTime());
  }

  private static long nanos(FileTime time) {
    return time.to(TimeUnit.NANOSECONDS);
  }
}
