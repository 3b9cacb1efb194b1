package dev.tributary.definition;

import dev.tributary.job.Every;
import dev.tributary.plan.PathCheck;
import dev.tributary.plan.PathTemplate;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Optional;

/** Binds a job's path and checks that it keeps the job's windows apart. */
final class JobPath {

  private JobPath() {}

  /** The template as written, or the default. */
  static String of(Fields fields, Optional<Every> every, ZoneId zone, Instant now) {
    boolean windowed = fields.mentions(JobKeys.EVERY);
    String text =
        fields
            .value(JobKeys.PATH)
            .orElse(windowed ? PathTemplate.DEFAULT : PathTemplate.DEFAULT_SNAPSHOT);
    PathTemplate.Parsed parsed = PathTemplate.parse(text);
    if (parsed.template().isEmpty()) {
      fields.finding(JobKeys.PATH, Finding.error(parsed.offset(), 1, parsed.problem()));
      return text;
    }
    PathTemplate template = parsed.template().orElseThrow();
    if (!windowed && template.usesEnd()) {
      fields.error(JobKeys.PATH, "'{end}' has no meaning for a snapshot job, which has no window");
    }
    if (!windowed && !text.contains("{start}")) {
      fields.error(
          JobKeys.PATH, "the path of a snapshot job needs '{start}', or snapshots would meet");
    }
    every
        .flatMap(length -> PathCheck.collision(template, length, zone, now))
        .ifPresent(
            collision ->
                fields.error(
                    JobKeys.PATH,
                    "windows "
                        + collision.first()
                        + " and "
                        + collision.second()
                        + " would share the key '"
                        + collision.key()
                        + "'; add '{start}'"));
    return text;
  }
}
