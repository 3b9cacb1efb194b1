package dev.tributary.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tributary.definition.DefinitionReader;
import dev.tributary.definition.Definitions;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServiceAccount;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.batch.v1.CronJob;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The manifests against the API's types, and against each other. */
class KubernetesManifestsTest {

  private static final Map<String, Class<?>> TYPES =
      Map.of(
          "v1/ConfigMap", ConfigMap.class,
          "v1/Secret", Secret.class,
          "v1/Service", Service.class,
          "v1/ServiceAccount", ServiceAccount.class,
          "apps/v1/Deployment", Deployment.class,
          "batch/v1/CronJob", CronJob.class,
          "batch/v1/Job", Job.class,
          "monitoring.coreos.com/v1/ServiceMonitor", ServiceMonitor.class);

  @Test
  void everyFieldIsOneOfTheApi() throws IOException {
    List<Manifest> manifests = Manifest.all();
    assertThat(manifests).hasSize(TYPES.size());
    for (Manifest manifest : manifests) {
      Class<?> type = type(manifest);
      assertThat(ApiFields.unknown(manifest.tree(), type)).as("%s", manifest.file()).isEmpty();
      Manifest.MAPPER.treeToValue(manifest.tree(), type);
    }
  }

  @Test
  void aFieldThatTheApiDoesNotHaveWouldBeSeen() throws IOException {
    Manifest cronJob = Manifest.named("CronJob");
    ((ObjectNode) cronJob.at("/spec/jobTemplate/spec/template/spec/containers/0"))
        .putObject("securityContexts");
    ((ObjectNode) cronJob.at("/spec")).put("jobTemplates", "x");
    assertThat(ApiFields.unknown(cronJob.tree(), CronJob.class))
        .containsExactlyInAnyOrder(
            "/spec/jobTemplates",
            "/spec/jobTemplate/spec/template/spec/containers/0/securityContexts");
  }

  @Test
  void everyKustomizationListsTheFilesBesideIt() throws IOException {
    List<Path> folders = folders();
    assertThat(folders).hasSize(6);
    for (Path folder : folders) {
      List<String> beside;
      try (Stream<Path> files = Files.list(folder)) {
        beside =
            files
                .map(file -> file.getFileName().toString())
                .filter(name -> !name.equals("kustomization.yaml"))
                .sorted()
                .toList();
      }
      Manifest kustomization = Manifest.of(folder.resolve("kustomization.yaml")).get(0);
      assertThat(kustomization.kind()).isEqualTo("Kustomization");
      assertThat(Manifest.texts(kustomization.at("/resources")))
          .as("%s", folder)
          .filteredOn(resource -> !resource.equals("../base"))
          .isEqualTo(beside);
    }
  }

  @Test
  void kustomizeBuildsWhatTheFilesSay() throws Exception {
    Tool.require("kubectl");
    for (Path folder : folders()) {
      String built =
          Tool.run(Path.of("."), List.of("kubectl", "kustomize", folder.toString()))
              .successfully()
              .printed();
      List<JsonNode> objects = new ArrayList<>(trees(Manifest.parse(folder, built)));
      List<JsonNode> files = new ArrayList<>();
      for (Manifest manifest : Manifest.all()) {
        Path beside = Objects.requireNonNull(manifest.file().getParent());
        boolean based = beside.endsWith("base") && usesBase(folder);
        if (beside.equals(folder) || based) {
          files.add(manifest.tree());
        }
      }
      Comparator<JsonNode> byText = Comparator.comparing(tree -> tree.path("kind").asText());
      objects.sort(byText);
      files.sort(byText);
      assertThat(objects).as("%s", folder).isEqualTo(files);
    }
  }

  @Test
  void theConfigurationIsSoundAsItIsMounted(@TempDir Path folder) throws IOException {
    Definitions definitions = DefinitionReader.read(mounted(folder));
    assertThat(definitions.diagnostics()).isEmpty();
    assertThat(definitions.jobs()).hasSize(1);
  }

  @Test
  void theSecretHoldsAKeyForEachCredentialAndNoValue() throws IOException {
    String configuration = Manifest.named("ConfigMap").at("/data").toString();
    JsonNode keys = Manifest.named("Secret").at("/stringData");
    assertThat(keys.size()).isEqualTo(1);
    keys.properties()
        .forEach(
            key -> {
              assertThat(configuration).contains("${credential:" + key.getKey() + "}");
              assertThat(key.getValue().asText()).isEmpty();
            });
  }

  /** As a cluster mounts it: each key a link to a link of a folder whose name begins with a dot. */
  private static Path mounted(Path folder) throws IOException {
    Path stamped = Files.createDirectory(folder.resolve("..2026_11_23"));
    Files.createSymbolicLink(folder.resolve("..data"), stamped.getFileName());
    for (Map.Entry<String, JsonNode> file : Manifest.named("ConfigMap").at("/data").properties()) {
      Files.writeString(stamped.resolve(file.getKey()), file.getValue().asText());
      Files.createSymbolicLink(folder.resolve(file.getKey()), Path.of("..data", file.getKey()));
    }
    return folder;
  }

  private static Class<?> type(Manifest manifest) {
    String name = manifest.at("/apiVersion").asText() + "/" + manifest.kind();
    Class<?> type = TYPES.get(name);
    if (type == null) {
      throw new AssertionError(manifest.file() + " is of an unknown type " + name);
    }
    return type;
  }

  private static boolean usesBase(Path folder) throws IOException {
    return Files.readString(folder.resolve("kustomization.yaml")).contains("../base");
  }

  private static List<JsonNode> trees(List<Manifest> manifests) {
    return manifests.stream().map(Manifest::tree).toList();
  }

  private static List<Path> folders() throws IOException {
    try (Stream<Path> folders = Files.list(Manifest.FOLDER)) {
      return folders.filter(Files::isDirectory).sorted().toList();
    }
  }
}
