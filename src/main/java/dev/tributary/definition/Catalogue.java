package dev.tributary.definition;

import dev.tributary.job.DestinationSpec;
import dev.tributary.job.Job;
import dev.tributary.job.JobName;
import dev.tributary.job.Source;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;

/** Gathers the sections of all files, then binds them: first what jobs refer to, then the jobs. */
final class Catalogue {

  private static final List<String> SECTIONS = List.copyOf(Keys.SECTIONS.keySet());

  private final Diagnostics diagnostics;
  private final Instant now;
  private final Map<String, Named> sources = new TreeMap<>();
  private final Map<String, Named> destinations = new TreeMap<>();
  private final Map<String, Named> jobs = new TreeMap<>();
  private final Map<String, Entries.Entry> single = new HashMap<>();
  private final Set<Named> ambiguous = new HashSet<>();
  private boolean incomplete;

  /**
   * A named section's entry.
   *
   * @param folder of the file, for paths relative to it
   */
  private record Named(Entries.Entry entry, Path folder) {}

  Catalogue(Diagnostics diagnostics, Instant now) {
    this.diagnostics = diagnostics;
    this.now = now;
  }

  /** Notes that something could not be read, so that no name is called missing. */
  void incomplete() {
    incomplete = true;
  }

  /** Adds a file's sections. */
  void add(SourceFile file, MappingNode document, @Nullable Path folder) {
    Path at = folder == null ? Path.of("") : folder;
    Entries.of(file, document, diagnostics)
        .forEach(
            (name, entry) -> {
              incomplete |= entry.repeated();
              switch (name) {
                case "sources" -> names(entry, sources, at);
                case "destinations" -> names(entry, destinations, at);
                case "jobs" -> names(entry, jobs, at);
                case "defaults", "daemon", "limits", "notify" -> once(name, entry);
                default -> unknown(name, entry);
              }
            });
  }

  private void unknown(String name, Entries.Entry entry) {
    if (!name.startsWith("x-")) {
      diagnostics.error(
          entry.file(),
          entry.key(),
          "unknown key '"
              + name
              + "'"
              + Suggestion.closest(name, SECTIONS)
                  .map(near -> "; did you mean '" + near + "'?")
                  .orElse("; known are " + String.join(", ", SECTIONS) + ", and x-… for your own"));
    }
  }

  private void once(String name, Entries.Entry entry) {
    Entries.Entry before = single.putIfAbsent(name, entry);
    if (before != null) {
      diagnostics.error(
          entry.file(),
          entry.key(),
          "'"
              + name
              + "' stands in one file only; it is also at "
              + before.file().place(before.key()));
    }
  }

  private void names(Entries.Entry section, Map<String, Named> into, Path folder) {
    if (!(section.value() instanceof MappingNode mapping)) {
      diagnostics.error(
          section.file(),
          section.value(),
          "'" + section.key().getValue() + "' must be a mapping of names");
      incomplete = true;
      return;
    }
    Entries.of(section.file(), mapping, diagnostics)
        .forEach(
            (name, entry) -> {
              if (!JobName.isWellFormed(name)) {
                diagnostics.error(
                    entry.file(),
                    entry.key(),
                    "name must match [a-z0-9][a-z0-9-]{0,62}, but was '" + name + "'");
              }
              if (into == jobs && name.equals("staging")) {
                diagnostics.error(
                    entry.file(),
                    entry.key(),
                    "a job cannot be named 'staging': the ledger keeps unpublished files there");
              }
              if (into == jobs && !(entry.value() instanceof MappingNode)) {
                diagnostics.error(
                    entry.file(),
                    entry.value(),
                    "job '" + name + "' must be a mapping of keys to values");
              }
              Named named = new Named(entry, folder);
              Named before = into.putIfAbsent(name, named);
              if (before == null && entry.repeated()) {
                ambiguous.add(named);
              }
              if (before != null) {
                ambiguous.add(before);
                diagnostics.error(
                    entry.file(),
                    entry.key(),
                    "'"
                        + name
                        + "' is defined twice; it is also at "
                        + before.entry().file().place(before.entry().key()));
              }
            });
  }

  /** Binds everything. */
  Definitions definitions() {
    int before = diagnostics.errors();
    Optional<Fields> defaults = section("defaults", JobKeys.ALL);
    boolean defaultsAreBroken = diagnostics.errors() > before;
    Definitions.Daemon daemon = ProcessBinder.daemon(section("daemon", ProcessKeys.DAEMON));
    Optional<Definitions.Notify> notice =
        ProcessBinder.notice(section("notify", ProcessKeys.NOTIFY));
    Definitions.Limits limits = ProcessBinder.limits(section("limits", ProcessKeys.LIMITS));

    Map<String, Source> soundSources = new TreeMap<>();
    sources.forEach(
        (name, named) ->
            bound(
                    named,
                    () ->
                        SourceBinder.bind(
                            name,
                            fields(named, "source '" + name + "'", SourceKeys.ALL, null),
                            named.folder()))
                .ifPresent(source -> soundSources.put(name, source)));
    Map<String, DestinationSpec> soundDestinations = new TreeMap<>();
    destinations.forEach(
        (name, named) ->
            bound(
                    named,
                    () ->
                        DestinationBinder.bind(
                            name,
                            fields(named, "destination '" + name + "'", DestinationKeys.ALL, null)))
                .ifPresent(destination -> soundDestinations.put(name, destination)));

    Map<String, Job> soundJobs = new TreeMap<>();
    Misfits misfits = new Misfits(now);
    References references =
        new References(
            soundSources,
            sources.keySet(),
            soundDestinations,
            destinations.keySet(),
            incomplete,
            misfits);
    Map<String, PathPlace> places = new TreeMap<>();
    jobs.forEach(
        (name, named) -> {
          Optional<Job> job =
              JobName.isWellFormed(name) && named.entry().value() instanceof MappingNode
                  ? bound(
                      named,
                      () -> {
                        Fields fields =
                            fields(named, "job '" + name + "'", JobKeys.ALL, defaults.orElse(null));
                        Optional<Job> bound =
                            new JobBinder(
                                    name,
                                    named.entry(),
                                    fields,
                                    references,
                                    named.folder(),
                                    diagnostics)
                                .bind();
                        bound.ifPresent(
                            sound ->
                                PathPlace.of(sound, named.entry(), fields, misfits)
                                    .ifPresent(place -> places.put(name, place)));
                        return bound;
                      })
                  : Optional.empty();
          job.filter(sound -> !defaultsAreBroken).ifPresent(sound -> soundJobs.put(name, sound));
        });
    PathPlace.clashes(places, diagnostics).forEach(soundJobs::remove);
    if (jobs.isEmpty() && diagnostics.errors() == 0) {
      firstFile()
          .ifPresent(entry -> diagnostics.warning(entry.file(), entry.key(), "there are no jobs"));
    }
    TreeSet<String> broken = new TreeSet<>(jobs.keySet());
    broken.removeAll(soundJobs.keySet());
    return new Definitions(
        List.copyOf(soundJobs.values()),
        broken,
        new ArrayList<>(soundSources.values()),
        new ArrayList<>(soundDestinations.values()),
        limits,
        daemon,
        notice,
        diagnostics.sorted());
  }

  private Optional<Entries.Entry> firstFile() {
    return Stream.of(sources, destinations)
        .flatMap(map -> map.values().stream())
        .map(Named::entry)
        .findFirst();
  }

  private Optional<Fields> section(String name, List<Key<?>> keys) {
    return Optional.ofNullable(single.get(name))
        .map(
            entry ->
                Fields.read(
                    entry.file(), entry.value(), "'" + name + "'", keys, diagnostics, null));
  }

  private Fields fields(Named named, String what, List<Key<?>> keys, @Nullable Fields defaults) {
    Entries.Entry entry = named.entry();
    Node value = entry.value();
    return Fields.read(entry.file(), value, what, keys, diagnostics, defaults);
  }

  /** What a binder made, unless an error was reported meanwhile. */
  private <T> Optional<T> bound(Named named, Supplier<Optional<T>> binder) {
    int before = diagnostics.errors();
    Optional<T> bound = binder.get();
    boolean sound = diagnostics.errors() == before && !ambiguous.contains(named);
    return sound ? bound : Optional.empty();
  }
}
