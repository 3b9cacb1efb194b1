package dev.tributary.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import dev.tributary.cli.Console;
import dev.tributary.cli.Tributary;
import java.util.List;
import java.util.Set;
import picocli.CommandLine;

/** Words of a command line that stands in a unit or a manifest. */
final class CommandWords {

  /** Commands that the design names; checked like the others from the day they exist. */
  private static final Set<String> COMING = Set.of("daemon", "backfill");

  private CommandWords() {}

  /** The program's own parser takes them: the command, its options, its arguments. */
  static void assertTaken(List<String> words) {
    CommandLine line = Tributary.line(Console.ofProcess());
    assertThat(words).isNotEmpty();
    if (line.getSubcommands().containsKey(words.get(0))) {
      assertThatCode(() -> line.parseArgs(words.toArray(String[]::new)))
          .as("%s", words)
          .doesNotThrowAnyException();
    } else {
      assertThat(COMING).contains(words.get(0));
    }
  }
}
