package dev.tributary.run;

import dev.tributary.job.Window;
import java.util.Optional;

/**
 * What a pass is asked for.
 *
 * @param window this window by name, due or not; absent means everything that is due
 * @param aim what to do about a window that is settled; anything but {@link Aim#SETTLE} goes with a
 *     window
 * @param fresh whether a snapshot job without a schedule makes another snapshot
 */
public record Order(Optional<Window> window, Aim aim, boolean fresh) {

  /** Everything that is due. */
  public static final Order DUE = new Order(Optional.empty(), Aim.SETTLE, false);
}
