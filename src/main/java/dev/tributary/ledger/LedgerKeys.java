package dev.tributary.ledger;

import dev.tributary.job.JobName;
import dev.tributary.job.ObjectKey;
import dev.tributary.job.Window;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Where a job's records lie, and what their names say. */
final class LedgerKeys {

  static final ObjectKey ROOT = new ObjectKey("_tributary");

  /** Where the local disk stages: no job may be called that. */
  static final String STAGING = "staging";

  /** Before and after every name that a record can have. */
  private static final String LOWEST = "!";

  private static final String HIGHEST = "~";

  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmss'Z'", Locale.ROOT).withZone(ZoneOffset.UTC);
  private static final DateTimeFormatter MONTH =
      DateTimeFormatter.ofPattern("uuuu/MM", Locale.ROOT).withZone(ZoneOffset.UTC);
  private static final Pattern WINDOW =
      Pattern.compile("(\\d{8}T\\d{6}Z)_(\\d{8}T\\d{6}Z)(?:\\.g(\\d{4,9}))?\\.json");
  private static final Pattern LOOK =
      Pattern.compile("(\\d{8}T\\d{6}Z)_(\\d{8}T\\d{6}Z)_(\\d{1,12})s\\.json");

  private final ObjectKey folder;

  /**
   * @throws IllegalArgumentException if the job is called as staging is, which definitions refuse
   */
  LedgerKeys(JobName job) {
    if (job.value().equals(STAGING)) {
      throw new IllegalArgumentException("no job may be called '" + STAGING + "'");
    }
    this.folder = ROOT.resolve(job.value());
  }

  /** A window and generation, as a name says them. */
  record Named(Window window, int generation) {}

  /** A look at an age, as its name says it. */
  record Look(Instant start, Duration age) {}

  ObjectKey folder() {
    return folder;
  }

  ObjectKey grid() {
    return folder.resolve("grid.json");
  }

  ObjectKey index() {
    return folder.resolve("index.json");
  }

  ObjectKey failures() {
    return folder.resolve("failures");
  }

  ObjectKey failure(Window window) {
    return failures().resolve(name(window) + ".json");
  }

  ObjectKey intents() {
    return folder.resolve("intents");
  }

  ObjectKey intent(Window window, int generation) {
    return intents().resolve(name(window, generation));
  }

  ObjectKey looks() {
    return folder.resolve("looks");
  }

  /** Filed by the time of the look, so that new ones come last. */
  ObjectKey look(Instant at, Window window, Duration age) {
    return looksFrom(at)
        .resolve(
            TIME.format(at) + "_" + TIME.format(window.start()) + "_" + age.toSeconds() + "s.json");
  }

  /** Where looks made at or after an instant begin, to the month. */
  ObjectKey looksFrom(Instant at) {
    return looks().resolve(MONTH.format(at));
  }

  /** Where a damaged record is kept. */
  ObjectKey aside(ObjectKey record) {
    return folder.resolve("set-aside").resolve(record.fileName());
  }

  ObjectKey schemas() {
    return folder.resolve("schema");
  }

  ObjectKey schema(int id) {
    return schemas().resolve(number(id) + ".json");
  }

  ObjectKey snapshot(String definitionHash, int number) {
    return folder
        .resolve("snapshots")
        .resolve(definitionHash.replaceAll("[^A-Za-z0-9_-]", "-"))
        .resolve(number(number) + ".json");
  }

  ObjectKey windows() {
    return folder.resolve("windows");
  }

  ObjectKey manifest(Window window, int generation) {
    return month(window.start()).resolve(name(window, generation));
  }

  /** Before every manifest of windows that start at or after an instant. */
  ObjectKey windowsFrom(Instant start) {
    return month(start).resolve(TIME.format(start));
  }

  /** After every manifest of a window, before those of later ones. */
  ObjectKey windowsAfter(Window window) {
    return month(window.start()).resolve(name(window) + HIGHEST);
  }

  static ObjectKey first(ObjectKey folder) {
    return folder.resolve(LOWEST);
  }

  static ObjectKey last(ObjectKey folder) {
    return folder.resolve(HIGHEST);
  }

  /** What the name of a manifest, an intent or a failure says; a failure's generation is 0. */
  static Optional<Named> named(ObjectKey key) {
    Matcher name = WINDOW.matcher(key.fileName());
    if (!name.matches()) {
      return Optional.empty();
    }
    try {
      int generation = name.group(3) == null ? 0 : Integer.parseInt(name.group(3));
      return window(time(name.group(1)), time(name.group(2)))
          .map(window -> new Named(window, generation));
    } catch (DateTimeParseException e) {
      return Optional.empty();
    }
  }

  static Optional<Look> lookNamed(ObjectKey key) {
    Matcher name = LOOK.matcher(key.fileName());
    if (!name.matches()) {
      return Optional.empty();
    }
    try {
      return Optional.of(
          new Look(time(name.group(2)), Duration.ofSeconds(Long.parseLong(name.group(3)))));
    } catch (DateTimeParseException e) {
      return Optional.empty();
    }
  }

  /** The window of two recorded instants; a snapshot's are one and the same. */
  static Optional<Window> window(Instant start, Instant end) {
    if (start.equals(end)) {
      return Optional.of(Window.at(start));
    }
    return start.isBefore(end) ? Optional.of(new Window(start, end)) : Optional.empty();
  }

  /** The second instant by which a window is recorded. */
  static Instant end(Window window) {
    return window.isInstant() ? window.start() : window.end();
  }

  private ObjectKey month(Instant start) {
    return windows().resolve(MONTH.format(start));
  }

  private static String name(Window window) {
    return TIME.format(window.start()) + "_" + TIME.format(end(window));
  }

  private static String name(Window window, int generation) {
    return name(window) + ".g" + number(generation) + ".json";
  }

  private static String number(int value) {
    return String.format(Locale.ROOT, "%04d", value);
  }

  private static Instant time(String text) {
    return TIME.parse(text, Instant::from);
  }
}
