package dev.tributary.daemon;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Definitions that change while they are watched. */
class ConfigWatchTest {

  private Path folder;

  @BeforeEach
  void begin(@TempDir Path empty) {
    folder = empty;
  }

  @Test
  void aChangeIsToldOnceItHasSettledAndUntilItIsTaken() throws Exception {
    Path file = folder.resolve("jobs.yaml");
    Files.writeString(file, "a: 1");
    ConfigWatch watch = new ConfigWatch(folder);
    assertThat(watch.changed()).isFalse();
    Files.writeString(file, "a: 12");
    assertThat(watch.changed()).as("it may be written still").isFalse();
    assertThat(watch.changed()).isTrue();
    watch.taken();
    assertThat(watch.changed()).isFalse();
    Files.writeString(folder.resolve("query.sql"), "SELECT 1");
    watch.changed();
    assertThat(watch.changed()).as("a query's file counts").isTrue();
  }

  @Test
  void aFolderSwappedByItsLinkIsAChangeEvenIfEveryFileLooksTheSame() throws Exception {
    // as Kubernetes mounts a ConfigMap: files are links into ..data, which is a link itself
    Path old = Files.createDirectory(folder.resolve("..2026_11_23_a"));
    Path young = Files.createDirectory(folder.resolve("..2026_11_23_b"));
    Files.writeString(old.resolve("jobs.yaml"), "a: 1");
    Files.copy(
        old.resolve("jobs.yaml"), young.resolve("jobs.yaml"), StandardCopyOption.COPY_ATTRIBUTES);
    Path data = Files.createSymbolicLink(folder.resolve("..data"), old.getFileName());
    Files.createSymbolicLink(folder.resolve("jobs.yaml"), Path.of("..data/jobs.yaml"));
    ConfigWatch watch = new ConfigWatch(folder);
    assertThat(watch.changed()).isFalse();
    Path next = Files.createSymbolicLink(folder.resolve("..data_tmp"), young.getFileName());
    Files.move(next, data, StandardCopyOption.ATOMIC_MOVE);
    watch.changed();
    assertThat(watch.changed()).isTrue();
  }
}
