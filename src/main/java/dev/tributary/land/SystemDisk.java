package dev.tributary.land;

import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.CREATE_NEW;
import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The operating system's own calls. */
final class SystemDisk implements DiskCalls {

  private static final String FILE = "rw-r-----";
  private static final String LOCK_FILE = "rw-------";
  private static final Path SELF = Path.of("/proc/self");

  @Override
  public FileChannel create(Path file) throws IOException {
    return FileChannel.open(file, Set.of(CREATE_NEW, WRITE), permissions(file, FILE));
  }

  @Override
  public FileChannel openLockFile(Path file) throws IOException {
    return FileChannel.open(
        file, Set.of(CREATE, READ, WRITE, LinkOption.NOFOLLOW_LINKS), permissions(file, LOCK_FILE));
  }

  @Override
  public void write(FileChannel file, ByteBuffer bytes) throws IOException {
    while (bytes.hasRemaining()) {
      file.write(bytes);
    }
  }

  @Override
  public void sync(FileChannel file) throws IOException {
    file.force(true);
  }

  @Override
  public void syncDirectory(Path directory) throws IOException {
    try (FileChannel channel = FileChannel.open(directory, READ)) {
      channel.force(true);
    }
  }

  @Override
  public void link(Path file, Path name) throws IOException {
    Files.createLink(name, file);
  }

  @Override
  public void rename(Path file, Path name) throws IOException {
    Files.move(file, name, StandardCopyOption.ATOMIC_MOVE);
  }

  @Override
  public void makeDirectory(Path directory, String permissions) throws IOException {
    Files.createDirectory(directory, permissions(directory, permissions));
  }

  @Override
  public void unlink(Path file) throws IOException {
    Files.deleteIfExists(file);
  }

  @Override
  public @Nullable FileLock tryLock(FileChannel file) throws IOException {
    return file.tryLock();
  }

  @Override
  public FileLock lock(FileChannel file) throws IOException {
    return file.lock();
  }

  @Override
  public String owner(Path file) throws IOException {
    return Files.getOwner(file).getName();
  }

  @Override
  public String user() throws IOException {
    // a container's user may have no name: only the files of a process tell whom it writes as
    if (Files.exists(SELF)) {
      return owner(SELF);
    }
    Path mine = Files.createTempFile("tributary", null);
    try {
      return owner(mine);
    } finally {
      Files.delete(mine);
    }
  }

  private static FileAttribute<?>[] permissions(Path path, String permissions) {
    if (!path.getFileSystem().supportedFileAttributeViews().contains("posix")) {
      return new FileAttribute<?>[0];
    }
    return new FileAttribute<?>[] {
      PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions))
    };
  }
}
