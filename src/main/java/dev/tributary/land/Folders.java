package dev.tributary.land;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Directories below a prefix, made when needed and made to last: a directory that a killed process
 * had just made is synced again, for nobody knows whether it came to that.
 */
final class Folders {

  static final String OPEN = "rwxr-x---";
  static final String PRIVATE = "rwx------";

  private static final int REMEMBERED = 4096;

  private final DiskCalls disk;
  private final Set<Path> lasting = ConcurrentHashMap.newKeySet();

  Folders(DiskCalls disk) {
    this.disk = disk;
  }

  /** Makes the prefix and whatever is missing above it; it may be reached through links. */
  void makeRoot(Path root) throws IOException {
    if (Files.isDirectory(root)) {
      return;
    }
    Path parent = parentOf(root);
    makeRoot(parent);
    make(root, OPEN);
    disk.syncDirectory(parent);
  }

  /** Makes a directory below the prefix, and those between. */
  void ensure(Path root, Path directory) throws IOException {
    ensure(root, directory, OPEN);
  }

  void ensure(Path root, Path directory, String permissions) throws IOException {
    if (directory.equals(root) || lasting.contains(directory)) {
      return;
    }
    Path parent = parentOf(directory);
    ensure(root, parent, OPEN);
    make(directory, permissions);
    disk.syncDirectory(parent);
    if (lasting.size() >= REMEMBERED) {
      lasting.clear();
    }
    lasting.add(directory);
  }

  /** Somebody removed directories behind our back. */
  void forget() {
    lasting.clear();
  }

  private void make(Path directory, String permissions) throws IOException {
    try {
      disk.makeDirectory(directory, permissions);
    } catch (FileAlreadyExistsException e) {
      if (Files.isSymbolicLink(directory)) {
        throw new FileSystemException(directory.toString(), null, followsNoLink(directory));
      }
      if (!Files.isDirectory(directory, LinkOption.NOFOLLOW_LINKS)) {
        throw new NotDirectoryException(directory.toString());
      }
    }
  }

  static String followsNoLink(Path link) {
    return "'" + link + "' is a symbolic link, which is not followed below a prefix";
  }

  static Path parentOf(Path path) {
    return Objects.requireNonNull(path.getParent(), "a path below a root");
  }
}
