package dev.tributary.plan;

import dev.tributary.job.Bin;
import dev.tributary.job.Every;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.zone.ZoneOffsetTransition;
import java.time.zone.ZoneRules;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Whether the bins of a query divide a job's windows: a bin cut by a window's boundary would give
 * two half rows. Every boundary of the past and coming ten years must be one of the bins'.
 */
public final class BinCheck {

  private static final int YEARS = 10;
  private static final int NEAREST = 2;

  /** Whole minutes and more that a rollup is likely to want, ascending. */
  private static final List<Duration> USUAL =
      List.of(
          Duration.ofSeconds(1),
          Duration.ofSeconds(10),
          Duration.ofSeconds(30),
          Duration.ofMinutes(1),
          Duration.ofMinutes(5),
          Duration.ofMinutes(10),
          Duration.ofMinutes(15),
          Duration.ofMinutes(20),
          Duration.ofMinutes(30),
          Duration.ofHours(1),
          Duration.ofHours(2),
          Duration.ofHours(3),
          Duration.ofHours(4),
          Duration.ofHours(6),
          Duration.ofHours(8),
          Duration.ofHours(12),
          Duration.ofDays(1),
          Duration.ofDays(7));

  private BinCheck() {}

  /** Why a bin does not go with a job's windows. */
  public sealed interface Misfit {

    <R> R fold(Cases<R> cases);

    /** One answer for each kind of misfit. */
    interface Cases<R> {
      /**
       * A window's boundary cuts a bin.
       *
       * @param nearest the next smaller and the next larger usual bin that fit; may be empty
       */
      R cut(Instant boundary, List<Bin> nearest);

      /** Windows of a day or more follow the job's zone, the bins another one. */
      R otherZone(ZoneId ofBin, ZoneId ofJob);
    }
  }

  private record Cut(Instant boundary, List<Bin> nearest) implements Misfit {
    @Override
    public <R> R fold(Cases<R> cases) {
      return cases.cut(boundary, nearest);
    }
  }

  private record OtherZone(ZoneId ofBin, ZoneId ofJob) implements Misfit {
    @Override
    public <R> R fold(Cases<R> cases) {
      return cases.otherZone(ofBin, ofJob);
    }
  }

  /** What is wrong with a bin under windows of this length; empty when it divides them all. */
  public static Optional<Misfit> misfit(Every every, ZoneId zone, Bin bin, Instant now) {
    if (every instanceof Every.Calendar
        && bin.zone().filter(own -> !own.equals(zone)).isPresent()) {
      return Optional.of(new OtherZone(bin.zone().get(), zone));
    }
    return firstCut(every, zone, bin, now)
        .map(boundary -> new Cut(boundary, nearest(every, zone, bin, now)));
  }

  private static Optional<Instant> firstCut(Every every, ZoneId zone, Bin bin, Instant now) {
    WindowGrid windows = WindowGrid.of(every, zone);
    BinGrid bins = new BinGrid(bin);
    for (Stretch stretch : stretches(every, zone, bin, now)) {
      Instant boundary = windows.containing(stretch.from()).start();
      for (; boundary.isBefore(stretch.to()); boundary = windows.containing(boundary).end()) {
        if (!bins.holds(boundary)) {
          return Optional.of(boundary);
        }
      }
    }
    return Optional.empty();
  }

  private record Stretch(Instant from, Instant to) {}

  /**
   * The stretches of time to try. Windows of one length meet the bins in the same way until the
   * clock is set, so that a few of them after each change are enough; months and years are few
   * anyhow.
   */
  private static List<Stretch> stretches(Every every, ZoneId zone, Bin bin, Instant now) {
    Instant from = now.atOffset(ZoneOffset.UTC).minusYears(YEARS).toInstant();
    Instant to = now.atOffset(ZoneOffset.UTC).plusYears(YEARS).toInstant();
    if (every == Every.Calendar.MONTH || every == Every.Calendar.YEAR) {
      return List.of(new Stretch(from, to));
    }
    Duration few = every == Every.Calendar.WEEK ? Duration.ofDays(15) : Duration.ofDays(3);
    List<Stretch> stretches = new ArrayList<>();
    stretches.add(new Stretch(from, from.plus(few)));
    ZoneRules rules = bin.zone().orElse(zone).getRules();
    ZoneOffsetTransition change = rules.nextTransition(from);
    while (change != null && change.getInstant().isBefore(to)) {
      Instant at = change.getInstant();
      stretches.add(new Stretch(at, at.plus(few)));
      change = rules.nextTransition(at);
    }
    return stretches;
  }

  private static List<Bin> nearest(Every every, ZoneId zone, Bin bin, Instant now) {
    Duration length = bin.months() > 0 ? Duration.ofDays(28L * bin.months()) : bin.length();
    List<Bin> smaller = new ArrayList<>();
    List<Bin> larger = new ArrayList<>();
    for (Duration usual : USUAL) {
      Bin candidate = new Bin(usual, 0, bin.origin(), bin.zone());
      if (firstCut(every, zone, candidate, now).isEmpty()) {
        (usual.compareTo(length) < 0 ? smaller : larger).add(candidate);
      }
    }
    List<Bin> nearest = new ArrayList<>(NEAREST);
    if (!smaller.isEmpty()) {
      nearest.add(smaller.get(smaller.size() - 1));
    }
    larger.stream().findFirst().ifPresent(nearest::add);
    return List.copyOf(nearest);
  }
}
