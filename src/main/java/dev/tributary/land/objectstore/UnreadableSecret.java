package dev.tributary.land.objectstore;

import dev.tributary.job.Failure;

/** Carries a secret's failure through a vendor's client, which knows no checked exceptions. */
final class UnreadableSecret extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final Failure failure;

  UnreadableSecret(Failure failure) {
    super(failure);
    this.failure = failure;
  }

  Failure failure() {
    return failure;
  }
}
