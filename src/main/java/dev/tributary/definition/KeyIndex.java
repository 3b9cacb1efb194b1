package dev.tributary.definition;

import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** A section's keys by name, and the groups they stand in. Immutable. */
final class KeyIndex {

  /** Of the few lists of keys that there are, made once each. */
  private static final Map<List<Key<?>>, KeyIndex> MADE =
      Collections.synchronizedMap(new IdentityHashMap<>());

  private final Map<String, Key<?>> byName = new HashMap<>();
  private final Set<String> groups = new HashSet<>();

  private KeyIndex(List<Key<?>> keys) {
    for (Key<?> key : keys) {
      byName.putIfAbsent(key.name(), key);
      for (int dot = key.name().indexOf('.'); dot > 0; dot = key.name().indexOf('.', dot + 1)) {
        groups.add(key.name().substring(0, dot));
      }
    }
  }

  /** The index of one of the lists in {@link Keys#SECTIONS}. */
  static KeyIndex of(List<Key<?>> keys) {
    return MADE.computeIfAbsent(keys, KeyIndex::new);
  }

  Optional<Key<?>> key(String path) {
    return Optional.ofNullable(byName.get(path));
  }

  /** Whether keys stand under this path. */
  boolean isGroup(String path) {
    return groups.contains(path);
  }
}
