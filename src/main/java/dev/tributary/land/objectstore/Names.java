package dev.tributary.land.objectstore;

import dev.tributary.job.ObjectKey;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;

/**
 * Between keys and a store's full names.
 *
 * @param prefix empty, or with a slash at its end
 */
record Names(String prefix) {

  /** Of a destination's path: slashes around it are not part of the prefix. */
  static Names below(String path) {
    String bare = path.replaceAll("^/+|/+$", "");
    return new Names(bare.isEmpty() ? "" : bare + "/");
  }

  String of(ObjectKey key) {
    return prefix + key.value();
  }

  String folder(ObjectKey key) {
    return of(key) + "/";
  }

  /** The key of a name; absent for names that no key of ours can have, such as folder marks. */
  Optional<ObjectKey> key(String name) {
    if (!name.startsWith(prefix)) {
      return Optional.empty();
    }
    try {
      return Optional.of(new ObjectKey(name.substring(prefix.length())));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  /** A name just before another, for listings that begin after a name. */
  static String before(String name) {
    char last = name.charAt(name.length() - 1);
    String rest = name.substring(0, name.length() - 1);
    boolean plain = last > '!' && last < 0x7f;
    return plain ? rest + (char) (last - 1) + "~" : rest;
  }

  /** Whether a store lists a name at or after another: by bytes of UTF-8. */
  static boolean isAtOrAfter(String name, String other) {
    return Arrays.compareUnsigned(
            name.getBytes(StandardCharsets.UTF_8), other.getBytes(StandardCharsets.UTF_8))
        >= 0;
  }
}
