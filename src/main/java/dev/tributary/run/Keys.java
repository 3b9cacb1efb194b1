package dev.tributary.run;

import dev.tributary.job.Failure;
import dev.tributary.job.Job;
import dev.tributary.job.ObjectKey;
import dev.tributary.job.Window;
import dev.tributary.land.Destination;
import dev.tributary.land.StoredObject;
import dev.tributary.ledger.Manifest;
import dev.tributary.plan.KeyShape;
import dev.tributary.plan.PartPath;
import dev.tributary.plan.PathTemplate;
import java.util.List;
import java.util.Optional;

/** Where the files of a job's windows lie. Safe for use by several threads. */
final class Keys {

  private static final String MARKER = "_SUCCESS";

  private final Job job;
  private final PathTemplate path;

  Keys(Job job) {
    this.job = job;
    this.path = PathTemplate.ofChecked(job.target().path());
  }

  /** Whether windows are several files. */
  boolean parted() {
    return !job.output().partitionBy().isEmpty();
  }

  /** The folder that holds all of the job's files, if there is one. */
  Optional<ObjectKey> folder() {
    return path.folder(job.name());
  }

  /** What the keys of all windows look like. */
  KeyShape shape() {
    return KeyShape.of(
        path,
        job.name(),
        job.zone(),
        job.output().format().extension(),
        job.output().partitionBy());
  }

  /** The one file of a window. */
  ObjectKey file(Window window) {
    return path.key(job.name(), window, job.zone(), job.output().format().extension());
  }

  /** The several files of a window. */
  PartPath parts(Window window) {
    return PartPath.of(
        path,
        job.name(),
        window,
        job.zone(),
        job.output().format().extension(),
        job.output().partitionBy());
  }

  /** What tells that the windows of a folder, as far as they were due, are there. */
  ObjectKey marker(Window window) {
    String file = file(window).value();
    return new ObjectKey(file.substring(0, file.lastIndexOf('/') + 1) + MARKER);
  }

  /** Everything that may be a part of a window, and more. */
  List<StoredObject> listed(Destination destination, Window window) throws Failure {
    PartPath parts = parts(window);
    return destination.list(parts.folder(), parts.first(), parts.until());
  }

  /** Whether a file of a manifest lies where this definition would put it. */
  boolean isOurs(Window window, Manifest.DataFile file) {
    return parted()
        ? parts(window).generationOf(file.key()).isPresent()
        : file.key().equals(file(window));
  }
}
