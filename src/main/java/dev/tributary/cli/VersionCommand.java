package dev.tributary.cli;

import dev.tributary.app.Version;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Option;

/** Says which version this is, and on which Java it runs. */
@Command(name = "version", description = "Print the version.", mixinStandardHelpOptions = true)
final class VersionCommand implements Callable<Integer>, IVersionProvider {

  private final Console console;

  @Option(names = "--json", description = "One JSON document on standard output.")
  private boolean json;

  /** For {@code --version} on the root command. */
  VersionCommand() {
    this(Console.ofProcess());
  }

  VersionCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    if (json) {
      console.json(Map.of("version", Version.text(), "java", Runtime.version().feature()));
    } else {
      console.out().println(line());
    }
    return ExitCode.DONE.number();
  }

  @Override
  public String[] getVersion() {
    return new String[] {line()};
  }

  private static String line() {
    return "tributary " + Version.text() + " (Java " + Runtime.version().feature() + ")";
  }
}
