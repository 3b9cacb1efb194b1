package dev.tributary.land;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The system's disk, until a call of ours: that one fails, or is the last of a dying process. */
final class FaultyDisk implements DiskCalls {

  private final SystemDisk system = new SystemDisk();
  private final List<FileChannel> opened = new ArrayList<>();
  private final List<String> calls = new ArrayList<>();
  private final int at;
  private final @Nullable String reason;
  private boolean dead;
  private @Nullable String owner;
  private boolean withoutLinks;
  private boolean withoutLocks;

  private FaultyDisk(int at, @Nullable String reason) {
    this.at = at;
    this.reason = reason;
  }

  static FaultyDisk sound() {
    return new FaultyDisk(0, null);
  }

  /** Its call number {@code at}, counted from 1, fails for the system's reason. */
  static FaultyDisk failing(int at, String reason) {
    return new FaultyDisk(at, reason);
  }

  /** The process dies instead of making its call number {@code at}. */
  static FaultyDisk dying(int at) {
    return new FaultyDisk(at, null);
  }

  FaultyDisk ownedBy(String user) {
    owner = user;
    return this;
  }

  FaultyDisk withoutLinks() {
    withoutLinks = true;
    return this;
  }

  FaultyDisk withoutLocks() {
    withoutLocks = true;
    return this;
  }

  /** The death of the process. */
  static final class Died extends Error {
    private static final long serialVersionUID = 1L;
  }

  List<String> calls() {
    return calls;
  }

  /** Whether the call that was to fail was reached. */
  boolean struck() {
    return at > 0 && calls.size() >= at;
  }

  private void call(String name) throws IOException {
    if (dead) {
      throw new Died();
    }
    calls.add(name);
    if (calls.size() != at) {
      return;
    }
    if (reason == null) {
      dead = true;
      for (FileChannel channel : opened) {
        channel.close();
      }
      throw new Died();
    }
    throw new FileSystemException("somewhere", null, reason);
  }

  private FileChannel remember(FileChannel channel) {
    opened.add(channel);
    return channel;
  }

  @Override
  public FileChannel create(Path file) throws IOException {
    call("create");
    return remember(system.create(file));
  }

  @Override
  public FileChannel openLockFile(Path file) throws IOException {
    call("openLockFile");
    return remember(system.openLockFile(file));
  }

  @Override
  public void write(FileChannel file, ByteBuffer bytes) throws IOException {
    call("write");
    system.write(file, bytes);
  }

  @Override
  public void sync(FileChannel file) throws IOException {
    call("sync");
    system.sync(file);
  }

  @Override
  public void syncDirectory(Path directory) throws IOException {
    call("syncDirectory " + directory.getFileName());
    system.syncDirectory(directory);
  }

  @Override
  public void link(Path file, Path name) throws IOException {
    call("link");
    if (withoutLinks) {
      throw new FileSystemException(name.toString(), file.toString(), "Operation not permitted");
    }
    system.link(file, name);
  }

  @Override
  public void rename(Path file, Path name) throws IOException {
    call("rename");
    system.rename(file, name);
  }

  @Override
  public void makeDirectory(Path directory, String permissions) throws IOException {
    call("makeDirectory " + directory.getFileName());
    system.makeDirectory(directory, permissions);
  }

  @Override
  public void unlink(Path file) throws IOException {
    call("unlink");
    system.unlink(file);
  }

  @Override
  public @Nullable FileLock tryLock(FileChannel file) throws IOException {
    call("tryLock");
    refuseLock();
    return system.tryLock(file);
  }

  @Override
  public FileLock lock(FileChannel file) throws IOException {
    call("lock");
    refuseLock();
    return system.lock(file);
  }

  private void refuseLock() throws IOException {
    if (withoutLocks) {
      throw new IOException("No locks available");
    }
  }

  @Override
  public String owner(Path file) throws IOException {
    return owner != null ? owner : system.owner(file);
  }

  @Override
  public String user() throws IOException {
    return system.user();
  }
}
