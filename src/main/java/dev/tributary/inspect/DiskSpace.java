package dev.tributary.inspect;

import dev.tributary.inspect.Diagnosis.Part;
import dev.tributary.job.Failure.Kind;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;

/** How much room a local destination has. */
final class DiskSpace {

  private static final long TIGHT = 1L << 30;
  private static final long FULL = 16L << 20;

  private DiskSpace() {}

  static Diagnosis below(Part part, URI folder) {
    long free;
    try {
      free = Files.getFileStore(Path.of(folder)).getUsableSpace();
    } catch (IOException e) {
      return part.doubtful("space", "the file system does not tell how much is free");
    }
    String told = (free >> 20) + " MiB are free";
    if (free < FULL) {
      return part.wrong("space", Kind.CANNOT_WRITE, told + "; make room before the next window");
    }
    return free < TIGHT
        ? part.doubtful("space", told + "; make room soon")
        : part.right("space", told);
  }
}
