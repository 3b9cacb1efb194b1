package dev.tributary.definition;

import java.util.Optional;
import java.util.function.Function;

/**
 * What a text says, or why it says nothing: exactly one of the two is present.
 *
 * @param value what the text says
 * @param finding the error because of which it was refused
 */
public record Parsed<T>(Optional<T> value, Optional<Finding> finding) {

  /**
   * @throws IllegalArgumentException unless exactly one is present
   */
  public Parsed {
    if (value.isPresent() == finding.isPresent()) {
      throw new IllegalArgumentException("neither or both of " + value + " and " + finding);
    }
  }

  static <T> Parsed<T> of(T value) {
    return new Parsed<>(Optional.of(value), Optional.empty());
  }

  static <T> Parsed<T> refused(int offset, int length, String message) {
    return refused(Finding.error(offset, length, message));
  }

  static <T> Parsed<T> refused(Finding finding) {
    return new Parsed<>(Optional.empty(), Optional.of(finding));
  }

  /** Applies whichever function fits. */
  public <R> R fold(
      Function<? super T, ? extends R> ifValue, Function<? super Finding, ? extends R> ifRefused) {
    return value.isPresent() ? ifValue.apply(value.get()) : ifRefused.apply(finding.orElseThrow());
  }
}
