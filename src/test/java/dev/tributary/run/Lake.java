package dev.tributary.run;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Judges a lake from outside: files, receipts and DuckDB, none of the program's own code. */
final class Lake {

  private static final ObjectMapper JSON = new ObjectMapper();

  private final Path root;

  Lake(Path root) {
    this.root = root;
  }

  /** Every data file that a reader could see, without the ledger and markers. */
  List<Path> visible() throws IOException {
    return files()
        .filter(file -> !file.startsWith(ledger()) && !file.endsWith("_SUCCESS"))
        .sorted()
        .toList();
  }

  List<Path> markers() throws IOException {
    return files().filter(file -> file.endsWith("_SUCCESS")).toList();
  }

  List<Path> intents() throws IOException {
    return files()
        .filter(file -> file.startsWith(ledger()) && file.toString().contains("/intents/"))
        .toList();
  }

  /** The files that the newest manifest of each window lists, sorted. */
  List<Path> newestFiles() throws IOException {
    List<Path> listed = new ArrayList<>();
    for (JsonNode manifest : newest().values()) {
      for (JsonNode file : manifest.get("files")) {
        listed.add(root.resolve(file.get("key").asText()));
      }
    }
    return listed.stream().sorted().toList();
  }

  /** What newest manifests say and the files do not keep to. */
  List<String> broken() throws Exception {
    List<String> violations = new ArrayList<>();
    for (JsonNode manifest : newest().values()) {
      for (JsonNode file : manifest.get("files")) {
        judge(root.resolve(file.get("key").asText()), file, violations);
      }
    }
    return violations;
  }

  private Map<String, JsonNode> newest() throws IOException {
    Map<String, JsonNode> newest = new TreeMap<>();
    // generations of a window follow each other
    for (Path receipt : receipts()) {
      JsonNode manifest = JSON.readTree(receipt.toFile());
      newest.put(manifest.get("window").toString(), manifest);
    }
    return newest;
  }

  List<Path> receipts() throws IOException {
    return files()
        .filter(file -> file.startsWith(ledger()) && file.toString().contains("/windows/"))
        .sorted()
        .toList();
  }

  /** Unpublished files; the lock of a job is none. */
  List<Path> staged() throws IOException {
    return files()
        .filter(file -> file.startsWith(ledger().resolve("staging")))
        .filter(file -> !file.toString().endsWith(".lock"))
        .toList();
  }

  private Path ledger() {
    return root.resolve("_tributary");
  }

  private Stream<Path> files() throws IOException {
    if (Files.notExists(root)) {
      return Stream.empty();
    }
    try (Stream<Path> walk = Files.walk(root)) {
      return walk.filter(Files::isRegularFile).toList().stream();
    }
  }

  /** What is wrong with the lake, one line each; a lake in good order has none. */
  List<String> violations() throws Exception {
    List<String> violations = new ArrayList<>();
    Set<String> windows = new HashSet<>();
    for (Path receipt : receipts()) {
      JsonNode manifest = JSON.readTree(receipt.toFile());
      if (!windows.add(manifest.get("window").toString())) {
        violations.add("window twice: " + manifest.get("window"));
      }
      for (JsonNode file : manifest.get("files")) {
        Path path = root.resolve(file.get("key").asText());
        judge(path, file, violations);
      }
    }
    for (Path path : visible()) {
      try {
        rows(path);
      } catch (SQLException e) {
        violations.add("partial file: " + path + ": " + e.getMessage());
      }
    }
    return violations;
  }

  private static void judge(Path path, JsonNode file, List<String> violations) throws Exception {
    if (Files.notExists(path)) {
      violations.add("lost: " + path);
      return;
    }
    byte[] bytes = Files.readAllBytes(path);
    String sha256 = HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    if (!sha256.equals(file.get("sha256").asText())) {
      violations.add("manifest lies about the bytes of " + path);
    } else if (rows(path) != file.get("rows").asLong()) {
      violations.add("manifest lies about the rows of " + path);
    }
  }

  /** Rows of a Parquet file, as DuckDB counts them. */
  static long rows(Path path) throws SQLException {
    return number("SELECT count(*) FROM read_parquet('" + path + "')");
  }

  /** One database for all questions: to open one takes longer than to count a file's rows. */
  private static final class Reader {

    static final Connection CONNECTION = open();

    private static Connection open() {
      try {
        Connection connection = DriverManager.getConnection("jdbc:duckdb:");
        try (Statement statement = connection.createStatement()) {
          // files change under it, and each look is to see them as they are
          statement.execute("SET enable_external_file_cache = false");
        }
        return connection;
      } catch (SQLException e) {
        throw new IllegalStateException(e);
      }
    }
  }

  static long number(String sql) throws SQLException {
    try (Statement statement = Reader.CONNECTION.createStatement();
        ResultSet result = statement.executeQuery(sql)) {
      assertThat(result.next()).isTrue();
      return result.getLong(1);
    }
  }
}
