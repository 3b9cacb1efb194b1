package dev.tributary.daemon;

import java.io.IOException;
import java.nio.file.FileVisitOption;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Notices that definitions changed, by looking at where the files really lie, how long they are and
 * when they were written. Kubernetes swaps a whole folder by one link; then all places change.
 * Confined to one thread.
 */
final class ConfigWatch {

  private static final List<String> ENDINGS = List.of(".yaml", ".yml", ".sql", ".influxql");
  private static final int DEEPEST = 16;

  private final Path path;
  private Map<Path, String> taken;
  private Map<Path, String> seen;

  ConfigWatch(Path path) {
    this.path = path;
    this.taken = look();
    this.seen = taken;
  }

  /** Remembers what lies there as read. */
  void taken() {
    taken = look();
    seen = taken;
  }

  /** Whether something changed since it was read, and nothing since the last question. */
  boolean changed() {
    Map<Path, String> now = look();
    boolean settled = now.equals(seen);
    seen = now;
    return settled && !now.equals(taken);
  }

  private Map<Path, String> look() {
    Map<Path, String> found = new HashMap<>();
    Path folder = Files.isDirectory(path) ? path : path.toAbsolutePath().getParent();
    int depth = Files.isDirectory(path) ? DEEPEST : 1;
    try (Stream<Path> files = Files.walk(folder, depth, FileVisitOption.FOLLOW_LINKS)) {
      files.filter(ConfigWatch::isDefinition).forEach(file -> found.put(file, mark(file)));
    } catch (IOException | java.io.UncheckedIOException e) {
      // a folder that is being swapped; the next look will see it whole
      return seen == null ? Map.of() : seen;
    }
    return found;
  }

  private static boolean isDefinition(Path file) {
    String name = file.toString();
    return ENDINGS.stream().anyMatch(name::endsWith);
  }

  private static String mark(Path file) {
    try {
      BasicFileAttributes there = Files.readAttributes(file, BasicFileAttributes.class);
      return file.toRealPath()
          + " "
          + there.size()
          + " "
          + there.lastModifiedTime()
          + " "
          + there.fileKey();
    } catch (IOException e) {
      return "gone";
    }
  }
}
