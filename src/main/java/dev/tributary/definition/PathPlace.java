package dev.tributary.definition;

import dev.tributary.job.Job;
import dev.tributary.plan.PathTemplate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A sound job's path and where it stands, to hold against the paths of other jobs. */
record PathPlace(Job job, Entries.Entry entry, Fields fields) {

  /** Reports jobs that could write to one key, and names them. */
  static List<String> clashes(Map<String, PathPlace> places, Diagnostics diagnostics) {
    List<String> clashing = new ArrayList<>();
    List<PathPlace> all = List.copyOf(places.values());
    for (int i = 0; i < all.size(); i++) {
      for (int k = 0; k < i; k++) {
        PathPlace one = all.get(k);
        PathPlace other = all.get(i);
        if (one.sameDestination(other) && !one.keepsApart(other)) {
          clashing.add(other.job.name().value());
          Entries.Entry at = other.fields.entry(JobKeys.PATH).orElse(other.entry);
          diagnostics.error(
              at.file(),
              at.value(),
              "path '"
                  + other.job.target().path()
                  + "' could give the key of a file of job '"
                  + one.job.name()
                  + "', whose path is '"
                  + one.job.target().path()
                  + "'; begin each path with '{job}/'");
        }
      }
    }
    return clashing;
  }

  private boolean sameDestination(PathPlace other) {
    String one = job.target().destination().url() + "/";
    String two = other.job.target().destination().url() + "/";
    return one.equals(two);
  }

  private boolean keepsApart(PathPlace other) {
    return PathTemplate.areDistinct(
        PathTemplate.ofChecked(job.target().path()),
        job.name(),
        PathTemplate.ofChecked(other.job.target().path()),
        other.job.name());
  }
}
