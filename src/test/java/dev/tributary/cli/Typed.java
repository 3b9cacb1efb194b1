package dev.tributary.cli;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;

/**
 * A command as a user types it, and what it answered.
 *
 * @param code the exit code
 * @param out standard output
 * @param err standard error
 */
public record Typed(int code, String out, String err) {

  public static Typed in(Path directory, String... words) {
    return in(directory, Map.of(), words);
  }

  public static Typed in(Path directory, Map<String, String> environment, String... words) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    int code =
        Tributary.run(
            words,
            new Console(
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8),
                environment,
                directory,
                false));
    return new Typed(
        code, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
  }

  /** Everything it said, for a failed test's message. */
  public String all() {
    return "exit " + code + "\n" + err + out;
  }
}
