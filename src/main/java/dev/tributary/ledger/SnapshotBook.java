package dev.tributary.ledger;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tributary.job.Failure;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/** Instants of snapshots without a schedule: numbered under the hash of the definition. */
record SnapshotBook(Records records, LedgerKeys keys) {

  /** The newest recorded instant; the candidate, whole seconds, when there is none. */
  Instant newestOr(String definitionHash, Instant candidate) throws Failure {
    Recorded newest = newest(definitionHash);
    return newest.number() > 0 ? newest.instant() : next(definitionHash, newest, candidate);
  }

  /** One more instant, later than all before it. */
  Instant another(String definitionHash, Instant candidate) throws Failure {
    return next(definitionHash, newest(definitionHash), candidate);
  }

  private record Recorded(int number, Instant instant) {}

  private Instant next(String definitionHash, Recorded newest, Instant candidate) throws Failure {
    Instant instant = candidate.truncatedTo(ChronoUnit.SECONDS);
    if (newest.number() > 0 && !instant.isAfter(newest.instant())) {
      instant = newest.instant().plusSeconds(1);
    }
    ObjectNode record =
        Records.begin().put("definition", definitionHash).put("instant", instant.toString());
    boolean ours = records.create(keys.snapshot(definitionHash, newest.number() + 1), record);
    return ours ? instant : newest(definitionHash).instant();
  }

  private Recorded newest(String definitionHash) throws Failure {
    Recorded newest = new Recorded(0, Instant.EPOCH);
    while (true) {
      int number = newest.number() + 1;
      Optional<Instant> next =
          records.read(keys.snapshot(definitionHash, number), fields -> fields.instant("instant"));
      if (next.isEmpty()) {
        return newest;
      }
      newest = new Recorded(number, next.get());
    }
  }
}
