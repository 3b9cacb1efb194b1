package dev.tributary.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tributary.definition.DefinitionReader;
import dev.tributary.definition.Definitions;
import dev.tributary.sandbox.Sandbox;
import dev.tributary.sandbox.SandboxSettings;
import dev.tributary.testing.Definition;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The package that the build made, unpacked and run. */
class DebianPackageIT {

  private static PackageTree tree = new PackageTree(Path.of(""));

  @BeforeAll
  static void unpack(@TempDir Path folder) throws Exception {
    Tool.require("dpkg-deb");
    tree = PackageTree.unpack(folder);
  }

  @Test
  void itSaysWhatItIsAndWhatItNeeds() throws Exception {
    assertThat(field("Package")).isEqualTo("tributary");
    assertThat(field("Version")).isEqualTo(System.getProperty("tributary.version"));
    assertThat(field("Architecture")).isEqualTo("all");
    assertThat(field("Depends"))
        .contains("adduser", "default-jre-headless (>= 2:1.17) | java17-runtime-headless");
  }

  @Test
  void everythingBelongsToRootAndOnlyTheLauncherIsExecutable() throws Exception {
    List<String> entries =
        dpkg("--contents").lines().filter(line -> !line.startsWith("l")).toList();
    assertThat(entries).hasSizeGreaterThan(50).allMatch(line -> line.contains(" root/root "));
    assertThat(entries)
        .filteredOn(line -> line.startsWith("-"))
        .filteredOn(line -> !line.startsWith("-rw-r--r--"))
        .singleElement()
        .asString()
        .startsWith("-rwxr-xr-x")
        .endsWith(" ./usr/bin/tributary");
    assertThat(entries)
        .filteredOn(line -> line.startsWith("d"))
        .allMatch(line -> line.startsWith("drwxr-xr-x"));
  }

  @Test
  void theLibrariesAreTheProgramsOwnWithoutTheSandboxs() throws IOException {
    assertThat(names(tree.at("/usr/lib/tributary/lib"))).isEqualTo(names(Path.of("target/lib")));
    assertThat(names(tree.at("/usr/lib/tributary"))).containsExactly("lib", "tributary.jar");
  }

  @Test
  void theUnitsAreThoseOfTheRepository() throws IOException {
    for (String unit :
        List.of("tributary.service", "tributary-run.service", "tributary-run.timer")) {
      assertThat(tree.at("/usr/lib/systemd/system").resolve(unit))
          .hasSameBinaryContentAs(Path.of("deploy/systemd", unit));
    }
    assertThat(names(tree.at("/usr/lib/systemd/system"))).hasSize(3);
  }

  @Test
  void theConfigurationIsKeptAcrossUpgradesAndSound() throws Exception {
    assertThat(dpkg("--info", "conffiles").strip()).isEqualTo("/etc/tributary/tributary.yaml");
    Definitions definitions = DefinitionReader.read(tree.at("/etc/tributary"));
    assertThat(definitions.hasErrors()).isFalse();
    assertThat(definitions.jobs()).isEmpty();
    assertThat(Files.readSymbolicLink(tree.at("/etc/tributary/tributary.schema.json")))
        .isEqualTo(Path.of("/usr/share/tributary/tributary.schema.json"));
    assertThat(tree.at("/usr/share/tributary/tributary.schema.json")).isRegularFile();
    assertThat(tree.at("/etc/tributary/credentials")).isEmptyDirectory();
  }

  @Test
  void theMaintainersScriptsAreShellAndStopAtAnError(@TempDir Path folder) throws Exception {
    Tool.run(
            Path.of("."),
            List.of("dpkg-deb", "--control", PackageTree.FILE.toString(), folder.toString()))
        .successfully();
    for (String script : List.of("postinst", "prerm", "postrm")) {
      assertThat(folder.resolve(script)).isExecutable().content().startsWith("#!/bin/sh\nset -e\n");
      Tool.run(folder, List.of("sh", "-n", script)).successfully();
    }
  }

  @Test
  void theManualPageHasNoMistakeThatATypesetterSees() throws Exception {
    Tool.require("groff");
    Path page = tree.at("/tributary.1");
    try (InputStream in =
        new GZIPInputStream(Files.newInputStream(tree.at("/usr/share/man/man1/tributary.1.gz")))) {
      Files.write(page, in.readAllBytes());
    }
    assertThat(
            Tool.run(Path.of("."), List.of("groff", "-man", "-ww", "-z", page.toString()))
                .successfully()
                .printed())
        .isEmpty();
  }

  @Test
  void theShellCompletesCommandsAndOptions() throws Exception {
    Tool.require("bash");
    Path script = tree.at("/usr/share/bash-completion/completions/tributary");
    assertThat(completed(script, "va")).isEqualTo("validate");
    assertThat(completed(script, "run", "--wi")).isEqualTo("--window");
  }

  @Test
  void theTimersCommandRunsFromTheTree(@TempDir Path folder) throws Exception {
    Path definitions = Files.createDirectories(tree.at("/etc/tributary/it"));
    try (Sandbox sandbox = Sandbox.start(SandboxSettings.standard())) {
      sandbox.loadHome("home");
      Files.writeString(
          definitions.resolve("tributary.yaml"),
          """
          sources:
            plant: {url: 'grpc://127.0.0.1:%d'}
          destinations:
            lake: {url: '%s'}
          jobs:
            climate:
              source: plant
              bucket: home
              sql: |
                SELECT DATE_BIN(INTERVAL '1 hour', time) AS time, room, avg(temp) AS temp
                FROM home WHERE time >= $start AND time < $end GROUP BY 1, room
              window: {every: 1y, start: 2022-01-01}
              destination: {to: lake}
          """
              .formatted(sandbox.port(), Definition.url(folder.resolve("lake"))));
      List<String> words = new ArrayList<>(unit("tributary-run.service").arguments());
      words.set(words.indexOf("/etc/tributary"), "/etc/tributary/it");
      Tool.Ended ended = tree.tributary(folder, words).successfully();
      assertThat(ended.printed()).contains(" 0 failed, 0 left");
    }
    try (Stream<Path> files = Files.walk(folder.resolve("lake"))) {
      assertThat(files.map(Path::toString).filter(name -> name.endsWith(".parquet")).toList())
          .hasSizeGreaterThan(3);
    }
  }

  @Test
  void theServicesCommandIsOneThatTheTreesProgramTakes(@TempDir Path folder) throws Exception {
    List<String> words = unit("tributary.service").arguments();
    CommandWords.assertTaken(words);
    assertThat(tree.tributary(folder, List.of("version")).successfully().printed())
        .startsWith("tributary " + System.getProperty("tributary.version"));
  }

  @Test
  void theImagesCommandRunsFromTheTree() throws Exception {
    Dockerfile image = Dockerfile.read(Path.of("deploy/docker/Dockerfile"));
    Files.copy(Path.of("deploy/docker/jvm.options"), tree.at("/it-jvm.options"));
    List<String> words = new ArrayList<>();
    for (String word : image.of("ENTRYPOINT").words()) {
      words.add(
          switch (word) {
            case "/usr/bin/java" -> Path.of(System.getProperty("java.home"), "bin/java") + "";
            case "@/usr/lib/tributary/jvm.options" -> "@" + tree.at("/it-jvm.options");
            default -> word.startsWith("/") ? tree.at(word) + "" : word;
          });
    }
    words.add("version");
    assertThat(Tool.run(Path.of("."), words).successfully().printed()).startsWith("tributary ");
  }

  @Test
  void whatTheImageCopiesIsThere() throws IOException {
    for (Dockerfile.Instruction instruction :
        Dockerfile.read(Path.of("deploy/docker/Dockerfile")).all()) {
      if (instruction.name().equals("COPY")) {
        assertThat(instruction.sources())
            .allSatisfy(source -> assertThat(Path.of(source)).exists());
        if (instruction.sources().isEmpty()) {
          String copied = instruction.value().split(" ", -1)[1];
          assertThat(tree.at(copied.replace("/tree/", "/"))).isDirectory();
        }
      }
    }
  }

  @Test
  void theManifestsNameTheImageOfThisVersion() throws IOException {
    assertThat(Manifest.pods())
        .extracting(pod -> pod.at("/containers/0/image").asText())
        .containsOnly("tributary:" + System.getProperty("tributary.version"));
  }

  private static UnitFile unit(String name) throws IOException {
    return UnitFile.read(tree.at("/usr/lib/systemd/system").resolve(name));
  }

  private static String field(String name) throws Exception {
    return dpkg("--field", name).strip();
  }

  private static String dpkg(String action, String... rest) throws Exception {
    List<String> command = new ArrayList<>(List.of("dpkg-deb", action));
    command.add(PackageTree.FILE.toString());
    command.addAll(List.of(rest));
    return Tool.run(Path.of("."), command).successfully().printed();
  }

  private static List<String> names(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }

  /** What the shell would offer after these words; outside a real completion it lacks compopt. */
  private static String completed(Path script, String... words) throws Exception {
    String line = "tributary " + String.join(" ", words);
    String ask =
        "source '%s'; compopt() { :; }; COMP_WORDS=(%s); COMP_CWORD=%d; COMP_LINE='%s'; COMP_POINT=%d;"
            + " _complete_tributary; echo \"${COMPREPLY[@]}\"";
    return Tool.run(
            Path.of("."),
            List.of("bash", "-c", ask.formatted(script, line, words.length, line, line.length())))
        .successfully()
        .printed()
        .strip();
  }
}
