package dev.tributary.cli;

import dev.tributary.query.LibrarySettings;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The root command: parses the command line, runs one command, maps what happened to a code. */
@Command(
    name = "tributary",
    description = "Carries time-series rollups from InfluxDB 3 into data lakes.",
    mixinStandardHelpOptions = true,
    versionProvider = VersionCommand.class,
    synopsisSubcommandLabel = "COMMAND",
    commandListHeading = "%nCommands:%n",
    footer = {
      "",
      "Exit codes: 0 done or nothing due, 1 a bug, 64 usage, 65 query or data refused,",
      "66 no such job or bucket, 69 unreachable, 73 cannot write, 75 try again,",
      "77 not authorised, 78 configuration."
    })
public final class Tributary implements Runnable {

  @Spec
  @SuppressWarnings("NullAway.Init") // picocli sets it before run
  private CommandSpec spec;

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "a command is missing");
  }

  /** Runs one command and ends the process with its exit code, whatever threads still live. */
  public static void runAndExit(String[] args) {
    System.exit(run(args, Console.ofProcess()));
  }

  /**
   * Runs one command to its end.
   *
   * @return the exit code
   */
  public static int run(String[] args, Console console) {
    return line(args, console).execute(args);
  }

  /** Every command with its options, ready to be described. */
  public static CommandLine line(Console console) {
    return line(new String[0], console);
  }

  private static CommandLine line(String[] args, Console console) {
    LibrarySettings.apply();
    CommandLine line = new CommandLine(new Tributary());
    commands(args, console).forEach((name, make) -> line.addSubcommand(name, make.get()));
    return line.setCaseInsensitiveEnumValuesAllowed(true)
        .setOut(new PrintWriter(console.out(), true, StandardCharsets.UTF_8))
        .setErr(new PrintWriter(console.err(), true, StandardCharsets.UTF_8))
        .setParameterExceptionHandler(
            (wrong, arguments) -> {
              console.say("tributary: " + wrong.getMessage());
              console.say("try 'tributary --help'");
              return ExitCode.USAGE.number();
            })
        .setExecutionExceptionHandler(
            (thrown, command, parsed) -> Ending.of(thrown, console).number());
  }

  /**
   * The command that the first word names, else all: each costs a start the look at its options.
   */
  private static Map<String, Supplier<Callable<Integer>>> commands(String[] args, Console console) {
    Map<String, Supplier<Callable<Integer>>> all = new LinkedHashMap<>();
    all.put("demo", () -> new DemoCommand(console));
    all.put("init", () -> new InitCommand(console));
    all.put("import", () -> new ImportCommand(console));
    all.put("validate", () -> new ValidateCommand(console));
    all.put("plan", () -> new PlanCommand(console));
    all.put("preview", () -> new PreviewCommand(console));
    all.put("run", () -> new RunCommand(console));
    all.put("daemon", () -> new DaemonCommand(console));
    all.put("backfill", () -> new BackfillCommand(console));
    all.put("skip", () -> new SkipCommand(console));
    all.put("status", () -> new StatusCommand(console));
    all.put("coverage", () -> new CoverageCommand(console));
    all.put("verify", () -> new VerifyCommand(console));
    all.put("compare", () -> new CompareCommand(console));
    all.put("doctor", () -> new DoctorCommand(console));
    all.put("inspect", () -> new InspectCommand(console));
    all.put("sandbox", () -> new SandboxCommand(console));
    all.put("train", () -> new TrainCommand(console));
    all.put("version", () -> new VersionCommand(console));
    Supplier<Callable<Integer>> named = args.length == 0 ? null : all.get(args[0]);
    return named == null ? all : Map.of(args[0], named);
  }
}
