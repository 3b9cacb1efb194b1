package dev.tributary.definition;

import java.time.ZoneId;
import java.util.Set;

/** The time zones there are. */
final class Zones {

  /** Their names, of which Java makes a new copy at each question. */
  static final Set<String> NAMES = Set.copyOf(ZoneId.getAvailableZoneIds());

  private Zones() {}
}
