package dev.tributary.ledger;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tributary.job.Attempt;
import dev.tributary.job.Failure;
import dev.tributary.job.Window;
import dev.tributary.land.StoredObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Publications that are under way, or were when their process died. */
record IntentBook(Records records, LedgerKeys keys) {

  Intent begin(Attempt attempt) throws Failure {
    Intent ours = new Intent(attempt.window(), attempt.generation(), attempt.id(), attempt.began());
    if (records.create(keys.intent(ours.window(), ours.generation()), write(ours))) {
      return ours;
    }
    return read(ours.window(), ours.generation()).orElse(ours);
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

  private Optional<Intent> read(Window window, int generation) throws Failure {
    return records.read(
        keys.intent(window, generation),
        fields -> new Intent(window, generation, fields.text("attempt"), fields.instant("began")));
  }

  private static ObjectNode write(Intent intent) {
    ObjectNode record = Records.begin();
    ManifestJson.putWindow(record, intent.window());
    return record
        .put("generation", intent.generation())
        .put("attempt", intent.attempt())
        .put("began", intent.began().toString());
  }
}
