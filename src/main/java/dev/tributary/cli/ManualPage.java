package dev.tributary.cli;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import picocli.CommandLine;
import picocli.CommandLine.Help;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/**
 * The manual page {@code tributary(1)}, in roff, from the same model that parses the command line:
 * a command or an option that exists is in it.
 */
final class ManualPage {

  private static final String ABOUT =
      """
      Tributary reads jobs in YAML (a bucket, a query, a destination), runs them over Arrow Flight,
      and writes Parquet or Arrow files: each window of time once, whole, checked, and provable
      afterwards. What is done is recorded at the destination, so any number of runs, here or on
      other machines, agree about it.""";

  private static final List<Entry> ENVIRONMENT =
      List.of(
          new Entry("TRIBUTARY_CONFIG", "definitions, where --config is not given"),
          new Entry("TRIBUTARY_JAVA_OPTS", "replaces the options that are given to Java"),
          new Entry("JAVA_HOME", "the Java to run on; else the one on the PATH"),
          new Entry("CREDENTIALS_DIRECTORY", "where ${credential:NAME} is read; set by systemd"));

  private static final List<Entry> FILES =
      List.of(
          new Entry("/etc/tributary", "definitions: every .yaml and .yml file below it, as one"),
          new Entry("/etc/tributary/credentials", "secrets, one a file, outside systemd"),
          new Entry("/var/lib/tributary", "home of the service, and of the example destination"));

  private final CommandLine root;
  private final String version;
  private final Roff roff = new Roff();

  private ManualPage(CommandLine root, String version) {
    this.root = root;
    this.version = version;
  }

  static String of(CommandLine root, String version) {
    return new ManualPage(root, version).text();
  }

  private String text() {
    CommandSpec spec = root.getCommandSpec();
    roff.title(spec.name().toUpperCase(Locale.ROOT), "tributary " + version);
    roff.section("NAME");
    roff.line(spec.name() + " - " + nameOf(spec));
    roff.section("SYNOPSIS");
    roff.bold(spec.name(), "COMMAND [OPTION...]");
    roff.section("DESCRIPTION");
    roff.line(ABOUT);
    roff.paragraph("Words go to standard error, data to standard output.");
    roff.section("COMMANDS");
    roff.line("Each command knows --help.");
    root.getSubcommands().values().stream()
        .map(CommandLine::getCommandSpec)
        .filter(command -> !command.usageMessage().hidden())
        .forEach(this::describe);
    roff.section("EXIT STATUS");
    for (ExitCode code : ExitCode.values()) {
      roff.item(Integer.toString(code.number()), code.meaning());
    }
    roff.section("SIGNALS");
    roff.item(
        "SIGTERM", "take no new window, finish or abandon the rest; a second one ends at once");
    roff.item(
        "SIGHUP", "daemon: read the definitions again, and keep the old ones if they are wrong");
    roff.section("ENVIRONMENT");
    ENVIRONMENT.forEach(entry -> roff.item(entry.name(), entry.meaning()));
    roff.section("FILES");
    FILES.forEach(entry -> roff.item(entry.name(), entry.meaning()));
    roff.section("SEE ALSO");
    roff.line("systemctl(1), systemd.exec(5)");
    return roff.text();
  }

  private void describe(CommandSpec command) {
    roff.subsection(synopsis(command));
    roff.line(described(command.usageMessage().description()));
    for (PositionalParamSpec parameter : command.positionalParameters()) {
      if (!parameter.hidden()) {
        roff.item(parameter.paramLabel(), described(parameter.description()));
      }
    }
    for (OptionSpec option : command.options()) {
      if (!option.hidden() && !option.usageHelp() && !option.versionHelp()) {
        roff.item(heading(option), described(option.description()));
      }
    }
  }

  private static String synopsis(CommandSpec command) {
    String parameters =
        command.positionalParameters().stream()
            .filter(parameter -> !parameter.hidden())
            .map(ManualPage::synopsis)
            .collect(Collectors.joining());
    return command.name() + parameters;
  }

  private static String synopsis(PositionalParamSpec parameter) {
    String label = parameter.paramLabel();
    if (parameter.arity().max() > 1) {
      label += "...";
    }
    return parameter.arity().min() == 0 ? " [" + label + "]" : " " + label;
  }

  private static String heading(OptionSpec option) {
    String names = String.join(", ", option.names());
    return option.arity().max() == 0 ? names : names + " " + option.paramLabel();
  }

  private static String nameOf(CommandSpec spec) {
    String first = described(spec.usageMessage().description());
    return first.substring(0, 1).toLowerCase(Locale.ROOT)
        + first.substring(1, first.length() - (first.endsWith(".") ? 1 : 0));
  }

  /**
   * The library takes descriptions as formats, in which a percent sign and a line end are marked.
   */
  private static String described(String... lines) {
    return Help.Ansi.OFF.string(
        String.join(" ", lines).replace("%n", " ").replace("%%", "%").strip());
  }

  private record Entry(String name, String meaning) {}
}
