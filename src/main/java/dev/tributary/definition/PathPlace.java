package dev.tributary.definition;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toCollection;

import dev.tributary.job.Job;
import dev.tributary.plan.PathTemplate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collector;

/** A sound job's path and where it stands, to hold against the paths of other jobs. */
record PathPlace(Job job, Entries.Entry entry, Fields fields) {

  /** Reports jobs that could write to one key, and names them. */
  static Collection<String> clashes(Map<String, PathPlace> places, Diagnostics diagnostics) {
    TreeSet<String> clashing = new TreeSet<>();
    Map<String, List<PathPlace>> byDestination =
        places.values().stream().collect(groupingBy(PathPlace::url, TreeMap::new, inOrder()));
    for (List<PathPlace> neighbours : byDestination.values()) {
      // jobs that share a template with {job} are apart by their names: thousands of them may
      Map<String, List<PathPlace>> byTemplate =
          neighbours.stream().collect(groupingBy(PathPlace::path, TreeMap::new, inOrder()));
      List<List<PathPlace>> groups = List.copyOf(byTemplate.values());
      for (int i = 0; i < groups.size(); i++) {
        if (!groups.get(i).get(0).path().contains("{job}")) {
          compare(groups.get(i), groups.get(i), diagnostics, clashing);
        }
        for (int k = 0; k < i; k++) {
          compare(groups.get(k), groups.get(i), diagnostics, clashing);
        }
      }
    }
    return clashing;
  }

  /** Whether the path can be read; one that cannot has been reported where it stands. */
  boolean isKnown() {
    return PathTemplate.parse(path())
        .fold(
            new PathTemplate.Parsed.Cases<Boolean>() {
              @Override
              public Boolean template(PathTemplate template) {
                return true;
              }

              @Override
              public Boolean problem(int offset, String message) {
                return false;
              }
            });
  }

  private static Collector<PathPlace, ?, List<PathPlace>> inOrder() {
    return toCollection(ArrayList::new);
  }

  private static void compare(
      List<PathPlace> some, List<PathPlace> others, Diagnostics diagnostics, TreeSet<String> into) {
    for (PathPlace a : some) {
      for (PathPlace b : others) {
        boolean inOrder = a.name().compareTo(b.name()) < 0;
        PathPlace one = inOrder ? a : b;
        PathPlace other = inOrder ? b : a;
        if (!one.name().equals(other.name()) && !one.keepsApart(other)) {
          into.add(other.name());
          other.report(one, diagnostics);
        }
      }
    }
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
    return PathTemplate.areDistinct(
        PathTemplate.ofChecked(path()),
        job.name(),
        PathTemplate.ofChecked(other.path()),
        other.job.name());
  }
}
