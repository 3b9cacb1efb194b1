package dev.tributary.land.objectstore;

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

  /**
   * @param reason in the store's words, lower case, without secret
   */
  StoreFault(Sort sort, String reason, Throwable cause) {
    super(reason, cause);
    this.sort = sort;
  }

  Sort sort() {
    return sort;
  }

  String reason() {
    return String.valueOf(getMessage());
  }
}
