package dev.tributary.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import dev.tributary.cli.Console;
import dev.tributary.cli.Tributary;
import java.util.List;
import picocli.CommandLine;

/** Words of a command line that stands in a unit or a manifest. */
final class CommandWords {

  private CommandWords() {}

  /** The program's own parser takes them: the command, its options, its arguments. */
  static void assertTaken(List<String> words) {
    CommandLine line = Tributary.line(Console.ofProcess());
    assertThat(words).isNotEmpty();
    assertThatCode(() -> line.parseArgs(words.toArray(String[]::new)))
        .as("%s", words)
        .doesNotThrowAnyException();
  }
}
