package dev.tributary.land;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Every call that changes the disk or waits for it, so that a test can let any one of them fail, or
 * be the last of a dying process.
 */
interface DiskCalls {

  /** A new file, readable by owner and group; fails if the name is taken. */
  FileChannel create(Path file) throws IOException;

  /** The file whose lock is asked for, made if it is missing. */
  FileChannel openLockFile(Path file) throws IOException;

  /** Writes all that remains. */
  void write(FileChannel file, ByteBuffer bytes) throws IOException;

  /** Returns when the file's bytes would survive a power cut. */
  void sync(FileChannel file) throws IOException;

  /** Returns when the directory's entries would survive a power cut. */
  void syncDirectory(Path directory) throws IOException;

  /** A second name for a file; fails if the name is taken. */
  void link(Path file, Path name) throws IOException;

  /** Moves a file over whatever bears the name. */
  void rename(Path file, Path name) throws IOException;

  void makeDirectory(Path directory, String permissions) throws IOException;

  /** Removes a name; one that is not there is no failure. */
  void unlink(Path file) throws IOException;

  /** The file's lock, or null while another process holds it. */
  @Nullable FileLock tryLock(FileChannel file) throws IOException;

  /** The file's lock, once nobody else holds it. */
  FileLock lock(FileChannel file) throws IOException;

  /** The name of the user who owns a file. */
  String owner(Path file) throws IOException;

  /** The name of the user as whom this process writes. */
  String user() throws IOException;
}
