package dev.tributary.definition;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import dev.tributary.testing.Counts;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever stands in a file, reading it ends soon, with places and without secrets. */
class MutatedDefinitionsTest {

  private static final String PLANTED = "apiv3-planted-9f8e7d6c";
  private static final String ODD = "{}[]:,#&*!|>'\"%@`-? \t\n\r\u0000\u00e9\u2028$0a\\";

  @TempDir private Path folder = Path.of("");

  @Test
  void everyMutilatedExampleIsReadToTheEnd() throws IOException {
    List<String> texts = example();
    int rounds = Counts.of(600, 20_000);
    for (int seed = 0; seed < rounds; seed++) {
      Random random = new Random(seed);
      String text = texts.get(random.nextInt(texts.size()));
      for (int edits = 1 + random.nextInt(3); edits > 0; edits--) {
        text = mutated(text, random);
      }
      check(text, "seed " + seed);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "token: @",
        "token: \"@",
        "token: '@",
        "token: *@",
        "token: &@ x",
        "token: |\n      @",
        "token: >-\n      @\n     x: [",
        "token:\n      @\n    bad",
        "token:\n      - @",
        "token: {@: @}",
        "token: [@, @",
        "token: @: x",
        "token @",
        "token: ${@}",
        "token: ${env:@",
        "token: ${env:A} @",
        "token: !@ x",
        "token: %@",
        "tokne: @",
        "Token: @",
        "tls: {token: @}",
        "url: grpc://me:@@influx:8181",
        "url: grpc://influx:8181/?token=@",
        "url: 'grpc://influx:8181/ ?token=@'",
        "proxy: http://me:@@proxy:3128",
        "max_queries: 0\n    token: @",
        "\"token\": @",
        "token: \t@"
      })
  void anInlineSecretIsNeverRepeated(String line) {
    String yaml =
        """
        sources:
          plant:
            %s
        destinations:
          lake: {url: file:///srv/lake}
        """
            .formatted(line.replace("@@", PLANTED + "@").replace("@", PLANTED))
            .replace(PLANTED + PLANTED, PLANTED + "@");
    Definitions definitions = check(yaml, line);
    assertThat(definitions.hasErrors()).isTrue();
    assertThat(definitions.diagnostics())
        .allSatisfy(diagnostic -> assertThat(diagnostic.rendered()).doesNotContain(PLANTED));
  }

  @Test
  void aliasesThatMultiplyAreRefusedSoon() {
    StringBuilder laughs = new StringBuilder("x-0: &a0 {retries: 1}\n");
    for (int i = 1; i < 12; i++) {
      String each = "*a" + (i - 1);
      laughs.append(
          "x-%d: &a%d {<<: [%s]}\n"
              .formatted(
                  i,
                  i,
                  String.join(
                      ", ", List.of(each, each, each, each, each, each, each, each, each))));
    }
    laughs.append("defaults: {<<: *a11}\n");
    check(laughs.toString(), "merges of merges");
  }

  @Test
  void aliasesThatHoldThemselvesAreReadToTheEnd() {
    check("defaults: &a\n  <<: *a\n  window: *a\n", "a mapping that merges itself");
    check("jobs: &a\n  one: *a\n", "a mapping inside itself");
    check("x-a: &a [*a]\ndefaults: {revisit: *a}\n", "a list inside itself");
    check("? &a {*a : 1}\n: 2\n", "a key inside itself");
  }

  @Test
  void deepNestingIsRefusedSoon() {
    assertThat(check("jobs: " + "[".repeat(100_000), "brackets").hasErrors()).isTrue();
    assertThat(check("jobs: " + "{a: ".repeat(100_000), "braces").hasErrors()).isTrue();
    assertThat(check("- ".repeat(50_000), "dashes").hasErrors()).isTrue();
  }

  @Test
  void longValuesAreNotRepeatedWhole() {
    Definitions definitions =
        check("defaults: {format: " + "x".repeat(1_000_000) + "}\n", "a long value");
    assertThat(definitions.diagnostics())
        .isNotEmpty()
        .allSatisfy(diagnostic -> assertThat(diagnostic.rendered()).hasSizeLessThan(2_000));
  }

  private Definitions check(String yaml, String what) {
    Path file = folder.resolve("tributary.yaml");
    Definitions definitions =
        assertTimeoutPreemptively(
            Duration.ofSeconds(20),
            () -> {
              Files.writeString(file, yaml, StandardCharsets.UTF_8);
              return Corpus.read(file);
            },
            what);
    int lines = (int) yaml.lines().count();
    for (Diagnostic diagnostic : definitions.diagnostics()) {
      assertThat(diagnostic.line()).as("%s: %s", what, diagnostic).isBetween(1, lines + 1);
      assertThat(diagnostic.column()).as("%s: %s", what, diagnostic).isPositive();
      assertThat(diagnostic.rendered())
          .as(what)
          .doesNotContainPattern("Exception|snakeyaml|[\\p{Cntrl}&&[^\n]]");
    }
    return definitions;
  }

  private static String mutated(String text, Random random) {
    if (text.isEmpty()) {
      return "jobs:";
    }
    int at = random.nextInt(text.length());
    int lineStart = text.lastIndexOf('\n', at - 1) + 1;
    int newline = text.indexOf('\n', at);
    int lineEnd = newline < 0 ? text.length() : newline + 1;
    String line = text.substring(lineStart, lineEnd);
    char odd = ODD.charAt(random.nextInt(ODD.length()));
    return switch (random.nextInt(7)) {
      case 0 -> text.substring(0, at) + text.substring(at + 1);
      case 1 -> text.substring(0, at) + odd + text.substring(at);
      case 2 -> text.substring(0, at) + odd + text.substring(at + 1);
      case 3 -> text.substring(0, lineStart) + text.substring(lineEnd);
      case 4 -> text.substring(0, lineStart) + line + text.substring(lineStart);
      case 5 -> text.substring(0, at);
      default -> text.substring(0, lineStart) + " " + text.substring(lineStart);
    };
  }

  /** The files of the example one by one, and all in one. */
  private static List<String> example() throws IOException {
    List<String> texts = new ArrayList<>();
    StringBuilder jobs = new StringBuilder();
    try (Stream<Path> files = Files.walk(Path.of("config"))) {
      for (Path file : files.filter(path -> path.toString().endsWith(".yaml")).sorted().toList()) {
        String text = Files.readString(file);
        boolean isJob = file.startsWith(Path.of("config", "jobs"));
        jobs.append(isJob ? text.substring(text.indexOf("\njobs:\n") + 7) : "");
        texts.add(text);
      }
    }
    texts.add(Files.readString(Path.of("config/tributary.yaml")) + "jobs:\n" + jobs);
    texts.add(texts.get(texts.size() - 1));
    return texts;
  }
}
