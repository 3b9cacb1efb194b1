package dev.tributary.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tributary.cli.ExitCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The units, as systemd itself reads them. */
class SystemdUnitsTest {

  private static final Path UNITS = Path.of("deploy/systemd");
  private static final Path EXAMPLES = UNITS.resolve("examples");

  @ParameterizedTest
  @ValueSource(strings = {"tributary.service", "tributary-run.service", "tributary-run.timer"})
  void systemdFindsNoFaultInAUnit(String unit, @TempDir Path folder) throws Exception {
    Tool.require("systemd-analyze");
    copyUnits(folder);
    assertThat(verify(folder, unit)).isEmpty();
  }

  @Test
  void systemdFindsNoFaultInADropIn(@TempDir Path folder) throws Exception {
    Tool.require("systemd-analyze");
    for (Path example : examples()) {
      Path root = Files.createDirectory(folder.resolve(example.getFileName()));
      copyUnits(root);
      for (String unit : List.of("tributary.service", "tributary-run.service")) {
        Path dropIns = Files.createDirectory(root.resolve(unit + ".d"));
        Files.copy(example, dropIns.resolve(example.getFileName()));
        assertThat(verify(root, unit)).as("%s in %s", example, unit).isEmpty();
      }
    }
  }

  @Test
  void aKeyThatSystemdDoesNotKnowWouldBeSeen(@TempDir Path folder) throws Exception {
    Tool.require("systemd-analyze");
    copyUnits(folder);
    Path unit = folder.resolve("tributary.service");
    Files.writeString(unit, Files.readString(unit).replace("ProtectHome=", "ProtectHomes="));
    assertThat(verify(folder, "tributary.service")).contains("ProtectHomes");
  }

  @ParameterizedTest
  @ValueSource(strings = {"tributary.service", "tributary-run.service"})
  void theExposureOfAServiceIsAtMostOnePointFive(String unit, @TempDir Path folder)
      throws Exception {
    Tool.require("systemd-analyze");
    copyUnits(folder);
    Tool.run(
            folder,
            List.of(
                "systemd-analyze",
                "security",
                "--offline=true",
                "--no-pager",
                "--threshold=15",
                folder.resolve(unit).toString()))
        .successfully();
  }

  @Test
  void bothServicesAreConfinedAlike() throws IOException {
    assertThat(unit("tributary-run.service").confinement())
        .hasSizeGreaterThan(30)
        .isEqualTo(unit("tributary.service").confinement());
  }

  @Test
  void javaMayCompile() throws IOException {
    assertThat(unit("tributary.service").values("MemoryDenyWriteExecute")).isEmpty();
    assertThat(unit("tributary.service").values("NoExecPaths")).isEmpty();
    assertThat(unit("tributary.service").value("PrivateTmp")).isEqualTo("yes");
  }

  @ParameterizedTest
  @ValueSource(strings = {"tributary.service", "tributary-run.service"})
  void theProgramTakesTheCommand(String unit) throws IOException {
    CommandWords.assertTaken(unit(unit).arguments());
    assertThat(unit(unit).value("ExecStart")).startsWith("/usr/bin/tributary ");
  }

  @Test
  void workThatIsLeftIsNoFailureAndAWrongConfigurationIsNotTriedAgain() throws IOException {
    UnitFile daemon = unit("tributary.service");
    String tryAgain = Integer.toString(ExitCode.TRY_AGAIN.number());
    assertThat(daemon.value("SuccessExitStatus")).isEqualTo(tryAgain);
    assertThat(unit("tributary-run.service").value("SuccessExitStatus")).isEqualTo(tryAgain);
    assertThat(daemon.value("Restart")).isEqualTo("on-failure");
    assertThat(daemon.value("RestartPreventExitStatus"))
        .isEqualTo(ExitCode.USAGE.number() + " " + ExitCode.CONFIGURATION.number());
  }

  @Test
  void systemdWaitsForReadinessForPingsAndLongerThanTheGrace() throws IOException {
    UnitFile daemon = unit("tributary.service");
    assertThat(daemon.value("Type")).isEqualTo("notify");
    assertThat(daemon.value("NotifyAccess")).isEqualTo("main");
    // twice the default of daemon.reconcile at least, and more than the default of daemon.grace
    assertThat(daemon.value("WatchdogSec")).isEqualTo("3min");
    assertThat(daemon.value("TimeoutStopSec")).isEqualTo("90s");
    assertThat(daemon.value("ExecReload")).isEqualTo("/bin/sh -c 'kill -HUP $MAINPID'");
  }

  private static UnitFile unit(String name) throws IOException {
    return UnitFile.read(UNITS.resolve(name));
  }

  private static List<Path> examples() throws IOException {
    try (Stream<Path> files = Files.list(EXAMPLES)) {
      List<Path> examples = files.sorted().toList();
      assertThat(examples)
          .extracting(file -> file.getFileName().toString())
          .containsExactly("credentials.conf", "local-destination.conf", "noexec-tmp.conf");
      return examples;
    }
  }

  /** Units whose command exists, in a folder of their own. */
  private static void copyUnits(Path folder) throws IOException {
    Path program = folder.resolve("tributary");
    Files.createFile(
        program,
        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwxr-xr-x")));
    try (Stream<Path> files = Files.list(UNITS)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        Files.writeString(
            folder.resolve(file.getFileName().toString()),
            Files.readString(file).replace("/usr/bin/tributary", program.toString()));
      }
    }
  }

  /** What systemd complains about; of an unknown key it only warns, so the code says too little. */
  private static String verify(Path folder, String unit) throws Exception {
    return Tool.run(
            folder, List.of("systemd-analyze", "verify", "--man=no", folder.resolve(unit) + ""))
        .printed();
  }
}
