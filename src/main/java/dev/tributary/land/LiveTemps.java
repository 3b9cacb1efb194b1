package dev.tributary.land;

import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The temporary files that this process is writing. The sweep asks here about its own process's and
 * never opens them: closing a second channel on a file drops the lock the first one holds.
 */
final class LiveTemps {

  /** The one of this process. */
  static final LiveTemps HERE = new LiveTemps();

  static final String SUFFIX = ".tmp";

  private final String token = HexFormat.of().toHexDigits(new SecureRandom().nextLong());
  private final AtomicLong count = new AtomicLong();
  private final Set<String> live = ConcurrentHashMap.newKeySet();

  /** A name that no file ever had, live from now on. */
  String begin() {
    String name = token + "-" + count.incrementAndGet() + SUFFIX;
    live.add(name);
    return name;
  }

  void end(String name) {
    live.remove(name);
  }

  boolean isLive(String name) {
    return live.contains(name);
  }

  /** Whether a file of this name was made by this process. */
  boolean isOurs(String name) {
    return name.startsWith(token + "-");
  }
}
