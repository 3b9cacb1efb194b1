package dev.tributary.cli;

import dev.tributary.definition.Definitions;
import dev.tributary.job.Attempt;
import dev.tributary.job.Content;
import dev.tributary.job.DestinationSpec;
import dev.tributary.job.Failure;
import dev.tributary.job.Grid;
import dev.tributary.job.History;
import dev.tributary.job.History.Committed;
import dev.tributary.job.History.Status;
import dev.tributary.job.Job;
import dev.tributary.job.Window;
import dev.tributary.land.LocalDestination;
import dev.tributary.ledger.Ledger;
import dev.tributary.ledger.Manifest;
import dev.tributary.plan.WindowGrid;
import dev.tributary.testing.Definition;
import java.net.URI;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;

/** Jobs of many lengths with a year behind them in which all sorts of things happened. */
final class CoverageSamples {

  static final Instant NOW = Instant.parse("2026-11-23T09:30:00Z");

  private CoverageSamples() {}

  /** Defines the jobs in a folder and writes down what became of their windows. */
  static void lay(Path folder) throws Exception {
    StringBuilder yaml =
        new StringBuilder(
            """
            sources:
              plant: {url: 'grpc://127.0.0.1:1'}
            destinations:
              lake: {url: '%s'}
            jobs:
            """
                .formatted(Definition.url(folder.resolve("lake"))));
    job(yaml, "air-quality", "1d", "2025-12-01");
    job(yaml, "cpu-minutes", "1m", "2025-11-23");
    job(yaml, "line-output", "1h", "2026-06-01");
    job(yaml, "power-weeks", "1w", "2024-12-30");
    job(yaml, "tariff-months", "1mo", "2023-01-01");
    Definitions definitions = Definition.read(folder, yaml.toString());
    for (Job job : definitions.jobs()) {
      history(folder.resolve("lake"), job);
    }
  }

  private static void job(StringBuilder yaml, String name, String every, String start) {
    boolean long1 = every.equals("1d") || every.equals("1w") || every.equals("1mo");
    yaml.append(
        """
          %s:
            source: plant
            bucket: home
            sql: |
              SELECT DATE_BIN(INTERVAL '1 minute', time) AS time, avg(temp) AS temp
              FROM home WHERE time >= $start AND time < $end GROUP BY 1
            zone: %s
            window: {every: %s, start: %s}
            catchup: 40d
            destination: {to: lake}
        """
            .formatted(name, long1 ? "Europe/Berlin" : "UTC", every, start));
  }

  private static void history(Path lake, Job job) throws Failure {
    Ledger ledger =
        Ledger.of(
            LocalDestination.open(
                new DestinationSpec(
                    "lake", URI.create("file://" + lake), false, Map.of(), Map.of())),
            job.name(),
            () -> NOW);
    Job.Windowing windowing = job.windowing().orElseThrow();
    Instant start = windowing.start().orElseThrow();
    ledger.recordGrid(new Grid(windowing.every(), job.zone(), start, start));
    WindowGrid grid = WindowGrid.of(windowing.every(), job.zone());
    List<Window> windows = grid.between(start, NOW.minus(windowing.delay())).toList();
    Random random = new Random(job.name().hashCode());
    NavigableMap<Instant, Committed> committed = new TreeMap<>();
    List<Window> open = new ArrayList<>();
    int trouble = Math.max(2, windows.size() / 60);
    for (int i = 0; i < windows.size(); i++) {
      int left = windows.size() - i;
      int of100 = windows.size() > 1000 ? random.nextInt(20_000) : random.nextInt(100);
      if (left <= Math.max(1, trouble / 8)
          || (windows.size() <= 1000 && i == windows.size() * 2 / 3)) {
        open.add(windows.get(i));
      } else {
        Status status = of100 < 3 ? Status.EMPTY : of100 < 5 ? Status.SKIPPED : Status.DONE;
        int generation = of100 >= 5 && of100 < 10 ? 2 : 1;
        committed.put(
            windows.get(i).start(), new Committed(windows.get(i), status, generation, "q"));
        if (status == Status.SKIPPED) {
          ledger.commit(skipped(job, windows.get(i)));
        }
      }
    }
    for (Window window : open.subList(0, Math.max(0, open.size() - 1))) {
      ledger.recordFailure(
          window,
          new Failure(
              Failure.Kind.REFUSED,
              "cannot query window "
                  + window
                  + ": the server says 'Schema error: No field named temp. </script><b>'; correct the query"),
          job.hashes().query(),
          NOW.minusSeconds(600));
    }
    ledger.writeIndex(
        new History(Optional.empty(), committed, new TreeMap<>(), Set.of(), Map.of()));
  }

  private static Manifest skipped(Job job, Window window) {
    return new Manifest(
        new Attempt(job.name(), window, 1, "a", job.hashes(), 0, "plant", NOW, "1"),
        Status.SKIPPED,
        new Content(0, Optional.empty(), Optional.empty(), "", 0),
        List.of(),
        List.of(),
        NOW,
        Optional.of("the line stood still for maintenance"));
  }
}
