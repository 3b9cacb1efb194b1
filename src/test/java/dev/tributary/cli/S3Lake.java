package dev.tributary.cli;

import dev.tributary.job.DestinationSpec;
import dev.tributary.job.Failure;
import dev.tributary.job.JobName;
import dev.tributary.job.ObjectKey;
import dev.tributary.land.Destination;
import dev.tributary.land.StoredObject;
import dev.tributary.land.objectstore.ObjectStores;
import dev.tributary.land.objectstore.S3Proxy;
import dev.tributary.land.objectstore.S3Relay;
import dev.tributary.ledger.Ledger;
import dev.tributary.ledger.Manifest;
import dev.tributary.ledger.Manifests;
import dev.tributary.sandbox.Sandbox;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.time.Year;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * A job of three windows, the past three years, whose destination alone is changed from test to
 * test.
 *
 * @param folder of the definitions: one file for the jobs, one for source and destination
 * @param destination keys and values of the destination
 */
record S3Lake(Path folder, String destination) {

  static final int WINDOWS = 3;

  /** What references in the definitions stand for. */
  private static final Map<String, String> ENVIRONMENT =
      Map.of("ACCESS", S3Proxy.ACCESS_KEY, "SECRET", S3Proxy.SECRET_KEY);

  /** Rows for the past three years, of two rooms. */
  static void load(Sandbox sandbox) throws Failure {
    StringBuilder lines = new StringBuilder();
    for (int ago = 1; ago <= WINDOWS; ago++) {
      long second = Year.now(ZoneOffset.UTC).minusYears(ago).atDay(40).toEpochDay() * 86_400;
      lines.append("t,room=Kitchen temp=2").append(ago).append(".5 ").append(second).append('\n');
      lines.append("t,room=Bad\\ /\\ WC temp=1").append(ago).append(".0 ").append(second);
      lines.append('\n');
    }
    sandbox.load("home", lines.toString(), TimeUnit.SECONDS);
  }

  /** Definitions whose lake is this bucket and prefix, through an endpoint. */
  static S3Lake on(Path folder, Sandbox sandbox, URI endpoint, DestinationSpec spec, String more)
      throws IOException {
    return at(
        folder,
        sandbox,
        """
        url: '%s'
            endpoint: %s
            path_style: true
            access_key: ${env:ACCESS}
            secret_key: ${env:SECRET}
        """
            .formatted(spec.url(), endpoint)
            .stripTrailing(),
        more);
  }

  /** The same job with any destination. */
  static S3Lake at(Path folder, Sandbox sandbox, String destination, String more)
      throws IOException {
    Files.createDirectories(folder);
    Files.writeString(
        folder.resolve("places.yaml"),
        """
        sources:
          plant: {url: '%s'}
        destinations:
          lake:
            %s
        """
            .formatted(sandbox.url(), destination));
    Files.writeString(
        folder.resolve("jobs.yaml"),
        """
        jobs:
          t:
            source: plant
            bucket: home
            sql: |
              SELECT DATE_BIN(INTERVAL '1 minute', time) AS time, room, avg(temp) AS temp
              FROM t WHERE time >= $start AND time < $end GROUP BY 1, room ORDER BY room, 1
            window: {every: 1y, start: %s-01-01}
            retries: 0
            destination: {to: lake}
            %s
        """
            .formatted(Year.now(ZoneOffset.UTC).minusYears(WINDOWS), more));
    return new S3Lake(folder, destination);
  }

  /** A command over these definitions. */
  Typed typed(String... words) {
    List<String> all = new ArrayList<>(List.of(words));
    all.addAll(List.of("--config", "."));
    return Typed.in(folder, ENVIRONMENT, all.toArray(String[]::new));
  }

  /** Keys of the data files of a prefix, past any relay. */
  static List<String> files(DestinationSpec spec) throws Exception {
    try (Destination lake = open(spec)) {
      return lake.list(new ObjectKey("t")).stream()
          .map(StoredObject::key)
          .map(ObjectKey::value)
          .toList();
    }
  }

  /** Keys of the data files that newest manifests list. */
  static List<String> listed(DestinationSpec spec) throws Exception {
    List<String> keys = new ArrayList<>();
    try (Destination lake = open(spec)) {
      Manifests manifests = Ledger.of(lake, new JobName("t"), InstantSource.system()).manifests();
      for (Optional<Manifest> each = manifests.next(); each.isPresent(); each = manifests.next()) {
        each.orElseThrow().files().forEach(file -> keys.add(file.key().value()));
      }
    }
    keys.sort(null);
    return keys;
  }

  private static Destination open(DestinationSpec spec) throws Exception {
    return ObjectStores.open(spec, S3Proxy::secret, InstantSource.system());
  }

  /** A relay before the test's store. */
  static S3Relay relay() {
    return S3Relay.before(S3Proxy.endpoint());
  }
}
