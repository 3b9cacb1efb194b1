package dev.tributary.definition;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The table of every key, by the section it stands in. */
final class Keys {

  /** Sections whose entries are named by the operator. */
  static final List<String> NAMED = List.of("sources", "destinations", "jobs");

  /** Keys of each section, in the order of the manual; {@code defaults} has those of a job. */
  static final Map<String, List<Key<?>>> SECTIONS = sections();

  private Keys() {}

  private static Map<String, List<Key<?>>> sections() {
    Map<String, List<Key<?>>> sections = new LinkedHashMap<>();
    sections.put("sources", SourceKeys.ALL);
    sections.put("destinations", DestinationKeys.ALL);
    sections.put("jobs", JobKeys.ALL);
    sections.put("defaults", JobKeys.ALL);
    sections.put("daemon", ProcessKeys.DAEMON);
    sections.put("limits", ProcessKeys.LIMITS);
    sections.put("notify", ProcessKeys.NOTIFY);
    return sections;
  }
}
