package dev.tributary.cli;

import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
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
    return line(console).execute(args);
  }

  /** Every command with its options, ready to be run or described. */
  public static CommandLine line(Console console) {
    CommandLine line =
        new CommandLine(new Tributary())
            .addSubcommand(new DemoCommand(console))
            .addSubcommand(new ValidateCommand(console))
            .addSubcommand(new PlanCommand(console))
            .addSubcommand(new PreviewCommand(console))
            .addSubcommand(new RunCommand(console))
            .addSubcommand(new CoverageCommand(console))
            .addSubcommand(new VerifyCommand(console))
            .addSubcommand(new SandboxCommand(console))
            .addSubcommand(new VersionCommand(console))
            .setCaseInsensitiveEnumValuesAllowed(true)
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
    return line;
  }
}
