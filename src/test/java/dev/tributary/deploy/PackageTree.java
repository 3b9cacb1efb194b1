package dev.tributary.deploy;

import dev.tributary.testing.ChildJvm;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * The Debian package of this build, unpacked.
 *
 * @param root stands for the root of a host
 */
record PackageTree(Path root) {

  static final Path FILE =
      Path.of("target", "tributary_" + System.getProperty("tributary.version") + "_all.deb");

  private static final Map<String, String> JAVA =
      Map.of("JAVA_HOME", System.getProperty("java.home"));

  static PackageTree unpack(Path root) throws IOException, InterruptedException {
    Tool.run(
            Path.of("."),
            List.of("dpkg-deb", "--extract", FILE.toString(), Files.createDirectories(root) + ""))
        .successfully();
    return new PackageTree(root);
  }

  Path at(String path) {
    return root.resolve(path.substring(1));
  }

  /** Runs the launcher with words that name the tree's places where they name the host's. */
  Tool.Ended tributary(Path folder, List<String> words) throws IOException, InterruptedException {
    return Tool.run(folder, JAVA, command(words));
  }

  /** Starts the launcher likewise, in the environment of a unit. */
  ChildJvm start(List<String> words, Map<String, String> environment) throws IOException {
    Map<String, String> all = new HashMap<>(JAVA);
    all.putAll(environment);
    return ChildJvm.launch(command(words), all);
  }

  private List<String> command(List<String> words) {
    return Stream.concat(
            Stream.of(at("/usr/bin/tributary").toString()),
            words.stream().map(word -> word.startsWith("/etc/tributary") ? at(word) + "" : word))
        .toList();
  }
}
