package dev.tributary.definition;

import dev.tributary.job.Output;
import java.util.List;

/** Binds how a job's files are written. */
final class OutputBinder {

  private OutputBinder() {}

  static Output bind(Fields fields) {
    return new Output(
        fields.valueOrFallback(JobKeys.FORMAT),
        unit(fields),
        fields.valueOrFallback(JobKeys.TIMESTAMPS_LOSS),
        fields.valueOrFallback(JobKeys.COLUMNS),
        ColumnTypeText.checked(fields),
        fields.valueOrFallback(JobKeys.SCHEMA),
        fields.valueOrFallback(JobKeys.EMPTY).equals("file"),
        fields.list(JobKeys.PARTITION_BY).orElse(List.of()),
        fields.list(JobKeys.SORT).orElse(List.of()),
        fields.valueOrFallback(JobKeys.SUCCESS_MARKER),
        fields.valueOrFallback(JobKeys.COMPRESSION),
        fields.valueOrFallback(JobKeys.COMPRESSION_LEVEL).intValue(),
        fields.valueOrFallback(JobKeys.ROW_GROUP),
        fields.list(JobKeys.BLOOM_FILTERS).orElse(List.of()));
  }

  /** Of the two ways to write the unit, the job's own goes before that of the defaults. */
  private static Output.TimestampUnit unit(Fields fields) {
    return fields.isOwn(JobKeys.TIMESTAMPS_UNIT)
        ? fields.valueOrFallback(JobKeys.TIMESTAMPS_UNIT)
        : fields
            .value(JobKeys.TIMESTAMPS)
            .orElseGet(() -> fields.valueOrFallback(JobKeys.TIMESTAMPS_UNIT));
  }
}
