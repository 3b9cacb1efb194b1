package dev.tributary.sandbox;

import dev.tributary.job.Failure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.lance.JniLoader;

/**
 * The native library of the SQL engine. Loading unpacks it, 153 MB, into the folder for temporary
 * files. On Linux the file is unlinked as soon as it is loaded, so that not even a killed process
 * leaves it behind; elsewhere it is deleted when the process ends, and stays if it is killed.
 */
final class EngineLibrary {

  private static final Path LOADED = Path.of("/proc/self/maps");
  private static final List<String> NEEDED =
      List.of("org.lance.Dataset", "io.questdb.jar.jni.JarJniLoader");

  private EngineLibrary() {}

  /** Fails where the engine is not on the class path, as in a package without the sandbox. */
  static void require(ClassLoader loader) throws Failure {
    for (String type : NEEDED) {
      try {
        Class.forName(type, false, loader);
      } catch (ClassNotFoundException | NoClassDefFoundError e) {
        throw new Failure(
            Failure.Kind.CONFIGURATION,
            "cannot start the sandbox: its SQL engine is not on the class path; `mvn package` puts"
                + " it into target/lib-sandbox, beside tributary.jar",
            e);
      }
    }
  }

  static void load() throws Failure {
    try {
      JniLoader.ensureLoaded();
    } catch (LinkageError | RuntimeException e) {
      throw new Failure(
          Failure.Kind.CONFIGURATION,
          "cannot start the sandbox: its SQL engine does not load on this machine; it runs on Linux"
              + " (x86-64, arm64; glibc 2.28 or newer) and on macOS (arm64)",
          e);
    }
    unlink();
  }

  private static void unlink() {
    if (!Files.isReadable(LOADED)) {
      return;
    }
    try (Stream<String> maps = Files.lines(LOADED)) {
      for (Path file :
          maps.filter(map -> map.contains("lance_jni"))
              .map(EngineLibrary::file)
              .distinct()
              .toList()) {
        Files.deleteIfExists(file);
      }
    } catch (IOException e) {
      // it stays until the process ends, as elsewhere
    }
  }

  private static Path file(String map) {
    String path = map.substring(map.indexOf('/'));
    return Path.of(path.endsWith(" (deleted)") ? path.substring(0, path.lastIndexOf(" (")) : path);
  }
}
