package dev.tributary.query;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.Test;

class ServerTextTest {

  @Test
  void linesAndControlCharactersBecomeSingleSpaces() {
    assertThat(ServerText.line("  a:\r\n\t b\u0000\u001b[31m  c.\n", Optional.empty()))
        .isEqualTo("a: b [31m c");
  }

  @Test
  void aLongTextIsCutWithoutSplittingACharacter() {
    String line = ServerText.line("😀".repeat(1_000), Optional.empty());
    assertThat(line).hasSizeBetween(ServerText.LONGEST - 1, ServerText.LONGEST).endsWith("😀…");
    assertThat(ServerText.line("x".repeat(ServerText.LONGEST), Optional.empty()))
        .isEqualTo("x".repeat(ServerText.LONGEST));
  }

  @Test
  void theTokenIsBlottedOutEvenWhereTheCutWouldSplitIt() {
    String token = "s3cret-token";
    String before = "x".repeat(ServerText.LONGEST - 6);
    assertThat(ServerText.line("unknown " + token + "!", Optional.of(token)))
        .isEqualTo("unknown ***!");
    assertThat(ServerText.line(before + token, Optional.of(token))).doesNotContain("s3c");
  }
}
