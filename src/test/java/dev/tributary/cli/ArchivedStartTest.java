package dev.tributary.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.tributary.testing.Installation;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The launcher as it is installed, and the archive that it makes and uses. */
class ArchivedStartTest {

  private static final Path OWN_JAVA = Path.of(System.getProperty("java.home"));

  @Test
  void commandsStartFromTheArchiveAndDoWithoutOneThatIsStaleOrBroken(@TempDir Path folder)
      throws Exception {
    theArchiveIsUsedWhileItFits(Installation.in(folder, OWN_JAVA));
  }

  @Test
  void java25RunsTheDemoAndStartsFromItsOwnArchive(@TempDir Path folder) throws Exception {
    Optional<Path> java25 = java25();
    assumeTrue(
        java25.isPresent(),
        "NO JAVA 25 WAS FOUND, so nothing is known of it: set JAVA25_HOME to its directory");
    Installation installation = Installation.in(folder, java25.orElseThrow());

    Installation.Said demo = installation.run("", "demo");
    assertThat(demo.code()).as(demo.err()).isZero();
    assertThat(demo.err()).contains("done ").doesNotContainIgnoringCase("warning");

    theArchiveIsUsedWhileItFits(installation);
  }

  private static void theArchiveIsUsedWhileItFits(Installation installation) throws Exception {
    Installation.Said before = installation.run("", "version");
    assertThat(before.code()).as(before.err()).isZero();

    Installation.Said training = installation.run("", "train");
    assertThat(training.code()).as(training.err()).isZero();
    assertThat(training.err()).isEmpty();
    Path archive = installation.archive();

    assertThat(archived(installation, "version")).isTrue();

    Files.setLastModifiedTime(
        installation.jar(), FileTime.from(Instant.parse("2026-01-01T00:00:00Z")));
    assertThat(archived(installation, "version")).isFalse();
    assertThat(installation.run("", "version")).isEqualTo(before);

    Files.delete(archive);
    Files.writeString(archive, "this is not an archive");
    assertThat(installation.run("", "version")).isEqualTo(before);
  }

  /** Whether the Java took our own class from the archive, by its own log. */
  private static boolean archived(Installation installation, String command) throws Exception {
    Path log = installation.jar().resolveSibling("loaded.log");
    installation.run("-Xlog:class+load:file=" + log, command);
    return Files.readAllLines(log).stream()
        .filter(line -> line.contains("dev.tributary.cli.Console "))
        .anyMatch(line -> line.contains("shared objects file"));
  }

  private static Optional<Path> java25() throws Exception {
    String named = System.getenv("JAVA25_HOME");
    if (named != null) {
      return Optional.of(Path.of(named));
    }
    Path all = Path.of("/usr/lib/jvm");
    if (Files.isDirectory(all)) {
      try (DirectoryStream<Path> homes = Files.newDirectoryStream(all, "*25*")) {
        for (Path home : homes) {
          if (Files.isExecutable(home.resolve("bin/java"))) {
            return Optional.of(home);
          }
        }
      }
    }
    return Optional.empty();
  }
}
