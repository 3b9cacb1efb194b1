package dev.tributary.ledger;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tributary.job.Failure;
import dev.tributary.job.History;
import dev.tributary.job.Window;
import dev.tributary.land.StoredObject;
import java.time.Instant;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;

/** The last failure of each window that is not settled: hints, whose loss costs an attempt. */
record FailureBook(Records records, LedgerKeys keys) {

  /** Counts one more failure in a row; a changed query begins a new row. Never throws. */
  History.Failed record(Window window, Failure failure, String queryHash, Instant now) {
    int before = 0;
    try {
      before =
          read(window)
              .filter(last -> last.queryHash().equals(queryHash))
              .map(History.Failed::times)
              .orElse(0);
    } catch (Failure e) {
      // a destination that cannot be read is what is being recorded, most likely
    }
    History.Failed failed =
        new History.Failed(
            window, now, before + 1, !failure.kind().retryable(), queryHash, failure.sentence());
    try {
      records.overwrite(keys.failure(window), write(failed));
    } catch (Failure e) {
      // the caller reports the failure itself; its record is best effort
    }
    return failed;
  }

  void clear(Window window) {
    try {
      records.delete(keys.failure(window));
    } catch (Failure e) {
      // the window is settled: nobody asks for its failures again
    }
  }

  NavigableMap<Instant, History.Failed> all() throws Failure {
    return of(records.list(keys.failures()));
  }

  NavigableMap<Instant, History.Failed> of(List<StoredObject> listed) throws Failure {
    NavigableMap<Instant, History.Failed> failures = new TreeMap<>();
    for (StoredObject object : listed) {
      Optional<LedgerKeys.Named> named = LedgerKeys.named(object.key());
      if (named.isPresent()) {
        Window window = named.get().window();
        read(window).ifPresent(failed -> failures.put(window.start(), failed));
      }
    }
    return failures;
  }

  private Optional<History.Failed> read(Window window) throws Failure {
    return records.readHint(
        keys.failure(window),
        fields ->
            new History.Failed(
                window,
                fields.instant("at"),
                Math.max(1, fields.smallCount("times")),
                fields.truth("lasting"),
                fields.text("query"),
                fields.text("reason")));
  }

  private static ObjectNode write(History.Failed failed) {
    ObjectNode record = Records.begin();
    ManifestJson.putWindow(record, failed.window());
    return record
        .put("at", failed.at().toString())
        .put("times", failed.times())
        .put("lasting", failed.lasting())
        .put("query", failed.queryHash())
        .put("reason", failed.reason());
  }
}
