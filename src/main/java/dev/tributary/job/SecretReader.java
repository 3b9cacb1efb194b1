package dev.tributary.job;

/** Resolves references to secrets. Safe for use by several threads. */
@FunctionalInterface
public interface SecretReader {

  /**
   * The secret's value now, without a trailing newline.
   *
   * @throws Failure of kind {@code NOT_AUTHORISED} if it is absent, empty or holds control
   *     characters; the message names the reference, never the value
   */
  String read(Secret secret) throws Failure;
}
