package dev.tributary.ledger;

import static dev.tributary.ledger.ManifestSamples.JOB;
import static dev.tributary.ledger.ManifestSamples.NOW;
import static dev.tributary.ledger.ManifestSamples.START;
import static dev.tributary.ledger.ManifestSamples.hour;
import static dev.tributary.ledger.ManifestSamples.manifest;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tributary.job.Every;
import dev.tributary.job.Grid;
import dev.tributary.job.History;
import dev.tributary.job.History.Committed;
import dev.tributary.job.History.Status;
import dev.tributary.job.ObjectKey;
import dev.tributary.job.Window;
import dev.tributary.land.InMemoryDestination;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class IndexTest {

  private static final ObjectKey INDEX = new LedgerKeys(JOB).index();

  private final InMemoryDestination destination = new InMemoryDestination();
  private Instant now = NOW;
  private final Ledger ledger = ledger();

  private Ledger ledger() {
    return Ledger.of(destination, JOB, () -> now);
  }

  @Test
  void halfAMillionWindowsAreOneLineAndFiveCalls() throws Exception {
    NavigableMap<Instant, Committed> committed = new TreeMap<>();
    for (int i = 0; i < 525_600; i++) {
      Instant start = START.plusSeconds(60L * i);
      add(committed, new Window(start, start.plusSeconds(60)), Status.DONE, 1);
    }
    ledger.recordGrid(
        new Grid(new Every.Fixed(Duration.ofMinutes(1)), ZoneId.of("UTC"), START, NOW));
    ledger.writeIndex(history(committed));
    destination.forgetCounts();

    assertThat(ledger().history().committed()).isEqualTo(committed);
    assertThat(destination.lists() + destination.reads()).isLessThanOrEqualTo(5);
    assertThat(destination.read(INDEX).orElseThrow()).hasSizeLessThan(1000);
  }

  @Test
  void anyHistoryReadsBackAsItWas() throws Exception {
    for (long seed = 1; seed <= 200; seed++) {
      Random random = new Random(seed);
      NavigableMap<Instant, Committed> committed = new TreeMap<>();
      Instant start = START;
      for (int i = random.nextInt(60); i >= 0; i--) {
        long length = List.of(0L, 3600L, 3600L, 3600L, 7200L).get(random.nextInt(5));
        Instant end = start.plusSeconds(length);
        Window window = length == 0 ? Window.at(start) : new Window(start, end);
        if (random.nextInt(5) > 0) {
          Status status = List.of(Status.values()).get(random.nextInt(3));
          add(committed, window, status, 1 + random.nextInt(2));
        }
        start = end.plusSeconds(length == 0 ? 300 : random.nextInt(2) * 600L);
      }
      ledger.writeIndex(history(committed));

      assertThat(ledger().history().committed()).as("seed %d", seed).isEqualTo(committed);
    }
  }

  @Test
  void daysOfAZoneWithClockChangesStayFew() throws Exception {
    NavigableMap<Instant, Committed> committed = new TreeMap<>();
    ZoneId zone = ZoneId.of("Europe/Berlin");
    for (LocalDate day = LocalDate.of(2000, 1, 1); day.getYear() < 2026; day = day.plusDays(1)) {
      Instant start = day.atStartOfDay(zone).toInstant();
      add(
          committed,
          new Window(start, day.plusDays(1).atStartOfDay(zone).toInstant()),
          Status.DONE,
          1);
    }
    ledger.writeIndex(history(committed));

    assertThat(ledger().history().committed()).isEqualTo(committed);
    assertThat(destination.read(INDEX).orElseThrow()).hasSizeLessThan(20_000);
  }

  @Test
  void snapshotsOnAScheduleAreOneLine() throws Exception {
    NavigableMap<Instant, Committed> committed = new TreeMap<>();
    for (int i = 0; i < 10_000; i++) {
      add(committed, Window.at(START.plusSeconds(300L * i)), Status.DONE, 1);
    }
    ledger.writeIndex(history(committed));

    assertThat(ledger().history().committed()).isEqualTo(committed);
    assertThat(destination.read(INDEX).orElseThrow()).hasSizeLessThan(1000);
  }

  @Test
  void windowsAfterTheIndexAreFoundAndThoseBeforeItByLooking() throws Exception {
    ledger.commit(manifest(hour(1), 1, "a"));
    ledger.writeIndex(ledger.history());
    ledger().commit(manifest(hour(0), 1, "earlier"));
    ledger().commit(manifest(hour(900), 1, "later"));

    assertThat(ledger().history().committed()).containsOnlyKeys(hour(1).start(), hour(900).start());
    assertThat(ledger().newest(hour(0))).isPresent();
  }

  @Test
  void aLostOrDamagedIndexCostsOnlyReading() throws Exception {
    for (int i = 0; i < 5; i++) {
      ledger.commit(manifest(hour(i), 1, "a" + i));
    }
    History whole = ledger.history();
    ledger.writeIndex(whole);
    String written =
        new String(destination.read(INDEX).orElseThrow(), java.nio.charset.StandardCharsets.UTF_8);
    for (String text :
        List.of("", "{", "{\"format\": 1}", "{\"format\": 7}", written.replace("5x0", "5x1"))) {
      destination.overwrite(INDEX, text.getBytes(java.nio.charset.StandardCharsets.UTF_8));
      assertThat(ledger().history()).as(text).isEqualTo(whole);
    }
    destination.delete(INDEX);
    assertThat(ledger().history()).isEqualTo(whole);
  }

  @Test
  void looksAreRememberedWithAndWithoutTheIndex() throws Exception {
    ledger.commit(manifest(hour(0), 1, "a"));
    ledger.recordLook(hour(0), Duration.ofHours(6));
    History before = ledger.history();
    assertThat(before.looks()).isEqualTo(Map.of(START, List.of(Duration.ofHours(6))));

    ledger.writeIndex(before);
    now = now.plus(Duration.ofDays(40));
    Duration settled = before.committed().firstEntry().getValue().age();
    assertThat(settled).isGreaterThan(Duration.ofDays(1));
    assertThat(ledger().history().looks())
        .isEqualTo(Map.of(START, List.of(settled, Duration.ofHours(6))));
    ledger().recordLook(hour(0), Duration.ofDays(30));
    assertThat(ledger().history().looks().get(START))
        .containsExactlyInAnyOrder(settled, Duration.ofHours(6), Duration.ofDays(30));
  }

  @Test
  void looksThatCountNoMoreLeaveTheIndex() throws Exception {
    ledger.commit(manifest(hour(0), 1, "a"));
    ledger.recordLook(hour(0), Duration.ofHours(6));
    now = now.plus(Duration.ofDays(40));
    ledger.writeIndex(ledger.history());

    assertThat(ledger().history().looks()).isEmpty();
  }

  private static void add(
      NavigableMap<Instant, Committed> committed, Window window, Status status, int generation) {
    committed.put(window.start(), new Committed(window, status, generation, "q1"));
  }

  private static History history(NavigableMap<Instant, Committed> committed) {
    return new History(java.util.Optional.empty(), committed, new TreeMap<>(), Set.of(), Map.of());
  }
}
