package dev.tributary.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tributary.Main;
import dev.tributary.land.objectstore.Azurite;
import dev.tributary.land.objectstore.S3Relay;
import dev.tributary.land.objectstore.S3Relay.Fate;
import dev.tributary.sandbox.Sandbox;
import dev.tributary.sandbox.SandboxSettings;
import dev.tributary.testing.Definition;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Year;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The commands on a container of Azure Blob Storage. */
class AzureCommandsTest {

  private static final Map<String, String> ENVIRONMENT = Map.of("KEY", Azurite.ACCOUNT_KEY);

  private static Azurite azurite;
  private static Sandbox sandbox;

  @BeforeAll
  static void start(@TempDir Path data) throws Exception {
    azurite = Azurite.start(data);
    sandbox = Sandbox.start(SandboxSettings.standard());
    S3Lake.load(sandbox);
  }

  @AfterAll
  static void stop() {
    // where the program is not installed neither of them started
    if (sandbox != null) {
      sandbox.close();
      azurite.close();
    }
  }

  @Test
  void theSameJobRunsOnDiskAndInAContainer(@TempDir Path folder) throws Exception {
    for (String more : new String[] {"", "partition_by: [room]"}) {
      Path disk = folder.resolve("disk" + more.length());
      S3Lake.at(disk, sandbox, "url: " + Definition.url(disk.resolve("lake")), more);
      Path container = folder.resolve("container" + more.length());
      S3Lake.at(container, sandbox, lake(azurite.endpoint()), more);

      assertThat(told(container)).isEqualTo(told(disk)).contains("all as their manifests say");
    }
  }

  private static String told(Path definitions) {
    String last = Year.now(ZoneOffset.UTC).minusYears(1) + "-01-01";
    StringBuilder told = new StringBuilder();
    for (String line :
        List.of(
            "run", "run", "plan", "verify", "run t --window " + last + " --replace", "verify")) {
      Typed typed = typed(definitions, line.split(" ", -1));
      assertThat(typed.code()).as(line + "\n" + typed.all()).isZero();
      told.append(line).append('\n').append(typed.all()).append('\n');
    }
    return told.toString()
        .replaceAll("g0002-[0-9a-f]+|g0001-[0-9a-f]+", "g")
        .replaceAll("\\d+[dhms]\\b", "T");
  }

  @ParameterizedTest
  @EnumSource(names = "ANSWERED", mode = EnumSource.Mode.EXCLUDE)
  void oneMoreRunMakesEveryFaultGood(Fate fate, @TempDir Path folder) throws Exception {
    try (S3Relay relay = S3Relay.before(azurite.address())) {
      S3Lake.at(folder, sandbox, lake(relay.endpoint() + "/" + Azurite.ACCOUNT), "");
      relay.everyNth(2, fate);
      Typed hurt = typed(folder, "run");
      relay.heal();
      Typed again = typed(folder, "run");

      assertThat(hurt.code()).as(hurt.all()).isIn(0, 69, 73, 75);
      assertThat(again.code()).as(hurt.all() + again.all()).isZero();
      assertThat(typed(folder, "plan").out()).contains("0 windows due");
      assertThat(typed(folder, "verify").err()).contains("all as their manifests say");
    }
  }

  @Test
  void aRunWithAKeyLoadsNothingThatFindsCredentials(@TempDir Path folder) throws Exception {
    S3Lake.at(folder, sandbox, lake(azurite.endpoint()), "");
    Path loaded = folder.resolve("loaded.txt");
    Path said = folder.resolve("said.txt");
    ProcessBuilder command =
        new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "--add-opens=java.base/java.nio=ALL-UNNAMED",
            "-Xlog:class+load:file=" + loaded + "::filesize=0",
            "-cp",
            System.getProperty("java.class.path"),
            Main.class.getName(),
            "run",
            "--config",
            folder.toString());
    command.environment().putAll(ENVIRONMENT);
    int code = command.redirectErrorStream(true).redirectOutput(said.toFile()).start().waitFor();

    assertThat(code).as(Files.readString(said)).isZero();
    assertThat(Files.readString(said)).doesNotContain("WARN", "ERROR", Azurite.ACCOUNT_KEY);
    assertThat(Files.readAllLines(loaded))
        .anyMatch(line -> line.contains(" com.azure.storage.blob."))
        .noneMatch(line -> line.contains(" com.azure.identity."))
        .noneMatch(line -> line.contains(" com.microsoft."))
        .noneMatch(line -> line.contains(" software.amazon."));
  }

  private static String lake(String endpoint) {
    return """
    url: '%s'
        account: %s
        endpoint: %s
        account_key: ${env:KEY}
    """
        .formatted(azurite.spec("roll%20ups").url(), Azurite.ACCOUNT, endpoint)
        .stripTrailing();
  }

  private static Typed typed(Path definitions, String... words) {
    return Typed.in(
        definitions,
        ENVIRONMENT,
        Stream.concat(Stream.of(words), Stream.of("--config", ".")).toArray(String[]::new));
  }
}
