package dev.tributary.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tributary.sandbox.Sandbox;
import dev.tributary.sandbox.SandboxSettings;
import dev.tributary.testing.Definition;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A job whose windows lie in a folder for each room, as its user sees it. */
class PartitionedJobTest {

  private static final String ROOMS =
      """
      t,room=Kitchen temp=21.5,day=1i 1640995200
      t,room=Bad\\ /\\ WC temp=19.0,day=1i 1640995200
      t,room=.. temp=18.0,day=1i 1640995260
      t,room=Küche\\=%2F temp=17.0,day=1i 1640995320
      t,room=NULL temp=16.0,day=1i 1640995320
      t,room=__HIVE_DEFAULT_PARTITION__ temp=15.0,day=1i 1640995320
      t temp=14.0,day=1i 1640995380
      t,room=Kitchen temp=22.5,day=2i 1672617600
      """;

  private Sandbox sandbox;
  private Path folder;
  private Path lake;

  @BeforeEach
  void start(@TempDir Path empty) throws Exception {
    folder = empty;
    lake = folder.resolve("lake");
    sandbox = Sandbox.start(SandboxSettings.standard());
    sandbox.load("home", ROOMS, TimeUnit.SECONDS);
  }

  @AfterEach
  void stop() {
    sandbox.close();
  }

  @Test
  void partitionsAreReadBackAsTheRowsThatWereQueried() throws Exception {
    define("partition_by: [room]\n    success_marker: true");

    List<JsonNode> years = JsonLines.of(typed(0, "run", "--json"));

    assertThat(years).extracting(year -> year.get("files").size()).containsExactly(7, 1, 0, 0);
    assertThat(DuckDb.rows(rooms())).isEqualTo(expected());
    assertThat(Listing.data(lake).stream().filter(file -> file.endsWith("_SUCCESS"))).hasSize(4);
    Typed verified = typed(0, "verify");
    assertThat(verified.err()).contains("4 windows, 8 files: all as their manifests say");
    assertThat(typed(0, "run").err()).contains("nothing due");
  }

  @Test
  void aReplacementTakesThePlaceOfEveryFileAndNotAcrossAChangedLayout() throws Exception {
    define("partition_by: [room]");
    typed(0, "run");
    List<Path> before = Listing.data(lake);

    typed(0, "run", "t", "--window", "2022-01-01", "--replace");

    assertThat(DuckDb.rows(rooms())).isEqualTo(expected());
    assertThat(Listing.data(lake)).hasSameSizeAs(before).isNotEqualTo(before);
    for (String other :
        List.of("partition_by: [day]", "partition_by: [room, day]", "empty: file")) {
      define(other);
      assertThat(typed(65, "run", "t", "--window", "2022-01-01", "--replace").err())
          .contains("but path, format or partition_by now say")
          .contains("applies to windows not yet committed");
    }
    assertThat(DuckDb.rows(rooms())).isEqualTo(expected());
    assertThat(typed(0, "verify").err()).contains("8 files: all as their manifests say");
  }

  @Test
  void aFileThatIsMovedToAnotherPartitionIsFound() throws Exception {
    define("partition_by: [room]");
    typed(0, "run");
    Path manifest = Listing.manifests(lake).get(0);
    Path file =
        Listing.data(lake).stream()
            .filter(each -> each.toString().contains("2022-01-01/room=Kitchen/"))
            .findFirst()
            .orElseThrow();
    Path moved = Path.of(file.toString().replace("room=Kitchen", "room=Hall"));
    Files.createDirectories(moved.getParent());
    Files.move(file, moved);
    Files.writeString(manifest, Files.readString(manifest).replace("room=Kitchen", "room=Hall"));

    assertThat(typed(65, "verify").out()).contains("digest of the rows should be");
  }

  @Test
  void aValueTooLongForAFolderFailsItsWindowByName() throws Exception {
    sandbox.load(
        "home", "t,room=" + "x".repeat(251) + " temp=1.0,day=1i 1640995200", TimeUnit.SECONDS);
    define("partition_by: [room]\n    retries: 0");

    assertThat(typed(65, "run").err())
        .contains("a value of 'room' makes a folder's name of 256 bytes, and the longest is 255");
    assertThat(Listing.data(lake)).isEmpty();
  }

  @Test
  void filesAndFoldersAreShownBeforeAnythingIsWritten() throws Exception {
    define("partition_by: [room, day]\n    format: arrow");

    assertThat(typed(0, "preview", "t", "--window", "2022-01-01").out())
        .contains("t/date=2022-01-01/room=*/day=*/t-20220101T000000Z-20230101T000000Z-g*.arrow");
    typed(0, "run");
    assertThat(typed(0, "verify").err()).contains("8 files: all as their manifests say");
  }

  @Test
  void oneFileCanHaveAMarkerToo() throws Exception {
    define("success_marker: true");
    typed(0, "run");

    List<Path> markers =
        Listing.data(lake).stream().filter(file -> file.endsWith("_SUCCESS")).toList();
    assertThat(markers).hasSize(4).allMatch(marker -> marker.toFile().length() == 0);
    assertThat(typed(0, "verify").err()).contains("4 windows, 4 files: all");
    assertThat(typed(0, "run").err()).contains("nothing due");
  }

  private String rooms() {
    return "SELECT room, temp FROM read_parquet('"
        + lake
        + "/t/*/*/*.parquet', hive_partitioning = true) ORDER BY temp";
  }

  private static List<List<Object>> expected() {
    List<List<Object>> rows = new ArrayList<>();
    String[] rooms = {
      null,
      "__HIVE_DEFAULT_PARTITION__",
      "NULL",
      "Küche=%2F",
      "..",
      "Bad / WC",
      "Kitchen",
      "Kitchen"
    };
    double[] temps = {14, 15, 16, 17, 18, 19, 21.5, 22.5};
    for (int i = 0; i < rooms.length; i++) {
      List<Object> row = new ArrayList<>();
      row.add(rooms[i]);
      row.add(temps[i]);
      rows.add(row);
    }
    return rows;
  }

  private Typed typed(int code, String... words) {
    List<String> all = new ArrayList<>(List.of(words));
    all.addAll(List.of("--config", "tributary.yaml"));
    Typed typed = Typed.in(folder, all.toArray(String[]::new));
    assertThat(typed.code()).as(typed.all()).isEqualTo(code);
    return typed;
  }

  private void define(String layout) throws Exception {
    Files.writeString(
        folder.resolve("tributary.yaml"),
        """
        sources:
          plant: {url: '%s'}
        destinations:
          lake: {url: '%s'}
        jobs:
          t:
            source: plant
            bucket: home
            sql: |
              SELECT DATE_BIN(INTERVAL '1 minute', time) AS time, room, avg(temp) AS temp,
                     max(day) AS day
              FROM t WHERE time >= $start AND time < $end GROUP BY 1, room
            window: {every: 1y, start: 2022-01-01}
            destination: {to: lake}
            %s
        """
            .formatted(sandbox.url(), Definition.url(lake), layout));
  }
}
