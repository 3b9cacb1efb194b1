package dev.tributary.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tributary.job.DestinationSpec;
import dev.tributary.job.Failure;
import dev.tributary.job.JobName;
import dev.tributary.job.ObjectKey;
import dev.tributary.land.Destination;
import dev.tributary.land.StoredObject;
import dev.tributary.land.objectstore.Azurite;
import dev.tributary.land.objectstore.ObjectStores;
import dev.tributary.land.objectstore.S3Proxy;
import dev.tributary.land.objectstore.StoreSecrets;
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
 */
record StoreLake(Path folder) {

  static final int WINDOWS = 3;

  /** What references in the definitions stand for. */
  static final Map<String, String> ENVIRONMENT =
      Map.of(
          "ACCESS", S3Proxy.ACCESS_KEY,
          "SECRET", S3Proxy.SECRET_KEY,
          "KEY", Azurite.ACCOUNT_KEY);

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

  /** Definitions whose lake is this bucket and prefix of S3, through an endpoint. */
  static StoreLake on(Path folder, Sandbox sandbox, URI endpoint, DestinationSpec spec, String more)
      throws IOException {
    return at(folder, sandbox, bucket(spec, endpoint), more);
  }

  /** Keys and values of a destination in S3, through an endpoint. */
  static String bucket(DestinationSpec spec, URI endpoint) {
    return """
    url: '%s'
        endpoint: %s
        path_style: true
        access_key: ${env:ACCESS}
        secret_key: ${env:SECRET}
    """
        .formatted(spec.url(), endpoint)
        .stripTrailing();
  }

  /** Keys and values of a destination in Azure Blob Storage, through an endpoint. */
  static String container(DestinationSpec spec, String endpoint) {
    return """
    url: '%s'
        account: %s
        endpoint: %s
        account_key: ${env:KEY}
    """
        .formatted(spec.url(), Azurite.ACCOUNT, endpoint)
        .stripTrailing();
  }

  /** The same job with any destination. */
  static StoreLake at(Path folder, Sandbox sandbox, String destination, String more)
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
    return new StoreLake(folder);
  }

  /** A command over these definitions. */
  Typed typed(String... words) {
    List<String> all = new ArrayList<>(List.of(words));
    all.addAll(List.of("--config", "."));
    return Typed.in(folder, ENVIRONMENT, all.toArray(String[]::new));
  }

  /** What these command lines say one after another, without what no two runs share. */
  String told(String... lines) {
    StringBuilder told = new StringBuilder();
    for (String line : lines) {
      Typed typed = typed(line.split(" ", -1));
      assertThat(typed.code()).as(line + "\n" + typed.all()).isZero();
      told.append(line).append('\n').append(typed.all()).append('\n');
    }
    return told.toString()
        .replaceAll("g0002-[0-9a-f]+|g0001-[0-9a-f]+", "g")
        .replaceAll("\\d+[dhms]\\b", "T");
  }

  /** The command line that replaces the newest window. */
  static String replacement() {
    return "run t --window %s-01-01 --replace".formatted(Year.now(ZoneOffset.UTC).minusYears(1));
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
    return ObjectStores.open(spec, StoreSecrets::of, InstantSource.system());
  }
}
