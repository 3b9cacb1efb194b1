package dev.tributary.definition;

import dev.tributary.job.Job;
import dev.tributary.job.JobName;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Notes which keys ask for what no command of this version does, so that nothing is ignored. */
final class Later {

  /** Schemes of destinations that can be opened. */
  private static final Set<String> AVAILABLE = Set.of("az", "file", "gs", "s3");

  private final Map<JobName, List<String>> byJob = new HashMap<>();

  void of(Job job) {
    List<String> keys = new ArrayList<>();
    String scheme = job.target().destination().url().getScheme();
    if (!AVAILABLE.contains(scheme)) {
      keys.add("destination '" + job.target().destination().name() + "' at " + scheme + "://");
    }
    keys.sort(null);
    byJob.put(job.name(), List.copyOf(keys));
  }

  Map<JobName, List<String>> byJob() {
    return byJob;
  }
}
