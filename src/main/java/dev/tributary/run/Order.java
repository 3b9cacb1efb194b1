package dev.tributary.run;

import dev.tributary.job.Window;
import java.util.List;

/**
 * What a pass is asked for.
 *
 * @param windows these windows by name, due or not, in this order; none means everything that is
 *     due
 * @param aim what to do about a window that is settled; anything but {@link Aim#SETTLE} goes with
 *     named windows
 * @param fresh whether a snapshot job without a schedule makes another snapshot
 */
public record Order(List<Window> windows, Aim aim, boolean fresh) {

  /** Everything that is due. */
  public static final Order DUE = new Order(List.of(), Aim.SETTLE, false);

  public Order {
    windows = List.copyOf(windows);
  }

  /** These windows, due or not. */
  public static Order of(List<Window> windows, Aim aim) {
    return new Order(windows, aim, false);
  }
}
