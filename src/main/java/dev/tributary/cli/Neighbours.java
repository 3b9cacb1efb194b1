package dev.tributary.cli;

import dev.tributary.app.draft.DraftFile;
import dev.tributary.definition.DefinitionReader;
import dev.tributary.job.Failure;
import dev.tributary.job.Job;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The files of a folder that a new one is to be read together with, where names stand once. */
record Neighbours(Path folder) {

  /**
   * Whether one of them has the draft's source and destination already.
   *
   * @throws Failure of kind {@code CANNOT_WRITE} if one has others by the same names
   */
  boolean have(DraftFile draft, Path file) throws Failure {
    for (Path other : files()) {
      for (Job job : DefinitionReader.read(other).jobs()) {
        boolean source = job.source().name().equals(DraftFile.SOURCE);
        boolean lake = job.target().destination().name().equals(DraftFile.DESTINATION);
        if (!source && !lake) {
          continue;
        }
        if (source
            && lake
            && job.source().url().equals(URI.create(draft.url()))
            && job.target().destination().url().equals(URI.create(draft.destination()))) {
          return true;
        }
        throw new Failure(
            Failure.Kind.CANNOT_WRITE,
            "cannot write '"
                + file
                + "': '"
                + other.getFileName()
                + "' beside it has a source '"
                + DraftFile.SOURCE
                + "' or a destination '"
                + DraftFile.DESTINATION
                + "' that is another; name a file in another folder by --out");
      }
    }
    return false;
  }

  private List<Path> files() throws Failure {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> all = Files.list(folder)) {
      return all.filter(Files::isRegularFile).filter(Neighbours::isDefinition).sorted().toList();
    } catch (IOException e) {
      throw new Failure(
          Failure.Kind.CANNOT_WRITE, "cannot read '" + folder + "': " + e.getMessage(), e);
    }
  }

  private static boolean isDefinition(Path file) {
    String name = file.getFileName().toString();
    return !name.startsWith(".") && (name.endsWith(".yaml") || name.endsWith(".yml"));
  }
}
