package dev.tributary.ledger;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tributary.job.Attempt;
import dev.tributary.job.Failure;
import dev.tributary.job.ObjectKey;
import dev.tributary.job.Window;
import dev.tributary.land.Condition;
import dev.tributary.land.StoredObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Publications that are under way, or were when their process died. */
record IntentBook(Records records, LedgerKeys keys) {

  Intent begin(Attempt attempt) throws Failure {
    records.create(
        keys.intent(attempt.window(), attempt.generation()), write(attempt, Optional.empty()));
    return read(attempt.window(), attempt.generation())
        .orElse(
            new Intent(
                attempt.window(),
                attempt.generation(),
                attempt.id(),
                attempt.began(),
                Optional.empty(),
                ""));
  }

  boolean begin(Manifest planned, Optional<Intent> over) throws Failure {
    Attempt attempt = planned.attempt();
    return records.put(
        keys.intent(attempt.window(), attempt.generation()),
        write(attempt, Optional.of(planned)),
        over.map(there -> Condition.unchanged(there.version())).orElse(Condition.ABSENT));
  }

  List<Intent> all() throws Failure {
    List<Intent> intents = new ArrayList<>();
    for (LedgerKeys.Named named : named(records.list(keys.intents()))) {
      read(named.window(), named.generation()).ifPresent(intents::add);
    }
    return intents;
  }

  void end(Window window, int generation) throws Failure {
    records.delete(keys.intent(window, generation));
  }

  static List<LedgerKeys.Named> named(List<StoredObject> listed) {
    return listed.stream()
        .map(object -> LedgerKeys.named(object.key()))
        .flatMap(Optional::stream)
        .toList();
  }

  Optional<Intent> read(Window window, int generation) throws Failure {
    ObjectKey key = keys.intent(window, generation);
    // before the record is read: if it changes in between, whoever relies on this version is told
    Optional<String> version = records.version(key);
    if (version.isEmpty()) {
      return Optional.empty();
    }
    return records.read(
        key,
        fields ->
            new Intent(
                window,
                generation,
                fields.text("attempt"),
                fields.instant("began"),
                fields.has("planned")
                    ? Optional.of(ManifestJson.read(fields.fields("planned")))
                    : Optional.empty(),
                version.orElseThrow()));
  }

  private static ObjectNode write(Attempt attempt, Optional<Manifest> planned) {
    ObjectNode record = Records.begin();
    ManifestJson.putWindow(record, attempt.window());
    record
        .put("generation", attempt.generation())
        .put("attempt", attempt.id())
        .put("began", attempt.began().toString());
    planned.ifPresent(manifest -> record.set("planned", ManifestJson.write(manifest)));
    return record;
  }
}
