package dev.tributary.deploy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/**
 * One Kubernetes object of a file.
 *
 * @param file where it stands
 * @param tree its fields
 */
record Manifest(Path file, JsonNode tree) {

  static final Path FOLDER = Path.of("deploy/kubernetes");
  static final ObjectMapper MAPPER = new ObjectMapper();

  /** Every object below the folder; what kustomize reads itself is no object. */
  static List<Manifest> all() throws IOException {
    List<Manifest> manifests = new ArrayList<>();
    try (Stream<Path> files = Files.walk(FOLDER)) {
      for (Path file : files.filter(path -> path.toString().endsWith(".yaml")).sorted().toList()) {
        if (!file.endsWith("kustomization.yaml")) {
          manifests.addAll(of(file));
        }
      }
    }
    return manifests;
  }

  static List<Manifest> of(Path file) throws IOException {
    return parse(file, Files.readString(file));
  }

  static List<Manifest> parse(Path file, String text) {
    LoaderOptions strict = new LoaderOptions();
    strict.setAllowDuplicateKeys(false);
    List<Manifest> manifests = new ArrayList<>();
    for (Object document : new Yaml(new SafeConstructor(strict)).loadAll(text)) {
      manifests.add(new Manifest(file, MAPPER.valueToTree(document)));
    }
    return manifests;
  }

  static Manifest named(String kind) throws IOException {
    return all().stream()
        .filter(manifest -> manifest.kind().equals(kind))
        .reduce(
            (one, other) -> {
              throw new AssertionError(one.file + " and " + other.file + " are both a " + kind);
            })
        .orElseThrow(() -> new AssertionError("there is no " + kind));
  }

  /** Every object that makes pods, with the pods' own part. */
  static List<Manifest> pods() throws IOException {
    return all().stream()
        .filter(manifest -> !manifest.tree.findPath("containers").isMissingNode())
        .map(manifest -> new Manifest(manifest.file, manifest.tree.findParent("containers")))
        .toList();
  }

  String kind() {
    return tree.path("kind").asText();
  }

  JsonNode at(String pointer) {
    JsonNode found = tree.at(pointer);
    if (found.isMissingNode()) {
      throw new AssertionError(file + " has no " + pointer);
    }
    return found;
  }

  static List<String> texts(JsonNode list) {
    List<String> texts = new ArrayList<>();
    list.forEach(item -> texts.add(item.asText()));
    return texts;
  }
}
