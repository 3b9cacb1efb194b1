package dev.tributary.run;

import dev.tributary.job.Window;
import dev.tributary.ledger.Manifest;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * What a pass is asked for.
 *
 * @param windows these windows by name, due or not, in this order; none means everything that is
 *     due
 * @param aim what to do about a window that is settled; anything but {@link Aim#SETTLE} goes with
 *     named windows
 * @param fresh whether a snapshot job without a schedule makes another snapshot
 * @param kept of windows to replace: which newest manifest, read at the window's turn, is left as
 *     it is, since somebody replaced the window already
 */
public record Order(
    List<Window> windows, Aim aim, boolean fresh, Optional<Predicate<Manifest>> kept) {

  /** Everything that is due. */
  public static final Order DUE = new Order(List.of(), Aim.SETTLE, false);

  /** Whatever is settled is replaced, if that is the aim. */
  public Order(List<Window> windows, Aim aim, boolean fresh) {
    this(windows, aim, fresh, Optional.empty());
  }

  public Order {
    windows = List.copyOf(windows);
  }

  /** These windows, due or not. */
  public static Order of(List<Window> windows, Aim aim) {
    return new Order(windows, aim, false);
  }

  /** The same, but for windows whose newest manifest is as it shall be. */
  public Order except(Predicate<Manifest> asItShallBe) {
    return new Order(windows, aim, fresh, Optional.of(asItShallBe));
  }
}
