package dev.tributary.run;

import dev.tributary.job.Content;
import dev.tributary.job.ObjectKey;
import dev.tributary.job.Window;
import dev.tributary.land.Condition;
import dev.tributary.ledger.Intent;
import dev.tributary.ledger.Manifest;
import java.util.Optional;

/**
 * What a look at a window found.
 *
 * @param window the window looked at
 * @param key where its file belongs
 * @param newest manifest of its highest generation
 * @param intent of an attempt at the next generation that did not get through, or has not yet
 * @param condition what must still hold at the key when a new file is published
 * @param settled the outcome, when looking was enough
 */
record Sight(
    Window window,
    ObjectKey key,
    Optional<Manifest> newest,
    Optional<Intent> intent,
    Condition condition,
    Optional<Outcome.Settled> settled) {

  /** The highest generation recorded; 0 when there is none. */
  int generation() {
    return newest.map(manifest -> manifest.attempt().generation()).orElse(0);
  }

  /** Whether the newest generation has the rows that came now. */
  boolean holds(Content content) {
    return newest
        .map(Manifest::content)
        .filter(there -> there.rows() == content.rows())
        .filter(there -> there.digest().equals(content.digest()))
        .isPresent();
  }

  /** Whether the newest generation has a file, so that an empty one must replace it by a file. */
  boolean hasFile() {
    return newest.map(manifest -> !manifest.files().isEmpty()).orElse(false);
  }
}
