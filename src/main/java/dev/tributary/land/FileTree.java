package dev.tributary.land;

import dev.tributary.job.ObjectKey;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.function.Predicate;

/**
 * Lists files below a directory as keys; reads names first, so what lies outside a range is free.
 */
final class FileTree {

  private final Places places;

  /** What to descend into and to show, by key, a directory's with its slash. */
  private final Predicate<String> wanted;

  private final List<StoredObject> found = new ArrayList<>();

  private FileTree(Places places, Predicate<String> wanted) {
    this.places = places;
    this.wanted = wanted;
  }

  static List<StoredObject> list(Places places, ObjectKey prefix) throws IOException {
    return list(places, prefix, key -> true);
  }

  /** Keys from {@code from}, inclusive, to {@code until}, exclusive. */
  static List<StoredObject> list(Places places, ObjectKey prefix, ObjectKey from, ObjectKey until)
      throws IOException {
    String low = from.value();
    String high = until.value();
    return list(
        places,
        prefix,
        key ->
            key.compareTo(high) < 0
                && (key.compareTo(low) >= 0 || (key.endsWith("/") && low.startsWith(key))));
  }

  private static List<StoredObject> list(Places places, ObjectKey prefix, Predicate<String> wanted)
      throws IOException {
    FileTree tree = new FileTree(places, wanted);
    tree.walk(places.of(prefix), prefix.value() + "/");
    tree.found.sort(Comparator.comparing(StoredObject::key));
    return tree.found;
  }

  /** Names of the directories directly below a prefix, ascending. */
  static List<String> folders(Places places, ObjectKey prefix) throws IOException {
    List<String> names = new ArrayList<>();
    for (Path child : children(places.of(prefix))) {
      if (Files.isDirectory(child, LinkOption.NOFOLLOW_LINKS) && !places.isHidden(child)) {
        names.add(String.valueOf(child.getFileName()));
      }
    }
    Collections.sort(names);
    return names;
  }

  private void walk(Path directory, String key) throws IOException {
    for (Path child : children(directory)) {
      String childKey = key + child.getFileName();
      if (!wanted.test(childKey) && !wanted.test(childKey + "/")) {
        continue;
      }
      try {
        visit(child, childKey);
      } catch (NoSuchFileException e) {
        // removed since its name was read
      }
    }
  }

  private void visit(Path path, String key) throws IOException {
    BasicFileAttributes attributes =
        Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
    if (attributes.isDirectory() && wanted.test(key + "/") && !places.isHidden(path)) {
      walk(path, key + "/");
    } else if (attributes.isRegularFile() && wanted.test(key) && isKey(key)) {
      found.add(Places.object(new ObjectKey(key), attributes));
    }
  }

  private static boolean isKey(String name) {
    return name.chars().noneMatch(Character::isISOControl);
  }

  private static List<Path> children(Path directory) throws IOException {
    List<Path> children = new ArrayList<>();
    if (Files.isSymbolicLink(directory)) {
      return children;
    }
    try (DirectoryStream<Path> stream = Files.newDirectoryStream(directory)) {
      stream.forEach(children::add);
    } catch (NoSuchFileException | NotDirectoryException e) {
      return children;
    }
    return children;
  }
}
