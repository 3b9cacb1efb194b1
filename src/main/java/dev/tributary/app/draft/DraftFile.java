package dev.tributary.app.draft;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A file of definitions, to be written for an operator.
 *
 * @param head comments at its beginning
 * @param url of the source
 * @param token of the source, by reference
 * @param destination URL that files go below
 * @param jobs in order; where two have one name, the later get a number
 */
public record DraftFile(
    List<String> head,
    String url,
    Optional<String> token,
    String destination,
    List<JobDraft> jobs) {

  /** What every draft calls its source. */
  public static final String SOURCE = "influx";

  /** What every draft calls its destination. */
  public static final String DESTINATION = "lake";

  public DraftFile {
    head = List.copyOf(head);
    jobs = List.copyOf(jobs);
  }

  /** The whole file. */
  public String text() {
    List<String> lines = new ArrayList<>();
    head.forEach(line -> lines.add("# " + line));
    lines.add("sources:");
    lines.add("  " + SOURCE + ":");
    lines.add("    url: " + Scalar.of(url));
    lines.add(
        token
            .map(reference -> "    token: " + Scalar.of(reference))
            .orElse("    # token: ${env:INFLUX_TOKEN}   # or ${file:/path}, ${credential:NAME}"));
    lines.add(
        "    # retention: 30d                # how long the server keeps rows, if not for ever");
    lines.add("destinations:");
    lines.add("  " + DESTINATION + ":");
    lines.add("    url: " + Scalar.of(destination));
    return written(lines);
  }

  /** The jobs alone, for a folder where another file has source and destination already. */
  public String jobsAlone() {
    List<String> lines = new ArrayList<>();
    head.forEach(line -> lines.add("# " + line));
    return written(lines);
  }

  private String written(List<String> lines) {
    lines.add(jobs.isEmpty() ? "jobs: {}" : "jobs:");
    Set<String> names = new HashSet<>();
    for (JobDraft job : jobs) {
      lines.addAll(named(job, names).lines());
    }
    return String.join("\n", lines) + "\n";
  }

  private static JobDraft named(JobDraft job, Set<String> names) {
    String name = job.name();
    for (int number = 2; !names.add(name); number++) {
      String base = job.name().substring(0, Math.min(job.name().length(), 59));
      name = base + "-" + number;
    }
    return new JobDraft(
        name,
        job.bucket(),
        job.language(),
        job.query(),
        job.window(),
        job.delay(),
        new LinkedHashMap<>(job.keys()),
        job.notes());
  }
}
