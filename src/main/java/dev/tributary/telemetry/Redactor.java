package dev.tributary.telemetry;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Takes known secrets out of text that leaves the process: as they are, in Base64 at any offset,
 * URL-encoded, and as JSON writes them. Safe for use by several threads.
 */
public final class Redactor {

  /** What stands where a secret stood. */
  public static final String MASK = "***";

  /** A shorter one protects nothing, and its removal would make every line unreadable. */
  private static final int SHORTEST = 4;

  /** Secrets rotate and a daemon lives long: the oldest are forgotten beyond this number. */
  private static final int MOST = 512;

  private static final Redactor PROCESS = new Redactor();

  private final Set<String> secrets = new LinkedHashSet<>();
  private volatile List<String> forms = List.of();
  private volatile boolean stale;

  /** Knows no secret yet. */
  Redactor() {}

  /** The one of this process, which its log and its console go through. */
  public static Redactor ofProcess() {
    return PROCESS;
  }

  /**
   * Takes this secret out from now on.
   *
   * @return false if it is too short to be taken out, under four characters
   */
  public synchronized boolean learn(String secret) {
    if (secret.length() < SHORTEST) {
      return false;
    }
    if (secrets.contains(secret)) {
      return true;
    }
    if (secrets.size() == MOST) {
      secrets.remove(secrets.iterator().next());
    }
    secrets.add(secret);
    // the forms are worked out at the first line, which most one-shot commands never write
    stale = true;
    return true;
  }

  /** The text without any secret. */
  public String redact(String text) {
    if (stale) {
      refresh();
    }
    String safe = text;
    for (String form : forms) {
      if (safe.contains(form)) {
        safe = safe.replace(form, MASK);
      }
    }
    return safe;
  }

  private synchronized void refresh() {
    if (!stale) {
      return;
    }
    Set<String> all = new LinkedHashSet<>();
    secrets.forEach(secret -> all.addAll(SecretForms.of(secret)));
    List<String> longestFirst = new ArrayList<>(all);
    longestFirst.sort(Comparator.comparingInt(String::length).reversed());
    forms = List.copyOf(longestFirst);
    stale = false;
  }
}
