package dev.tributary.ledger;

import dev.tributary.job.Attempt;
import dev.tributary.job.Failure;
import dev.tributary.job.ObjectKey;
import dev.tributary.job.Window;
import dev.tributary.land.Destination;
import java.util.Optional;

/**
 * What may be done about a manifest that was damaged or edited since it was created. Nothing of it
 * is lost: what was there is kept aside, where no reading meets it.
 */
record Mending(Destination destination, Records records, LedgerKeys keys) {

  void recordAgain(Manifest manifest) throws Failure {
    Attempt attempt = manifest.attempt();
    ObjectKey key = keys.manifest(attempt.window(), attempt.generation());
    keepAside(key);
    records.overwrite(key, ManifestJson.write(manifest));
  }

  void setAside(Window window, int generation) throws Failure {
    ObjectKey key = keys.manifest(window, generation);
    keepAside(key);
    records.delete(key);
  }

  private void keepAside(ObjectKey key) throws Failure {
    Optional<byte[]> there = destination.read(key);
    if (there.isPresent()) {
      destination.overwrite(keys.aside(key), there.orElseThrow());
    }
  }
}
