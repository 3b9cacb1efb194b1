package dev.tributary.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** What lies in a folder. */
final class Listing {

  private Listing() {}

  /** Every folder, and every file with its bytes, by path. */
  static Map<String, String> of(Path folder) throws IOException {
    Map<String, String> listing = new TreeMap<>();
    try (Stream<Path> paths = Files.walk(folder)) {
      for (Path path : paths.toList()) {
        listing.put(
            folder.relativize(path).toString(),
            Files.isDirectory(path)
                ? "a folder"
                : HexFormat.of().formatHex(Files.readAllBytes(path)));
      }
    }
    return listing;
  }

  /** Files of a lake that a reader by listing would see, sorted; none if there is no lake. */
  static List<Path> data(Path lake) throws IOException {
    return files(lake).stream()
        .filter(file -> !file.startsWith(lake.resolve("_tributary")))
        .toList();
  }

  /** The receipts of a lake's windows, sorted. */
  static List<Path> manifests(Path lake) throws IOException {
    return files(lake.resolve("_tributary")).stream()
        .filter(file -> file.toString().contains("/windows/"))
        .toList();
  }

  private static List<Path> files(Path folder) throws IOException {
    if (Files.notExists(folder)) {
      return List.of();
    }
    try (Stream<Path> paths = Files.walk(folder)) {
      return paths.filter(Files::isRegularFile).sorted().toList();
    }
  }
}
