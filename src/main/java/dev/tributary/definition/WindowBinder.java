package dev.tributary.definition;

import dev.tributary.job.Bin;
import dev.tributary.job.Every;
import dev.tributary.job.Job;
import dev.tributary.job.Window;
import dev.tributary.plan.BinCheck;
import dev.tributary.plan.WindowGrid;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;

/** Binds a job's window grid and holds the query's bins against it. */
final class WindowBinder {

  /** Nanoseconds since 1970 in 64 bits reach a little further on both sides. */
  private static final Instant EARLIEST = Instant.parse("1678-01-01T00:00:00Z");

  private static final Instant LATEST = Instant.parse("2262-01-01T00:00:00Z");

  private final Fields fields;
  private final ZoneId zone;
  private final QueryBinder queries;
  private final QueryBinder.Bound query;
  private final Misfits misfits;

  WindowBinder(
      Fields fields, ZoneId zone, QueryBinder queries, QueryBinder.Bound query, Misfits misfits) {
    this.fields = fields;
    this.zone = zone;
    this.queries = queries;
    this.query = query;
    this.misfits = misfits;
  }

  Job.Windowing bind(Every every) {
    Optional<Instant> start = fields.value(JobKeys.START).flatMap(text -> start(text, every));
    Optional<Bin> bin = bin(every);
    return new Job.Windowing(
        every,
        fields.valueOrFallback(JobKeys.DELAY),
        start,
        bin,
        SplitBinder.bind(fields, query.text(), bin));
  }

  private Optional<Instant> start(String text, Every every) {
    Instant start;
    try {
      start =
          text.contains("T")
              ? Instant.parse(text)
              : LocalDate.parse(text).atStartOfDay(zone).toInstant();
    } catch (DateTimeException e) {
      fields.error(
          JobKeys.START,
          "'window.start' must be a date or an instant, such as 2026-01-01 or 2026-01-01T06:00:00Z,"
              + " but was '"
              + text
              + "'");
      return Optional.empty();
    }
    if (start.isBefore(EARLIEST) || start.isAfter(LATEST)) {
      fields.error(
          JobKeys.START,
          "'window.start' must be from " + EARLIEST + " to " + LATEST + ", but was '" + text + "'");
      return Optional.empty();
    }
    Window window = WindowGrid.of(every, zone).containing(start);
    if (!window.start().equals(start)) {
      fields.error(
          JobKeys.START,
          "no window of "
              + every
              + " starts at "
              + start
              + "; its neighbours start at "
              + window.start()
              + " and "
              + window.end());
      return Optional.empty();
    }
    return Optional.of(start);
  }

  /** The shortest bin of the query, or the one the operator says; all of them must fit. */
  private Optional<Bin> bin(Every every) {
    Optional<String> said = fields.value(JobKeys.BIN);
    if (said.isPresent()) {
      return said.orElseThrow().equals("none") ? Optional.empty() : said(said.orElseThrow(), every);
    }
    Optional<Bin> shortest = Optional.empty();
    for (BinReading reading : query.text().bins()) {
      if (reading.bin().isPresent()) {
        Bin bin = reading.bin().orElseThrow();
        misfit(bin, every)
            .ifPresent(
                message ->
                    queries.report(
                        query, Finding.error(reading.offset(), reading.length(), message)));
        shortest =
            shortest.isEmpty() || bin.length().compareTo(shortest.orElseThrow().length()) < 0
                ? Optional.of(bin)
                : shortest;
      }
    }
    return shortest;
  }

  private Optional<Bin> said(String text, Every every) {
    return DurationText.parse(text)
        .fold(
            length -> {
              if (length.isZero()) {
                fields.error(JobKeys.BIN, "'window.bin' must be longer than 0s");
                return Optional.empty();
              }
              Bin bin = Bin.of(length);
              misfit(bin, every).ifPresent(message -> fields.error(JobKeys.BIN, message));
              return Optional.of(bin);
            },
            finding -> {
              fields.error(
                  JobKeys.BIN, "'window.bin' must be a duration or none, but was '" + text + "'");
              return Optional.empty();
            });
  }

  private Optional<String> misfit(Bin bin, Every every) {
    return misfits
        .of(every, zone, bin)
        .map(
            misfit ->
                misfit.fold(
                    new BinCheck.Misfit.Cases<String>() {
                      @Override
                      public String cut(Instant boundary, List<Bin> nearest) {
                        return "bins of "
                            + bin
                            + " do not divide windows of "
                            + every
                            + (every instanceof Every.Calendar ? " in " + zone : "")
                            + ": the boundary "
                            + boundary
                            + " lies inside a bin"
                            + fitting(nearest);
                      }

                      @Override
                      public String otherZone(ZoneId ofBin, ZoneId ofJob) {
                        return "the bins follow '"
                            + ofBin
                            + "', but windows of "
                            + every
                            + " follow '"
                            + ofJob
                            + "'; both must be in one zone";
                      }
                    }));
  }

  private static String fitting(List<Bin> bins) {
    return bins.isEmpty()
        ? ""
        : "; bins of "
            + String.join(" or ", bins.stream().map(Bin::toString).toList())
            + " would fit";
  }
}
