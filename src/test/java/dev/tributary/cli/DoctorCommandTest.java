package dev.tributary.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tributary.land.objectstore.GcsServer;
import dev.tributary.land.objectstore.StoreRelay;
import dev.tributary.sandbox.Sandbox;
import dev.tributary.sandbox.SandboxSettings;
import dev.tributary.testing.Definition;
import dev.tributary.testing.ServerProcess;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DoctorCommandTest {

  private static final Map<String, String> NOTHING = Map.of();

  private Path folder;
  private Path lake;

  @BeforeEach
  void begin(@TempDir Path empty) {
    folder = empty;
    lake = folder.resolve("lake");
  }

  @Test
  void whatWorksIsRightAndNothingIsLeftBehind() throws Exception {
    try (Sandbox sandbox = sandbox(SandboxSettings.standard())) {
      write(hourly(sandbox));
      Typed doctor = doctor(NOTHING);
      assertThat(doctor.code()).as(doctor.all()).isZero();
      assertThat(doctor.out())
          .contains("bucket 'home' may be read", "the server plans it, with 4 columns")
          .contains("hard links and locks", "MiB are free");
      assertThat(doctor.err()).endsWith(" checks: all right\n");
    }
    try (Stream<Path> left = Files.walk(lake)) {
      // its lock stays with any writer
      Path staging = lake.resolve("_tributary/staging");
      assertThat(left.filter(file -> Files.isRegularFile(file) && !file.startsWith(staging)))
          .isEmpty();
    }
  }

  @Test
  void eachCheckIsADocument() throws Exception {
    try (Sandbox sandbox = sandbox(SandboxSettings.standard())) {
      write(hourly(sandbox));
      List<JsonNode> checks = JsonLines.of(doctor(NOTHING, "--json"));
      assertThat(checks)
          .allSatisfy(
              check ->
                  assertThat(JsonLines.fields(check))
                      .containsExactly("part", "name", "check", "state", "found", "kind"));
      assertThat(checks)
          .extracting(check -> check.get("part").asText() + " " + check.get("check").asText())
          .containsExactly(
              "source answers",
              "source clock",
              "job query",
              "destination look",
              "destination create",
              "destination create only",
              "destination replace",
              "destination large",
              "destination large",
              "destination list",
              "destination read",
              "destination clock",
              "destination space",
              "destination delete");
    }
  }

  @Test
  void aDeadPortIsUnreachableAndTheRestIsProbedNoneTheLess() throws Exception {
    write(Definition.hourly("grpc://127.0.0.1:" + ServerProcess.freePort(), lake));
    Typed doctor = doctor(NOTHING);
    assertThat(doctor.code()).as(doctor.all()).isEqualTo(69);
    assertThat(doctor.out())
        .contains("the connection was refused; check that the server runs and 'url' is right")
        .contains("an object that is there is not overwritten")
        .doesNotContain("climate");
    assertThat(doctor.err()).contains(": 1 wrong, 0 doubtful");
  }

  @Test
  void aWrongTokenIsNotAuthorised() throws Exception {
    try (Sandbox sandbox = sandbox(SandboxSettings.standard().withToken("sandbox-token-17"))) {
      write(hourly(sandbox).replace("'}\ndestinations", "', token: '${env:TOKEN}'}\ndestinations"));
      Typed doctor = doctor(Map.of("TOKEN", "planted-secret"));
      assertThat(doctor.code()).as(doctor.all()).isEqualTo(77);
      assertThat(doctor.all()).doesNotContain("planted-secret");
      assertThat(doctor(Map.of("TOKEN", "sandbox-token-17")).code()).isZero();
    }
  }

  @Test
  void aQueryThatTheServerDoesNotPlanIsTheJobsFault() throws Exception {
    try (Sandbox sandbox = sandbox(SandboxSettings.standard())) {
      write(hourly(sandbox).replace("avg(temp)", "avg(nosuch)"));
      Typed doctor = doctor(NOTHING, "--json");
      assertThat(doctor.code()).as(doctor.all()).isEqualTo(65);
      assertThat(JsonLines.of(doctor))
          .filteredOn(check -> check.get("state").asText().equals("wrong"))
          .singleElement()
          .satisfies(
              check -> {
                assertThat(check.get("name").asText()).isEqualTo("climate");
                assertThat(check.get("found").asText()).contains("nosuch");
                assertThat(check.get("kind").asText()).isEqualTo("refused");
              });
    }
  }

  @Test
  void aClockThatIsOffIsDoubtfulAndOneThatIsFarOffStopsEverything() throws Exception {
    Typed tenMinutes = skewed(Duration.ofMinutes(10));
    assertThat(tenMinutes.code()).as(tenMinutes.all()).isZero();
    assertThat(tenMinutes.err()).contains(": 0 wrong, 1 doubtful");
    assertThat(tenMinutes.out()).contains("the earlier one says what is due");
    Typed twoHours = skewed(Duration.ofHours(-2));
    assertThat(twoHours.code()).as(twoHours.all()).isEqualTo(75);
    assertThat(twoHours.out()).contains("nothing is committed until they agree");
  }

  @Test
  void aFolderThatCannotBeMadeIsNamed() throws Exception {
    Files.writeString(lake, "a file where the folder should be");
    try (Sandbox sandbox = sandbox(SandboxSettings.standard())) {
      write(hourly(sandbox));
      Typed doctor = doctor(NOTHING);
      assertThat(doctor.code()).as(doctor.all()).isEqualTo(73);
      assertThat(doctor.out()).contains(lake.toString());
    }
  }

  @Test
  void aBucketOfGoogleCloudStorageIsProbed() throws Exception {
    try (Sandbox sandbox = sandbox(SandboxSettings.standard())) {
      String bucket = GcsServer.newBucket();
      write(inBucket(sandbox, bucket, GcsServer.endpoint(), ""));
      Typed doctor = doctor(NOTHING);
      assertThat(doctor.code()).as(doctor.all()).isZero();
      assertThat(doctor.err()).endsWith(" checks: all right\n");
      write(inBucket(sandbox, "no-such-bucket", GcsServer.endpoint(), ""));
      Typed missing = doctor(NOTHING);
      assertThat(missing.code()).as(missing.all()).isEqualTo(66);
      assertThat(missing.out()).contains("create the bucket, or correct 'url'");
    }
  }

  @Test
  void aBucketWhoseKeyIsNotThereIsNotAuthorised() throws Exception {
    try (Sandbox sandbox = sandbox(SandboxSettings.standard())) {
      URI nobody = URI.create("https://127.0.0.1:" + ServerProcess.freePort());
      write(inBucket(sandbox, "lake", nobody, ", credentials: '${env:GCS_KEY}'"));
      Typed doctor = doctor(NOTHING);
      assertThat(doctor.code()).as(doctor.all()).isEqualTo(77);
      assertThat(doctor.out()).contains("GCS_KEY");
    }
  }

  @Test
  void aStoreThatIgnoresConditionsIsRefusedUnlessNobodyElseWritesThere() throws Exception {
    try (Sandbox sandbox = sandbox(SandboxSettings.standard());
        StoreRelay relay = StoreRelay.before(GcsServer.endpoint())) {
      relay.rewrite(head -> head.replaceFirst("&ifGenerationMatch=\\d+", ""));
      String bucket = GcsServer.newBucket();
      write(inBucket(sandbox, bucket, relay.endpoint(), ""));
      Typed shared = doctor(NOTHING);
      assertThat(shared.code()).as(shared.all()).isEqualTo(78);
      assertThat(shared.out())
          .contains("ignores the conditions of a write", "say 'single_writer: true'");

      write(inBucket(sandbox, bucket, relay.endpoint(), ", single_writer: true"));
      Typed alone = doctor(NOTHING);
      assertThat(alone.code()).as(alone.all()).isZero();
      assertThat(alone.out()).contains("nobody else may write there");
    }
  }

  private String inBucket(Sandbox sandbox, String bucket, URI endpoint, String more) {
    return hourly(sandbox)
        .replace(
            "{url: '" + Definition.url(lake) + "'}",
            "{url: 'gs://%s/lake', endpoint: '%s'%s}".formatted(bucket, endpoint, more));
  }

  private Typed skewed(Duration by) throws Exception {
    try (Sandbox sandbox =
        sandbox(
            SandboxSettings.standard()
                .withClock(InstantSource.offset(InstantSource.system(), by)))) {
      write(hourly(sandbox));
      return doctor(NOTHING);
    }
  }

  private static Sandbox sandbox(SandboxSettings settings) throws Exception {
    Sandbox sandbox = Sandbox.start(settings);
    sandbox.loadHome("home");
    return sandbox;
  }

  private String hourly(Sandbox sandbox) {
    return Definition.hourly("grpc://127.0.0.1:" + sandbox.port(), lake);
  }

  private Typed doctor(Map<String, String> environment, String... options) {
    String[] words =
        Stream.of(List.of("doctor", "--config", "jobs.yaml"), List.of(options))
            .flatMap(List::stream)
            .toArray(String[]::new);
    return Typed.in(folder, environment, words);
  }

  private void write(String yaml) throws Exception {
    Files.writeString(folder.resolve("jobs.yaml"), yaml);
  }
}
