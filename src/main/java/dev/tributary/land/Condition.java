package dev.tributary.land;

import java.util.Optional;

/**
 * What must hold at a key for a publication to happen.
 *
 * @param version the version that must still be there; absent means that nothing may be there
 */
public record Condition(Optional<String> version) {

  /** Nothing is at the key yet. */
  public static final Condition ABSENT = new Condition(Optional.empty());

  /** The object at the key is still the one that {@link StoredObject#version} named. */
  public static Condition unchanged(String version) {
    return new Condition(Optional.of(version));
  }
}
