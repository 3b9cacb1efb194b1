package dev.tributary.cli;

import dev.tributary.definition.DefinitionReader;
import dev.tributary.definition.Definitions;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options of every command that reads definitions. */
final class ConfigOptions {

  private static final Path SYSTEM = Path.of("/etc/tributary");

  @Option(
      names = "--config",
      paramLabel = "FILE|DIR",
      description = "Definitions; default $TRIBUTARY_CONFIG, else ./config, else /etc/tributary.")
  private @Nullable Path config;

  @Option(names = "--json", description = "JSON on standard output.")
  private boolean json;

  @Option(names = "--strict", description = "Refuse everything when any definition is wrong.")
  private boolean strict;

  boolean json() {
    return json;
  }

  /**
   * Reads the definitions and says what is wrong with them.
   *
   * @throws Stopped if none could be read, or any is wrong under {@code --strict}
   */
  Definitions read(Console console) throws Stopped {
    Definitions definitions = readAll(console);
    boolean wrong = definitions.hasErrors();
    if (wrong && (strict || definitions.jobs().isEmpty())) {
      console.say("nothing was loaded");
      throw new Stopped(ExitCode.CONFIGURATION);
    }
    return definitions;
  }

  /** Reads the definitions, right or wrong, and says what is wrong with them. */
  Definitions readAll(Console console) {
    Definitions definitions = DefinitionReader.read(path(console));
    definitions.diagnostics().forEach(diagnostic -> console.say(diagnostic.rendered()));
    return definitions;
  }

  /** Where definitions lie, by option, environment and custom. */
  Path path(Console console) {
    if (config != null) {
      return console.directory().resolve(config);
    }
    String fromEnvironment = console.environment().get("TRIBUTARY_CONFIG");
    if (fromEnvironment != null) {
      return console.directory().resolve(fromEnvironment);
    }
    Path local = console.directory().resolve("config");
    return Files.isDirectory(local) ? local : SYSTEM;
  }
}
