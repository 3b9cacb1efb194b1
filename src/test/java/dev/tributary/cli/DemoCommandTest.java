package dev.tributary.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DemoCommandTest {

  @Test
  void theDemoLeavesFilesThatDuckDbReadsAndASecondOneChangesNoByte(@TempDir Path folder)
      throws Exception {
    Typed first = Typed.in(folder, "demo");
    assertThat(first.code()).as(first.all()).isZero();

    Path lake = folder.resolve("tributary-demo/lake");
    assertThat(
            query(
                "SELECT sum(readings), round(max(\"max temp\"), 1), min(\"min temp\")"
                    + " FROM '"
                    + lake
                    + "/room-climate/**/*.parquet'"))
        .isEqualTo(List.of("26", "23.3", "21.0"));
    assertThat(query("SELECT count(*) FROM glob('" + lake + "/**/*.arrow')"))
        .isEqualTo(List.of("1"));

    Map<String, String> before = contents(folder);
    Typed second = Typed.in(folder, "demo");
    assertThat(second.code()).as(second.all()).isZero();
    assertThat(second.err()).contains("nothing due");
    assertThat(contents(folder)).isEqualTo(before);
  }

  @Test
  void verifyIsCleanAfterTheDemoAndNamesAFileInWhichOneByteWasFlipped(@TempDir Path folder)
      throws Exception {
    assertThat(Typed.in(folder, "demo").code()).isZero();
    Typed clean = Typed.in(folder, "verify", "--config", "tributary-demo/config");
    assertThat(clean.code()).as(clean.all()).isZero();
    assertThat(clean.err()).contains("5 windows, 5 files: all as their manifests say");

    for (String extension : List.of(".parquet", ".arrow")) {
      Path file = anyFile(folder.resolve("tributary-demo/lake"), extension);
      byte[] bytes = Files.readAllBytes(file);
      bytes[bytes.length / 2] ^= 1;
      Files.write(file, bytes, StandardOpenOption.TRUNCATE_EXISTING);
      Typed flipped = Typed.in(folder, "verify", "--config", "tributary-demo/config");
      assertThat(flipped.code()).as(flipped.all()).isEqualTo(65);
      assertThat(flipped.out()).contains(file.getFileName().toString()).contains("sha-256");
      bytes[bytes.length / 2] ^= 1;
      Files.write(file, bytes);
    }
  }

  private static Path anyFile(Path lake, String extension) throws IOException {
    try (Stream<Path> files = Files.walk(lake)) {
      return files.filter(file -> file.toString().endsWith(extension)).findFirst().orElseThrow();
    }
  }

  private static Map<String, String> contents(Path folder) throws IOException {
    Map<String, String> contents = new TreeMap<>();
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        contents.put(
            folder.relativize(file).toString(),
            java.util.HexFormat.of().formatHex(Files.readAllBytes(file)));
      }
    }
    return contents;
  }

  private static List<String> query(String sql) throws Exception {
    try (Connection connection = DriverManager.getConnection("jdbc:duckdb:");
        Statement statement = connection.createStatement();
        ResultSet result = statement.executeQuery(sql)) {
      assertThat(result.next()).isTrue();
      List<String> cells = new java.util.ArrayList<>();
      for (int i = 1; i <= result.getMetaData().getColumnCount(); i++) {
        cells.add(String.valueOf(result.getString(i)));
      }
      return cells;
    }
  }
}
