package dev.tributary.land.objectstore;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A request that a store did not carry out, or of which nobody knows whether it did. */
final class StoreFault extends Exception {

  private static final long serialVersionUID = 1L;

  /** What is known of the request. */
  enum Sort {
    /** The condition did not hold; nothing was changed. */
    REFUSED,
    /** No reply, or one that leaves open what was done; the same request may pass later. */
    UNCLEAR,
    /** The bucket, or the upload, is not there. */
    MISSING,
    /** The credentials do not allow it. */
    DENIED,
    /** The store understood and will not do it. */
    INVALID
  }

  private final Sort sort;
  private final @Nullable String retryAfter;

  /**
   * @param reason in the store's words, lower case, without secret
   */
  StoreFault(Sort sort, String reason, Throwable cause) {
    this(sort, reason, cause, null);
  }

  StoreFault(Sort sort, String reason, Throwable cause, @Nullable String retryAfter) {
    super(reason, cause);
    this.sort = sort;
    this.retryAfter = retryAfter;
  }

  /** When the store wants to be asked again, in its own notation. */
  Optional<String> retryAfter() {
    return Optional.ofNullable(retryAfter);
  }

  /** The same reply, of which nobody knows what it answers. */
  StoreFault unclear() {
    return new StoreFault(Sort.UNCLEAR, "an answer was lost, and then " + reason(), this);
  }

  Sort sort() {
    return sort;
  }

  String reason() {
    return String.valueOf(getMessage());
  }
}
