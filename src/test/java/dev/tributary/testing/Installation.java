package dev.tributary.testing;

import dev.tributary.Main;
import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;

/**
 * The launcher and a jar of the classes under test, laid out as in a build tree.
 *
 * @param folder holds {@code bin} and {@code target}
 * @param javaHome of the Java that the launcher is to use
 */
public record Installation(Path folder, Path javaHome) {

  /** Installs below the folder. */
  public static Installation in(Path folder, Path javaHome) throws Exception {
    Installation installation = new Installation(folder.toRealPath(), javaHome);
    Files.createDirectories(folder.resolve("bin"));
    Files.createDirectories(folder.resolve("target"));
    Files.copy(Path.of("bin/tributary"), folder.resolve("bin/tributary"));
    Path classes = Path.of(Main.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    try (OutputStream file = Files.newOutputStream(installation.jar());
        JarOutputStream jar = new JarOutputStream(file, manifest(classes))) {
      for (Path each : files(classes)) {
        jar.putNextEntry(new ZipEntry(classes.relativize(each).toString().replace('\\', '/')));
        Files.copy(each, jar);
        jar.closeEntry();
      }
    }
    return installation;
  }

  /** The program's jar. */
  public Path jar() {
    return folder.resolve("target/tributary.jar");
  }

  /** The one archive that was made. */
  public Path archive() throws IOException {
    try (Stream<Path> files = Files.list(folder.resolve("target"))) {
      return files
          .filter(file -> file.toString().matches(".*tributary\\.(jsa|aot)"))
          .collect(Collectors.collectingAndThen(Collectors.toList(), all -> all.get(0)));
    }
  }

  /**
   * Runs one command in the folder.
   *
   * @param option of Java, may be empty
   */
  public Said run(String option, String... words) throws Exception {
    List<String> line = new ArrayList<>(List.of("sh", folder.resolve("bin/tributary").toString()));
    line.addAll(List.of(words));
    Path out = folder.resolve("out.txt");
    Path err = folder.resolve("err.txt");
    ProcessBuilder builder = new ProcessBuilder(line).directory(folder.toFile());
    builder.environment().put("JAVA_HOME", javaHome.toString());
    builder.environment().remove("TRIBUTARY_JAVA_OPTS");
    if (!option.isEmpty()) {
      builder.environment().put("TRIBUTARY_JAVA_OPTS", "-XX:+UseSerialGC " + option);
    }
    int code = builder.redirectOutput(out.toFile()).redirectError(err.toFile()).start().waitFor();
    return new Said(code, Files.readString(out), Files.readString(err));
  }

  /**
   * What a command answered.
   *
   * @param code the exit code
   * @param out standard output
   * @param err standard error
   */
  public record Said(int code, String out, String err) {}

  private static List<Path> files(Path folder) throws IOException {
    try (Stream<Path> all = Files.walk(folder)) {
      return all.filter(Files::isRegularFile).toList();
    }
  }

  private static Manifest manifest(Path classes) {
    Manifest manifest = new Manifest();
    Attributes main = manifest.getMainAttributes();
    main.put(Attributes.Name.MANIFEST_VERSION, "1.0");
    main.put(Attributes.Name.MAIN_CLASS, Main.class.getName());
    main.putValue("Add-Opens", "java.base/java.nio");
    main.put(
        Attributes.Name.CLASS_PATH,
        Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
            .filter(entry -> entry.endsWith(".jar") && !Path.of(entry).equals(classes))
            .map(entry -> Path.of(entry).toUri().toASCIIString())
            .collect(Collectors.joining(" ")));
    return manifest;
  }
}
