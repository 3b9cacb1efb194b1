package dev.tributary.definition;

import dev.tributary.job.JobName;
import dev.tributary.job.PartitionValue;
import dev.tributary.job.Window;
import dev.tributary.plan.PathTemplate;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;

/** Checks that a job's partitions and its marker fit its path. */
final class Layout {

  private static final Instant SAMPLE = Instant.parse("2026-11-21T23:00:00Z");
  private static final String MARKER = "_SUCCESS";

  private Layout() {}

  static void check(Fields fields, PathTemplate template) {
    // folders that a pattern makes are there at any instant
    String key =
        template
            .key(
                new JobName("job"),
                new Window(SAMPLE, SAMPLE.plusSeconds(3600)),
                ZoneOffset.UTC,
                "ext")
            .value();
    List<String> segments = List.of(key.split("/", -1));
    for (String column : fields.list(JobKeys.PARTITION_BY).orElse(List.of())) {
      checkColumn(fields, column, segments);
    }
    if (segments.get(segments.size() - 1).equals(MARKER)
        && fields.valueOrFallback(JobKeys.SUCCESS_MARKER)) {
      fields.error(JobKeys.PATH, "'" + MARKER + "' is the marker's own name; name the file apart");
    }
  }

  private static void checkColumn(Fields fields, String column, List<String> segments) {
    if (column.equals(fields.valueOrFallback(JobKeys.TIME_COLUMN))) {
      fields.error(
          JobKeys.PARTITION_BY,
          "'partition_by' names the time column '"
              + column
              + "', which would leave the files and make a folder of every instant; put the date"
              + " into the path, as in 'date={start:uuuu-MM-dd}'");
      return;
    }
    if (segments.size() < 2) {
      fields.error(
          JobKeys.PARTITION_BY,
          "'partition_by' needs a folder in the path, below which the partitions lie; begin it"
              + " with '{job}/'");
    }
    if (fields.mapping(JobKeys.TYPES).orElse(Map.of()).containsKey(column)) {
      fields.error(
          JobKeys.PARTITION_BY,
          "'partition_by' names '"
              + column
              + "', to which 'types' gives a type, but folders show values as the query returns"
              + " them; cast it in the query");
    }
    boolean twice =
        segments.subList(0, segments.size() - 1).stream()
            .flatMap(folder -> PartitionValue.ofFolder(folder).stream())
            .anyMatch(value -> value.column().equalsIgnoreCase(column));
    if (twice) {
      fields.error(
          JobKeys.PARTITION_BY,
          "'partition_by' names '"
              + column
              + "', and the path has a folder of that name already, so that a reader would find the"
              + " column twice; change the path");
    }
  }
}
