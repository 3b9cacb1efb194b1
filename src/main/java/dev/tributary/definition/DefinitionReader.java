package dev.tributary.definition;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;

/** Reads definitions from a file, or from all YAML files of a folder together. */
public final class DefinitionReader {

  private static final int LARGEST_FILE = 4 << 20;

  private final Diagnostics diagnostics = new Diagnostics();
  private final Set<Path> visited = new HashSet<>();
  private final Catalogue catalogue;
  private final Path root;

  private DefinitionReader(Path root, InstantSource clock) {
    this.root = root;
    this.catalogue = new Catalogue(diagnostics, clock.instant());
  }

  /** Reads and checks everything below a path; whatever is wrong is a diagnostic, never thrown. */
  public static Definitions read(Path path) {
    return read(path, InstantSource.system());
  }

  /** The same, with bins checked for the ten years around a clock's time. */
  public static Definitions read(Path path, InstantSource clock) {
    return new DefinitionReader(path, clock).read();
  }

  private Definitions read() {
    if (Files.isDirectory(root)) {
      List<Path> files = new ArrayList<>();
      find(root, files);
      if (files.isEmpty() && diagnostics.errors() == 0) {
        say(root, "holds no .yaml or .yml file");
      }
      files.forEach(this::load);
    } else {
      load(root);
    }
    return catalogue.definitions();
  }

  /** Files in order of their names; what begins with a dot is not for us. */
  private void find(Path folder, List<Path> files) {
    try (Stream<Path> all = Files.list(folder)) {
      if (!visited.add(folder.toRealPath())) {
        // a link led back here
        return;
      }
      for (Path path : all.sorted().toList()) {
        String name = String.valueOf(path.getFileName());
        if (name.startsWith(".")) {
          continue;
        }
        if (Files.isDirectory(path)) {
          find(path, files);
        } else if (name.endsWith(".yaml") || name.endsWith(".yml")) {
          files.add(path);
        }
      }
    } catch (UncheckedIOException e) {
      say(folder, "cannot be read to its end");
    } catch (IOException e) {
      say(folder, "cannot be read: " + reason(e));
    }
  }

  private void load(Path path) {
    SourceFile file = SourceFile.of(named(path), "");
    try {
      if (Files.size(path) > LARGEST_FILE) {
        say(path, "is larger than 4 MiB");
        return;
      }
      String text = Files.readString(path, StandardCharsets.UTF_8);
      file = SourceFile.of(named(path), text);
      parse(file, text, path);
    } catch (CharacterCodingException e) {
      say(path, "is not UTF-8 text");
    } catch (IOException e) {
      say(path, "cannot be read: " + reason(e));
    } catch (YAMLException e) {
      diagnostics.add(YamlComplaint.of(e).in(file));
      catalogue.incomplete();
    }
  }

  private void parse(SourceFile file, String text, Path path) {
    LoaderOptions options = new LoaderOptions();
    options.setCodePointLimit(LARGEST_FILE);
    options.setMaxAliasesForCollections(200);
    options.setAllowRecursiveKeys(false);
    int documents = 0;
    for (Node node : new Yaml(options).composeAll(new java.io.StringReader(text))) {
      if (documents++ > 0) {
        diagnostics.error(
            file,
            node,
            "a file holds one document; put '---' and what follows into a file of its own");
        return;
      }
      if (node instanceof MappingNode mapping) {
        catalogue.add(
            file.hushing(SecretLines.of(mapping)), mapping, path.toAbsolutePath().getParent());
      } else {
        diagnostics.error(
            file, node, "definitions must be a mapping with sources, destinations and jobs");
      }
    }
    if (documents == 0 && !Files.isDirectory(root)) {
      diagnostics.add(file.at(0, 0, Finding.Severity.ERROR, "the file is empty"));
    }
  }

  private void say(Path path, String what) {
    catalogue.incomplete();
    diagnostics.add(
        SourceFile.of(named(path), "").at(0, 0, Finding.Severity.ERROR, "'" + path + "' " + what));
  }

  /** Relative to the folder that was asked for, so that the same tree reads the same everywhere. */
  private String named(Path path) {
    Path name =
        Files.isDirectory(root) && !path.equals(root) ? root.relativize(path) : path.getFileName();
    return (name == null ? path : name).toString().replace('\\', '/');
  }

  private static String reason(IOException e) {
    if (e instanceof NoSuchFileException) {
      return "no such file or folder";
    }
    return e instanceof java.nio.file.AccessDeniedException
        ? "permission denied"
        : oneLine(String.valueOf(e.getMessage()));
  }

  private static String oneLine(String text) {
    return text.lines().findFirst().orElse("");
  }
}
