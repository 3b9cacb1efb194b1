package dev.tributary.land;

import dev.tributary.job.Failure;
import dev.tributary.job.Failure.Kind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;

/**
 * Makes a prefix ready to be written to, once in a process: its directories, its owner, and what
 * the file system below it can do. Looking at a destination never comes here, and so changes
 * nothing.
 */
record Opening(DiskCalls disk, LiveTemps live, boolean singleWriter) {

  LocalStore open(Path declared) throws Failure {
    try {
      Folders folders = new Folders(disk);
      folders.makeRoot(declared);
      Places places = new Places(declared.toRealPath());
      refuseForeign(places);
      folders.ensure(places.root(), places.staging(), Folders.PRIVATE);
      return probed(places, folders);
    } catch (IOException e) {
      throw DiskReason.cannotWrite(declared, e);
    }
  }

  private void refuseForeign(Places places) throws IOException, Failure {
    if (!Files.exists(places.ledger(), LinkOption.NOFOLLOW_LINKS)) {
      return;
    }
    String owner = disk.owner(places.ledger());
    String user = disk.user();
    if (!owner.equals(user)) {
      throw new Failure(
          Kind.NOT_AUTHORISED,
          "cannot write to '"
              + places.root()
              + "': its '_tributary' belongs to user '"
              + owner
              + "', and this is user '"
              + user
              + "'; run as '"
              + owner
              + "'");
    }
  }

  private LocalStore probed(Places places, Folders folders) throws IOException, Failure {
    Staging staging = new Staging(disk, live);
    Staging.Temp probe = staging.begin(places.staging(), false);
    try {
      boolean locks = canLock(probe);
      boolean links = canLink(probe);
      if (!singleWriter && !(locks && links)) {
        throw new Failure(
            Kind.CONFIGURATION,
            "cannot write to '"
                + places.root()
                + "': its file system has no "
                + (links ? "locks" : "hard links")
                + ", so two writers could not be told apart; if nobody else ever writes there, say"
                + " 'single_writer: true'");
      }
      return new LocalStore(disk, places, folders, staging, new FileLocks(disk), links, locks);
    } finally {
      staging.end(probe);
    }
  }

  private boolean canLock(Staging.Temp probe) throws IOException {
    try {
      disk.tryLock(probe.channel());
      return true;
    } catch (IOException e) {
      return refuseUnless(DiskReason.isLacking(e), e);
    }
  }

  private boolean canLink(Staging.Temp probe) throws IOException {
    String name = live.begin();
    Path second = Folders.parentOf(probe.path()).resolve(name);
    try {
      disk.link(probe.path(), second);
      disk.unlink(second);
      return true;
    } catch (UnsupportedOperationException e) {
      return false;
    } catch (IOException e) {
      return refuseUnless(DiskReason.isLacking(e), e);
    } finally {
      live.end(name);
    }
  }

  private static boolean refuseUnless(boolean lacking, IOException e) throws IOException {
    if (!lacking) {
      throw e;
    }
    return false;
  }
}
