package dev.tributary.ledger;

import dev.tributary.job.Attempt;
import dev.tributary.job.Window;
import java.time.Instant;
import java.util.Optional;

/**
 * Somebody set out to publish a generation of a window: until its manifest stands, the window is
 * due.
 *
 * @param window the window
 * @param generation the one to be published
 * @param attempt id of the attempt that set out first
 * @param began when it did, by its clock
 * @param planned what will be published, where that is several files: their keys and digests, and
 *     all that a manifest holds but the files' versions
 * @param version the destination's word for this state of the record
 */
public record Intent(
    Window window,
    int generation,
    String attempt,
    Instant began,
    Optional<Manifest> planned,
    String version) {

  /** The intent that goes with a manifest, as far as ending it needs to know. */
  public static Intent of(Manifest manifest) {
    Attempt attempt = manifest.attempt();
    return new Intent(
        attempt.window(),
        attempt.generation(),
        attempt.id(),
        attempt.began(),
        Optional.empty(),
        "");
  }
}
