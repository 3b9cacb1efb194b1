package dev.tributary.ledger;

import dev.tributary.job.Failure;
import dev.tributary.job.Grid;
import dev.tributary.job.History;
import dev.tributary.job.History.Committed;
import dev.tributary.job.ObjectKey;
import dev.tributary.job.Window;
import dev.tributary.land.StoredObject;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Reads what is known of a job with three listings and two records, however long its history: the
 * index, then the manifests and looks that came after it.
 */
record HistoryReading(Records records, LedgerKeys keys, GridBook grids, FailureBook failureBook) {

  /** How long the failure of a revisit keeps it from being tried again, at most. */
  private static final Duration REMEMBERED = Duration.ofDays(1);

  History read(Instant now) throws Failure {
    // failures, grid, index and intents come before everything that grows
    List<StoredObject> few =
        records.list(keys.folder(), LedgerKeys.first(keys.folder()), keys.looks());
    Index index = contains(few, keys.index()) ? index() : Index.EMPTY;
    Optional<Grid> grid = contains(few, keys.grid()) ? grids.recorded() : Optional.empty();
    NavigableMap<Instant, Committed> committed = new TreeMap<>(index.committed());
    addNewer(committed);
    Map<Instant, List<Duration>> looks = looks(index);

    NavigableMap<Instant, History.Failed> failures = failureBook.of(below(few, keys.failures()));
    failures
        .values()
        .removeIf(failed -> isOver(failed, committed.get(failed.window().start()), now));
    Set<Window> pending = new HashSet<>();
    for (LedgerKeys.Named intent : IntentBook.named(below(few, keys.intents()))) {
      // also one whose manifest stands: what it leaves behind is still to be cleared away
      pending.add(intent.window());
    }
    return new History(grid, committed, failures, pending, looks);
  }

  private Index index() throws Failure {
    return records.readHint(keys.index(), IndexJson::read).orElse(Index.EMPTY);
  }

  private void addNewer(NavigableMap<Instant, Committed> committed) throws Failure {
    ObjectKey from =
        committed.isEmpty()
            ? LedgerKeys.first(keys.windows())
            : keys.windowsAfter(committed.lastEntry().getValue().window());
    Map<Window, Integer> newest = new HashMap<>();
    ObjectKey until = LedgerKeys.last(keys.windows());
    for (StoredObject object : records.list(keys.windows(), from, until)) {
      LedgerKeys.named(object.key())
          .ifPresent(named -> newest.merge(named.window(), named.generation(), Math::max));
    }
    for (Map.Entry<Window, Integer> entry : newest.entrySet()) {
      records
          .read(keys.manifest(entry.getKey(), entry.getValue()), ManifestJson::read)
          .ifPresent(
              manifest ->
                  committed.put(entry.getKey().start(), manifest.committed(manifest.ended())));
    }
  }

  /** Whether a window is settled, and its failure says nothing about a look that is to come. */
  private static boolean isOver(History.Failed failed, @Nullable Committed there, Instant now) {
    if (there == null || !there.window().equals(failed.window())) {
      return false;
    }
    Instant looked = there.window().end().plus(there.age());
    return !failed.lasting()
        || !failed.at().isAfter(looked)
        || failed.at().plus(REMEMBERED).isBefore(now);
  }

  private Map<Instant, List<Duration>> looks(Index index) throws Failure {
    Map<Instant, List<Duration>> looks = new HashMap<>();
    index.looks().forEach((start, ages) -> looks.put(start, new ArrayList<>(ages)));
    ObjectKey from = LedgerKeys.first(keys.looksFrom(index.looked()));
    ObjectKey until = LedgerKeys.last(keys.looks());
    for (StoredObject object : records.list(keys.looks(), from, until)) {
      Optional<LedgerKeys.Look> look = LedgerKeys.lookNamed(object.key());
      if (look.isPresent()) {
        List<Duration> ages = looks.computeIfAbsent(look.get().start(), start -> new ArrayList<>());
        if (!ages.contains(look.get().age())) {
          ages.add(look.get().age());
        }
      }
    }
    return looks;
  }

  private static boolean contains(List<StoredObject> listed, ObjectKey key) {
    return listed.stream().anyMatch(object -> object.key().equals(key));
  }

  private static List<StoredObject> below(List<StoredObject> listed, ObjectKey folder) {
    String prefix = folder + "/";
    return listed.stream().filter(object -> object.key().value().startsWith(prefix)).toList();
  }
}
