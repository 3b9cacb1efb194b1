package dev.tributary.plan;

import java.time.Instant;
import java.util.Iterator;

/** Where one grid cuts the time line: strictly increasing instants without first or last. */
interface Cuts {

  Instant atOrBefore(Instant instant);

  /** The first cut after an instant, which need not be a cut itself. */
  Instant after(Instant instant);

  /** The cuts after an instant, ascending and without end. */
  Iterator<Instant> from(Instant instant);
}
