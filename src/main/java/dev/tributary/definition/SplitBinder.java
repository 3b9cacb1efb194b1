package dev.tributary.definition;

import dev.tributary.job.Bin;
import dev.tributary.job.Split;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Binds whether and where a job's windows may be queried in pieces. */
final class SplitBinder {

  /** Rows that are not binned may be cut anywhere; nobody asks for less than this at once. */
  private static final Bin ROW = Bin.of(Duration.ofSeconds(1));

  private SplitBinder() {}

  /**
   * @param said the bin that the operator says, or that the query has
   */
  static Split bind(Fields fields, QueryText query, Optional<Bin> said) {
    Split.When when =
        Split.When.valueOf(fields.valueOrFallback(JobKeys.SPLIT).toUpperCase(Locale.ROOT));
    Optional<String> bin = fields.value(JobKeys.BIN);
    boolean none = bin.filter("none"::equals).isPresent();
    boolean binIsSaid = bin.isPresent() && !none;
    Optional<String> obstacle = query.splitObstacle(binIsSaid).map(what -> "its query " + what);
    return new Split(
        when, bins(query, said, binIsSaid, none), obstacle.or(() -> otherOrder(fields)));
  }

  /** Pieces follow each other in time; an order that begins with anything else is lost. */
  private static Optional<String> otherOrder(Fields fields) {
    return fields.list(JobKeys.SORT).orElse(List.of()).stream()
        .findFirst()
        .filter(column -> !column.equals(fields.valueOrFallback(JobKeys.TIME_COLUMN)))
        .map(
            column ->
                "'sort' claims an order by '"
                    + column
                    + "' before the time, and pieces follow each other in time");
  }

  /** Nothing that is known of the bins counts when one of them is not. */
  private static List<Bin> bins(
      QueryText query, Optional<Bin> said, boolean binIsSaid, boolean none) {
    if (!binIsSaid && !query.bins().stream().allMatch(BinReading::isReadable)) {
      return List.of();
    }
    List<Bin> bins = new ArrayList<>();
    query.bins().forEach(reading -> reading.bin().ifPresent(bins::add));
    if (binIsSaid) {
      said.ifPresent(bins::add);
    }
    if (none && bins.isEmpty()) {
      bins.add(ROW);
    }
    return bins.stream().distinct().toList();
  }
}
