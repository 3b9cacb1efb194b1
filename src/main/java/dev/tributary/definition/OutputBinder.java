package dev.tributary.definition;

import dev.tributary.definition.Keys.OfJob;
import dev.tributary.job.Output;
import java.util.List;
import java.util.Map;

/** Binds how a job's files are written. */
final class OutputBinder {

  private OutputBinder() {}

  static Output bind(Fields fields) {
    return new Output(
        fields.valueOrFallback(OfJob.FORMAT),
        fields
            .value(OfJob.TIMESTAMPS)
            .orElseGet(() -> fields.valueOrFallback(OfJob.TIMESTAMPS_UNIT)),
        fields.valueOrFallback(OfJob.TIMESTAMPS_LOSS),
        fields.valueOrFallback(OfJob.COLUMNS),
        fields.mapping(OfJob.TYPES).orElse(Map.of()),
        fields.valueOrFallback(OfJob.SCHEMA),
        fields.valueOrFallback(OfJob.EMPTY).equals("file"),
        fields.list(OfJob.PARTITION_BY).orElse(List.of()),
        fields.list(OfJob.SORT).orElse(List.of()),
        fields.valueOrFallback(OfJob.SUCCESS_MARKER),
        fields.valueOrFallback(OfJob.COMPRESSION),
        fields.valueOrFallback(OfJob.COMPRESSION_LEVEL).intValue(),
        fields.valueOrFallback(OfJob.ROW_GROUP),
        fields.list(OfJob.BLOOM_FILTERS).orElse(List.of()));
  }
}
