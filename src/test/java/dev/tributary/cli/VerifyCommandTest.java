package dev.tributary.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tributary.sandbox.Sandbox;
import dev.tributary.sandbox.SandboxSettings;
import dev.tributary.testing.Definition;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What verify finds at a destination that something happened to, and what --repair makes of it. */
class VerifyCommandTest {

  private static final String CLEAN = "all as their manifests say";

  private Sandbox sandbox;
  private Path folder;
  private Path lake;

  @BeforeEach
  void start(@TempDir Path empty) throws Exception {
    folder = empty;
    lake = folder.resolve("lake");
    sandbox = Sandbox.start(SandboxSettings.standard());
    sandbox.loadHome("home");
  }

  @AfterEach
  void stop() {
    sandbox.close();
  }

  private void define(String more) throws Exception {
    String yaml =
        Definition.hourly(sandbox.url(), lake)
            .replace("catchup: 3d", "catchup: all")
            .replace("start: 2022-01-01}", "start: 2022-01-01T08:00:00Z}");
    Files.writeString(
        folder.resolve("tributary.yaml"),
        yaml.replace("retries: 0", "retries: 0" + (more.isEmpty() ? "" : "\n    " + more)));
  }

  /** Three windows with rows, settled. */
  private List<Path> settled(String more) throws Exception {
    define(more);
    for (int hour = 8; hour < 11; hour++) {
      typed(0, "run", "climate", "--window", "2022-01-01T%02d:00:00Z".formatted(hour));
    }
    assertThat(typed(0, "verify").err()).contains(CLEAN);
    return Listing.data(lake);
  }

  private Typed typed(int code, String command, String... words) {
    List<String> line = new ArrayList<>(List.of(command));
    line.addAll(List.of(words));
    line.addAll(List.of("--config", "tributary.yaml"));
    Typed typed = Typed.in(folder, line.toArray(String[]::new));
    assertThat(typed.code()).as("%s: %s", line, typed.all()).isEqualTo(code);
    return typed;
  }

  private String cause() {
    List<JsonNode> found = JsonLines.of(typed(65, "verify", "--json"));
    assertThat(found).hasSize(1);
    return found.get(0).get("cause").asText();
  }

  private void repaired(String how) throws Exception {
    Typed repair = typed(0, "verify", "--repair");
    assertThat(repair.out()).contains(how);
    assertThat(repair.err()).contains("1 wrong, 1 repaired");
    assertThat(typed(0, "verify").err()).contains("3 windows").contains(CLEAN);
    assertThat(typed(0, "status").all()).doesNotContain("failed");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "format: arrow", "partition_by: [room]"})
  void aByteThatWasFlippedAnywhereIsFoundAndTheWindowQueriedAgain(String more) throws Exception {
    settled(more);
    long seed = System.nanoTime();
    Random random = new Random(seed);
    for (int round = 0; round < 6; round++) {
      List<Path> files = Listing.data(lake);
      Path file = files.get(random.nextInt(files.size()));
      byte[] bytes = Files.readAllBytes(file);
      int at = round == 0 ? 0 : round == 1 ? bytes.length - 1 : random.nextInt(bytes.length);
      bytes[at] ^= (byte) (1 << random.nextInt(8));
      Files.write(file, bytes);

      assertThat(cause()).as("seed %d, byte %d of %s", seed, at, file).isEqualTo("damaged");
      repaired("queried again, generation ");
      assertThat(Listing.data(lake)).hasSameSizeAs(files);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "format: arrow", "partition_by: [room]"})
  void aFileThatWasCutShortAtAnyLengthIsReplaced(String more) throws Exception {
    settled(more);
    for (double share : new double[] {0, 0.001, 0.5, 0.999}) {
      Path file = Listing.data(lake).get(1);
      byte[] bytes = Files.readAllBytes(file);
      Files.write(file, Arrays.copyOf(bytes, (int) (bytes.length * share)));

      assertThat(cause()).as("%s of %s", share, file).isEqualTo("damaged");
      repaired("queried again");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "format: arrow", "partition_by: [room]"})
  void aFileThatWasDeletedIsMadeAgain(String more) throws Exception {
    List<Path> files = settled(more);
    Files.delete(files.get(0));

    assertThat(cause()).isEqualTo("missing");
    repaired("queried again, generation 2");
    assertThat(Listing.data(lake)).hasSameSizeAs(files);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "format: arrow", "partition_by: [room]"})
  void aFileFromElsewhereIsFoundAndNeverTouched(String more) throws Exception {
    List<Path> files = settled(more);
    for (byte[] strange :
        List.of(
            "somebody's text".getBytes(StandardCharsets.UTF_8), Files.readAllBytes(files.get(1)))) {
      Files.write(files.get(0), strange);

      assertThat(cause()).isEqualTo("foreign");
      Typed repair = typed(65, "verify", "--repair");
      assertThat(repair.out()).contains("is not ours and is left alone");
      assertThat(files.get(0)).hasBinaryContent(strange);
    }
  }

  @Test
  void strangersAndCopiesAmongOurFilesAreNamedAndLeftThere() throws Exception {
    List<Path> files = settled("");
    Path beside = files.get(0).resolveSibling("other.parquet");
    Path copy = files.get(0).resolveSibling("copy.parquet");
    Files.writeString(beside, "not of this program");
    Files.copy(files.get(0), copy);
    Files.writeString(files.get(0).resolveSibling("README.txt"), "no data");

    assertThat(JsonLines.of(typed(65, "verify", "--json")))
        .extracting(each -> each.get("file").asText() + " " + each.get("cause").asText())
        .containsExactlyInAnyOrder(
            lake.relativize(beside) + " foreign", lake.relativize(copy) + " copy");
    typed(65, "verify", "--repair");
    assertThat(beside).exists();
    assertThat(copy).exists();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"rows\" : 2=\"rows\" : 3",
        "\"generation\" : 1=\"generation\" : 7",
        "\"digest\" : \"rows=\"digest\" : \"sown",
        "\"first\" : \"2022=\"first\" : \"2021",
        "\"source\" : \"plant=\"source\" : \"field",
        "\"name\" : \"temp\"=\"name\" : \"heat\"",
        "\"query\" : \"=\"query\" : \"0",
        "\"status\" : \"done\"=\"status\" : \"empty\"",
        "\"attempt\" : \"=\"attempt\" : \"0",
        "\"files\" : [ {=\"files\" : [ ], \"fils\" : [ {",
        "\"bytes\" : =\"bytes\" : 1",
        "climate-2022=climate-2021",
        "{=",
      })
  void aManifestThatWasEditedIsRecordedAgainFromItsFile(String edit) throws Exception {
    List<Path> files = settled("");
    byte[] before = Files.readAllBytes(files.get(0));
    Path manifest = Listing.manifests(lake).get(0);
    String text = Files.readString(manifest);
    String[] change = edit.split("=", -1);
    assertThat(text).contains(change[0]);
    Files.writeString(manifest, text.replace(change[0], change[1]));

    assertThat(cause()).isIn("manifest", "missing");
    repaired("recorded again from its file");
    assertThat(files.get(0)).hasBinaryContent(before);
  }

  @Test
  void aManifestThatIsGoneIsRecordedFromItsFileOrQueriedAgain() throws Exception {
    List<Path> files = settled("");
    Files.delete(Listing.manifests(lake).get(0));
    assertThat(cause()).isEqualTo("manifest");
    repaired("recorded from what lies there");

    Files.delete(Listing.manifests(lake).get(0));
    Files.delete(files.get(0));
    assertThat(cause()).isEqualTo("manifest");
    repaired("queried again, generation 1");
  }

  @ParameterizedTest
  @ValueSource(strings = {"{=", "\"digest\" : \"rows=\"digest\" : \"sown"})
  void aManifestOfSeveralFilesThatWasEditedIsMadeByAnotherQuery(String edit) throws Exception {
    List<Path> files = settled("partition_by: [room]");
    Path manifest = Listing.manifests(lake).get(0);
    String[] change = edit.split("=", -1);
    Files.writeString(manifest, Files.readString(manifest).replace(change[0], change[1]));

    assertThat(cause()).isEqualTo("manifest");
    repaired("queried again");
    assertThat(Listing.data(lake)).hasSameSizeAs(files);
  }

  @Test
  void aPartThatNobodyListsIsRemoved() throws Exception {
    List<Path> files = settled("partition_by: [room]");
    Path part = files.get(0);
    Path orphan =
        part.resolveSibling(
            part.getFileName().toString().replaceAll("-\\d{4}\\.parquet", "-0099.parquet"));
    Files.copy(part, orphan, StandardCopyOption.COPY_ATTRIBUTES);

    assertThat(cause()).isEqualTo("orphan");
    repaired("removed");
    assertThat(Listing.data(lake)).isEqualTo(files);
  }

  @Test
  void aCompleteFileThatLacksItsManifestIsRecorded() throws Exception {
    settled("");
    Path manifest = Listing.manifests(lake).get(1);
    Path index = lake.resolve("_tributary/climate/index.json");
    Files.delete(manifest);
    Files.delete(index);

    assertThat(cause()).isEqualTo("unrecorded");
    repaired("recorded from what lies there");
  }

  @Test
  void aRepairThatTheSourceRefusesLeavesTheFindingAndSaysWhy() throws Exception {
    List<Path> files = settled("");
    Files.delete(files.get(0));
    sandbox.close();

    Typed repair = typed(69, "verify", "--repair");

    assertThat(repair.out()).contains("the file is gone; cannot ");
    assertThat(repair.err()).contains("1 wrong, 0 repaired");
    assertThat(cause()).isEqualTo("missing");
  }

  @Test
  void severalAtOnceFindTheSameAsOneAlone() throws Exception {
    List<Path> files = settled("");
    for (Path file : files) {
      Files.write(file, new byte[] {0}, StandardOpenOption.APPEND);
    }
    String alone = sorted(typed(65, "verify", "--parallel", "1").out());
    assertThat(sorted(typed(65, "verify", "--parallel", "8").out())).isEqualTo(alone);
    assertThat(alone.lines()).hasSize(3);
    typed(64, "verify", "--parallel", "0");
  }

  private static String sorted(String lines) {
    try (Stream<String> each = lines.lines()) {
      return String.join("\n", each.sorted().toList());
    }
  }
}
