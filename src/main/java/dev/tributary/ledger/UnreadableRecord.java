package dev.tributary.ledger;

/** A record is not what we write: its message says what is wrong, without saying where. */
final class UnreadableRecord extends Exception {

  private static final long serialVersionUID = 1L;

  UnreadableRecord(String message) {
    super(message);
  }

  UnreadableRecord(String message, Throwable cause) {
    super(message, cause);
  }
}
