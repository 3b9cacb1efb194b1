package dev.tributary.definition;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toCollection;

import dev.tributary.job.Job;
import dev.tributary.plan.PathTemplate;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collector;

/**
 * A sound job's path and where it stands, to hold against the paths of other jobs.
 *
 * @param beginning the path's literal text before the first bound, with the job's name put in
 */
record PathPlace(
    Job job, PathTemplate template, String beginning, Entries.Entry entry, Fields fields) {

  /** The place; absent when the path cannot be read, which has been reported where it stands. */
  static Optional<PathPlace> of(Job job, Entries.Entry entry, Fields fields, Misfits misfits) {
    return misfits
        .path(job.target().path())
        .fold(
            new PathTemplate.Parsed.Cases<Optional<PathPlace>>() {
              @Override
              public Optional<PathPlace> template(PathTemplate path) {
                String beginning = path.literalPrefix(job.name());
                return Optional.of(new PathPlace(job, path, beginning, entry, fields));
              }

              @Override
              public Optional<PathPlace> problem(int offset, String message) {
                return Optional.empty();
              }
            });
  }

  /** Reports jobs that could write to one key, each once, and names them. */
  static Collection<String> clashes(Map<String, PathPlace> places, Diagnostics diagnostics) {
    Map<String, PathPlace> rivals = new TreeMap<>();
    Map<String, List<PathPlace>> byDestination =
        places.values().stream().collect(groupingBy(PathPlace::url, TreeMap::new, inOrder()));
    byDestination.values().forEach(neighbours -> compare(neighbours, rivals));
    places.forEach(
        (name, place) -> {
          PathPlace rival = rivals.get(name);
          if (rival != null) {
            place.report(rival, diagnostics);
          }
        });
    return rivals.keySet();
  }

  /**
   * Holds only those against each other of which one begins as the other does. In the alphabet's
   * order these follow each other, so that ten thousand paths need no hundred million comparisons.
   */
  private static void compare(List<PathPlace> neighbours, Map<String, PathPlace> rivals) {
    TreeMap<String, List<PathPlace>> byBeginning =
        neighbours.stream().collect(groupingBy(PathPlace::beginning, TreeMap::new, inOrder()));
    Deque<Map.Entry<String, List<PathPlace>>> shorter = new ArrayDeque<>();
    for (Map.Entry<String, List<PathPlace>> each : byBeginning.entrySet()) {
      while (!shorter.isEmpty() && !each.getKey().startsWith(shorter.getFirst().getKey())) {
        shorter.removeFirst();
      }
      shorter.addFirst(each);
      // jobs that share a template with {job} are apart by their names: thousands of them may
      Map<String, List<PathPlace>> byTemplate =
          each.getValue().stream().collect(groupingBy(PathPlace::path, TreeMap::new, inOrder()));
      for (Map.Entry<String, List<PathPlace>> some : shorter) {
        for (PathPlace one : some.getValue()) {
          byTemplate.forEach((path, others) -> compare(one, path, others, rivals));
        }
      }
    }
  }

  private static void compare(
      PathPlace one, String path, List<PathPlace> others, Map<String, PathPlace> rivals) {
    if (one.template().usesJob() && one.path().equals(path)) {
      return;
    }
    for (PathPlace other : others) {
      if (!one.name().equals(other.name()) && !one.keepsApart(other)) {
        boolean inOrder = one.name().compareTo(other.name()) < 0;
        rivals.merge(
            inOrder ? other.name() : one.name(),
            inOrder ? one : other,
            (a, b) -> a.name().compareTo(b.name()) <= 0 ? a : b);
      }
    }
  }

  private static Collector<PathPlace, ?, List<PathPlace>> inOrder() {
    return toCollection(ArrayList::new);
  }

  private void report(PathPlace other, Diagnostics diagnostics) {
    Entries.Entry at = fields.entry(JobKeys.PATH).orElse(entry);
    diagnostics.error(
        at.file(),
        at.value(),
        "path '"
            + path()
            + "' could give the key of a file of job '"
            + other.name()
            + "', whose path is '"
            + other.path()
            + "'; begin each path with '{job}/'");
  }

  private String name() {
    return job.name().value();
  }

  private String url() {
    return job.target().destination().url().toString();
  }

  private String path() {
    return job.target().path();
  }

  private boolean keepsApart(PathPlace other) {
    return PathTemplate.areDistinct(template, job.name(), other.template, other.job.name());
  }
}
