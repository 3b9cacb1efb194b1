package dev.tributary.land;

import static java.nio.file.StandardOpenOption.WRITE;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Where files lie until they are published: below {@code _tributary/}, so on the same file system,
 * but out of sight of whoever reads the data. Each is locked by its writer for as long as it lives.
 */
final class Staging {

  private final DiskCalls disk;
  private final LiveTemps live;

  Staging(DiskCalls disk, LiveTemps live) {
    this.disk = disk;
    this.live = live;
  }

  /** A file being written; closed when it is published or discarded. */
  record Temp(String name, Path path, FileChannel channel) {}

  /** A new file, locked if the file system has locks. */
  Temp begin(Path directory, boolean locks) throws IOException {
    while (true) {
      String name = live.begin();
      Path path = directory.resolve(name);
      FileChannel channel;
      try {
        channel = disk.create(path);
      } catch (IOException | RuntimeException | Error e) {
        live.end(name);
        throw e;
      }
      Temp temp = new Temp(name, path, channel);
      try {
        // a sweep may have held the file, and removed it, before we came to lock it
        if (!locks || (disk.tryLock(channel) != null && Files.exists(path))) {
          return temp;
        }
      } catch (IOException | RuntimeException | Error e) {
        end(temp);
        throw e;
      }
      end(temp);
    }
  }

  /** Removes the temporary name, whatever else the file is called by now. */
  void end(Temp temp) {
    try {
      disk.unlink(temp.path());
    } catch (IOException e) {
      // a leftover is the sweep's
    } finally {
      FileLocks.closeQuietly(temp.channel());
      live.end(temp.name());
    }
  }

  /** Removes what no process holds any more. */
  int sweep(Path directory, boolean locks) throws IOException {
    int removed = 0;
    for (Path file : temps(directory)) {
      String name = String.valueOf(file.getFileName());
      // without locks one writer was promised, so whatever is not ours is dead
      boolean dead =
          live.isOurs(name)
              ? !live.isLive(name)
              : isRegular(file) && (!locks || removeIfFree(file));
      if (dead) {
        disk.unlink(file);
        removed++;
      }
    }
    return removed;
  }

  private boolean removeIfFree(Path file) throws IOException {
    try (FileChannel channel = FileChannel.open(file, WRITE, LinkOption.NOFOLLOW_LINKS)) {
      if (disk.tryLock(channel) == null) {
        return false;
      }
      // while we hold the lock, so that a writer who comes to lock it finds it gone
      disk.unlink(file);
      return true;
    } catch (OverlappingFileLockException | NoSuchFileException e) {
      return false;
    }
  }

  private static boolean isRegular(Path file) {
    return Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS);
  }

  private static List<Path> temps(Path directory) throws IOException {
    List<Path> found = new ArrayList<>();
    try (DirectoryStream<Path> stream =
        Files.newDirectoryStream(directory, "*" + LiveTemps.SUFFIX)) {
      stream.forEach(found::add);
    } catch (NoSuchFileException | NotDirectoryException e) {
      return found;
    }
    return found;
  }
}
