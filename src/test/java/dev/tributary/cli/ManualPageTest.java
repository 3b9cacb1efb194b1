package dev.tributary.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;
import picocli.CommandLine.Model.OptionSpec;

/** The manual page and the completion against the commands that there are. */
class ManualPageTest {

  private static final CommandLine LINE = Tributary.line(Console.ofProcess());

  private Path folder = Path.of("");
  private String page = "";

  @BeforeEach
  void write(@TempDir Path empty) throws IOException {
    folder = empty;
    Manual.write("1.2.3", folder);
    try (InputStream in =
        new GZIPInputStream(Files.newInputStream(folder.resolve("tributary.1.gz")))) {
      page = new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  @Test
  void everyCommandIsInItWithEachOfItsOptions() {
    assertThat(LINE.getSubcommands()).hasSizeGreaterThan(8);
    for (Map.Entry<String, CommandLine> command : shown().entrySet()) {
      assertThat(page).contains(".SS \"" + command.getKey());
      String part = page.substring(page.indexOf(".SS \"" + command.getKey()));
      part = part.substring(0, part.indexOf("\n.S", 1));
      for (OptionSpec option : command.getValue().getCommandSpec().options()) {
        if (!option.hidden() && !option.usageHelp() && !option.versionHelp()) {
          assertThat(part).contains("\\fB" + option.longestName().replace("-", "\\-"));
        }
      }
    }
  }

  @Test
  void everyExitCodeIsInIt() {
    for (ExitCode code : ExitCode.values()) {
      assertThat(page)
          .contains("\\fB" + code.number() + "\\fR\n" + code.meaning().replace("-", "\\-") + "\n");
    }
  }

  @Test
  void itSaysOfWhichVersionItIs() {
    assertThat(page).startsWith(".TH \"TRIBUTARY\" 1 \"\" \"tributary 1.2.3\"");
  }

  @Test
  void aLineThatLooksLikeARequestIsText() {
    Roff roff = new Roff();
    roff.line(".so /etc/passwd\n'tis \\ a --flag");
    assertThat(roff.text()).isEqualTo("\\&.so /etc/passwd\n\\&'tis \\e a \\-\\-flag\n");
  }

  @Test
  void theCompletionKnowsEveryCommand() throws IOException {
    assertThat(Files.readString(folder.resolve("tributary.bash")))
        .contains(shown().keySet())
        .contains("complete -F _complete_tributary");
  }

  @Test
  void theSameProgramGivesTheSameBytes(@TempDir Path again) throws IOException {
    Manual.write("1.2.3", again);
    for (String file : new String[] {"tributary.1.gz", "tributary.bash"}) {
      assertThat(again.resolve(file)).hasSameBinaryContentAs(folder.resolve(file));
    }
  }

  /** A hidden command is one for the launcher, not for people. */
  private static Map<String, CommandLine> shown() {
    Map<String, CommandLine> shown = new LinkedHashMap<>(LINE.getSubcommands());
    shown.values().removeIf(command -> command.getCommandSpec().usageMessage().hidden());
    return shown;
  }
}
