package dev.tributary.definition;

import dev.tributary.job.Every;
import dev.tributary.plan.KeyCollisions;
import dev.tributary.plan.PathTemplate;
import java.time.ZoneId;
import java.util.Optional;

/** Binds a job's path and checks that it keeps the job's windows apart. */
final class JobPath {

  private JobPath() {}

  /** The template as written, or the default. */
  static String of(Fields fields, Optional<Every> every, ZoneId zone, Misfits misfits) {
    boolean windowed = fields.mentions(JobKeys.EVERY);
    String text =
        fields
            .value(JobKeys.PATH)
            .orElse(windowed ? PathTemplate.DEFAULT : PathTemplate.SNAPSHOT_DEFAULT);
    misfits
        .path(text)
        .fold(
            new PathTemplate.Parsed.Cases<Optional<PathTemplate>>() {
              @Override
              public Optional<PathTemplate> template(PathTemplate template) {
                return Optional.of(template);
              }

              @Override
              public Optional<PathTemplate> problem(int offset, String message) {
                fields.finding(JobKeys.PATH, Finding.error(offset, 1, message));
                return Optional.empty();
              }
            })
        .ifPresent(template -> check(fields, template, windowed, every, zone, misfits));
    return text;
  }

  private static void check(
      Fields fields,
      PathTemplate template,
      boolean windowed,
      Optional<Every> every,
      ZoneId zone,
      Misfits misfits) {
    Layout.check(fields, template);
    if (!windowed && template.usesEnd()) {
      fields.error(JobKeys.PATH, "'{end}' has no meaning for a snapshot job, which has no window");
    }
    if (!windowed && !KeyCollisions.snapshotsDiffer(template)) {
      fields.error(
          JobKeys.PATH, "the path of a snapshot job needs '{start}', or snapshots would meet");
    }
    every
        .flatMap(length -> misfits.collision(template, length, zone))
        .ifPresent(
            collision ->
                fields.error(
                    JobKeys.PATH,
                    "windows "
                        + collision.one()
                        + " and "
                        + collision.other()
                        + " would share the key '"
                        + collision.key()
                        + "'; add '{start}'"));
  }
}
