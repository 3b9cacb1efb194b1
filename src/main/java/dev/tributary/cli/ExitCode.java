package dev.tributary.cli;

import dev.tributary.job.Failure;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** How a command ends: the codes of BSD's {@code sysexits.h}, which supervisors can act upon. */
public enum ExitCode {
  DONE(0, "done, or nothing due"),
  BUG(1, "a bug"),
  USAGE(64, "wrong usage"),
  REFUSED(65, "query or data refused"),
  NOT_FOUND(66, "no such job or bucket"),
  UNREACHABLE(69, "source or destination unreachable"),
  CANNOT_WRITE(73, "the destination cannot be written"),
  TRY_AGAIN(75, "partly done, try again; also after SIGTERM"),
  NOT_AUTHORISED(77, "not authorised"),
  CONFIGURATION(78, "configuration");

  private static final List<ExitCode> WORST_FIRST =
      List.of(CONFIGURATION, NOT_AUTHORISED, CANNOT_WRITE, USAGE, NOT_FOUND, REFUSED, BUG);

  private static final Set<ExitCode> WORTH_RETRYING =
      EnumSet.of(UNREACHABLE, CANNOT_WRITE, TRY_AGAIN);

  private final int number;
  private final String meaning;

  ExitCode(int number, String meaning) {
    this.number = number;
    this.meaning = meaning;
  }

  public int number() {
    return number;
  }

  /** What the code tells an operator, in a few words. */
  String meaning() {
    return meaning;
  }

  static ExitCode of(Failure.Kind kind) {
    return switch (kind) {
      case REFUSED, TOO_LARGE -> REFUSED;
      case NOT_FOUND -> NOT_FOUND;
      case UNREACHABLE, TOO_SLOW -> UNREACHABLE;
      case CANNOT_WRITE -> CANNOT_WRITE;
      case TRY_AGAIN -> TRY_AGAIN;
      case NOT_AUTHORISED -> NOT_AUTHORISED;
      case CONFIGURATION -> CONFIGURATION;
    };
  }

  /**
   * One code for several failures: the common one when all are alike, 75 when any is worth trying
   * again, else the worst.
   */
  static ExitCode of(Collection<ExitCode> failures) {
    Set<ExitCode> kinds = EnumSet.noneOf(ExitCode.class);
    kinds.addAll(failures);
    kinds.remove(DONE);
    if (kinds.isEmpty()) {
      return DONE;
    }
    if (kinds.size() == 1) {
      return kinds.iterator().next();
    }
    if (kinds.stream().anyMatch(WORTH_RETRYING::contains)) {
      return TRY_AGAIN;
    }
    return WORST_FIRST.stream().filter(kinds::contains).findFirst().orElse(BUG);
  }
}
