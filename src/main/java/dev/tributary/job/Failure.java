package dev.tributary.job;

/**
 * The world did not do what we asked: a server refused, a disk is full, a token is wrong. Its
 * message is one sentence for the operator, {@code cannot <verb> <which>: <what happened>; <what
 * follows>}, lower case, without full stop, class name or secret. Whoever knows the cause decides
 * the kind, and with it whether another attempt may help.
 */
public final class Failure extends Exception {

  private static final long serialVersionUID = 1L;

  /** What went wrong, and so what follows; the command line maps each to one exit code. */
  public enum Kind {
    /** The query or its data was refused; the same attempt fails again. */
    REFUSED(false),
    /** The query asks for more than the server allows; a smaller range may pass. */
    TOO_LARGE(false),
    /** The answer did not end in time; a smaller range, or another attempt, may pass. */
    TOO_SLOW(true),
    /** The bucket or table does not exist. */
    NOT_FOUND(false),
    /** The source or destination did not answer, answered too slowly or broke off. */
    UNREACHABLE(true),
    /** The destination took nothing: full, read-only, no such folder. */
    CANNOT_WRITE(true),
    /** Not now: a rival is at work, the clocks disagree, the process is being stopped. */
    TRY_AGAIN(true),
    /** The token, the certificate or the file's owner is wrong. */
    NOT_AUTHORISED(false),
    /** The definition cannot be carried out as it is. */
    CONFIGURATION(false);

    private final boolean retryable;

    Kind(boolean retryable) {
      this.retryable = retryable;
    }

    /** Whether the same attempt, made again, may succeed without anyone changing anything. */
    public boolean retryable() {
      return retryable;
    }

    /** Whether the same query over less time may succeed where this one failed. */
    public boolean isForSize() {
      return this == TOO_LARGE || this == TOO_SLOW;
    }
  }

  private final Kind kind;

  public Failure(Kind kind, String message) {
    super(message);
    this.kind = kind;
  }

  public Failure(Kind kind, String message, Throwable cause) {
    super(message, cause);
    this.kind = kind;
  }

  public Kind kind() {
    return kind;
  }

  /** The operator's sentence; never null, unlike a general exception's message. */
  public String sentence() {
    return String.valueOf(getMessage());
  }
}
