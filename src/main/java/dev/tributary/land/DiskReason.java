package dev.tributary.land;

import dev.tributary.job.Failure;
import dev.tributary.job.Failure.Kind;
import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileLockInterruptionException;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.FileSystemLoopException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.util.Locale;
import java.util.Set;

/** What the operating system said, as a sentence for the operator. */
final class DiskReason {

  private static final Set<String> LACKING =
      Set.of(
          "operation not permitted",
          "operation not supported",
          "function not implemented",
          "no locks available");

  private DiskReason() {}

  /** The system's reason in its own words, lower case; never a class name. */
  static String of(IOException e) {
    if (e instanceof AccessDeniedException) {
      return "permission denied";
    }
    if (e instanceof NoSuchFileException missing) {
      return "'" + missing.getFile() + "' does not exist";
    }
    if (e instanceof FileAlreadyExistsException taken) {
      return "'" + taken.getFile() + "' is in the way";
    }
    if (e instanceof NotDirectoryException file) {
      return "'" + file.getFile() + "' is not a directory";
    }
    if (e instanceof DirectoryNotEmptyException) {
      return "a directory is in its place";
    }
    if (e instanceof FileSystemLoopException) {
      return "symbolic links lead in a circle";
    }
    if (isInterrupt(e)) {
      return "it was interrupted";
    }
    String text = e instanceof FileSystemException system ? system.getReason() : e.getMessage();
    return text == null || text.isBlank() ? "input/output error" : lowerFirst(text);
  }

  /** Whether the file system cannot do such a thing at all. */
  static boolean isLacking(IOException e) {
    return LACKING.contains(of(e).toLowerCase(Locale.ROOT));
  }

  static Failure cannotWrite(Object which, IOException e) {
    String reason = of(e);
    return new Failure(
        isInterrupt(e) ? Kind.TRY_AGAIN : kindOf(reason),
        "cannot write '" + which + "': " + reason + "; " + advice(reason),
        e);
  }

  static Failure cannotRead(Object which, IOException e) {
    Kind kind =
        isInterrupt(e)
            ? Kind.TRY_AGAIN
            : e instanceof AccessDeniedException ? Kind.NOT_AUTHORISED : Kind.UNREACHABLE;
    return new Failure(
        kind, "cannot read '" + which + "': " + of(e) + "; nothing was changed there", e);
  }

  private static boolean isInterrupt(IOException e) {
    return e instanceof ClosedByInterruptException || e instanceof FileLockInterruptionException;
  }

  private static Kind kindOf(String reason) {
    return reason.equals("file name too long") ? Kind.CONFIGURATION : Kind.CANNOT_WRITE;
  }

  private static String advice(String reason) {
    return switch (reason) {
      case "no space left on device" -> "nothing was published, free some space there";
      case "permission denied" -> "nothing was published, let this user write there";
      case "file name too long" -> "nothing was published, choose a shorter path";
      default -> "nothing was published";
    };
  }

  private static String lowerFirst(String text) {
    return text.substring(0, 1).toLowerCase(Locale.ROOT) + text.substring(1);
  }
}
