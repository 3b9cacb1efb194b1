package dev.tributary.cli;

import dev.tributary.definition.Definitions;
import dev.tributary.definition.Diagnostic;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Checks definitions and prints every mistake, with its place. */
@Command(
    name = "validate",
    description = "Check definitions; print every mistake with its place.",
    mixinStandardHelpOptions = true)
final class ValidateCommand implements Callable<Integer> {

  private final Console console;

  @Mixin private final ConfigOptions options = new ConfigOptions();

  ValidateCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    Definitions definitions = options.readAll(console);
    long errors = definitions.diagnostics().stream().filter(Diagnostic::isError).count();
    long warnings = definitions.diagnostics().size() - errors;
    if (options.json()) {
      definitions.diagnostics().forEach(diagnostic -> console.json(document(diagnostic)));
    }
    console.say(
        Texts.count(definitions.jobs().size(), "sound job")
            + ", "
            + Texts.count(errors, "error")
            + ", "
            + Texts.count(warnings, "warning"));
    return (errors == 0 ? ExitCode.DONE : ExitCode.CONFIGURATION).number();
  }

  private static Map<String, Object> document(Diagnostic diagnostic) {
    Map<String, Object> document = new LinkedHashMap<>();
    document.put("file", diagnostic.file());
    document.put("line", diagnostic.line());
    document.put("column", diagnostic.column());
    document.put("severity", diagnostic.severity().name().toLowerCase(Locale.ROOT));
    document.put("message", diagnostic.message());
    return document;
  }
}
