package dev.tributary.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What became of every window, as letters and as documents. */
class CoverageCommandTest {

  private final Path folder;

  CoverageCommandTest(@TempDir Path folder) {
    this.folder = folder;
  }

  private Typed coverage(String... more) {
    String[] words = new String[5 + more.length];
    List<String> line =
        List.of("coverage", "--config", "tributary.yaml", "--at", CoverageSamples.NOW.toString());
    for (int i = 0; i < words.length; i++) {
      words[i] = i < line.size() ? line.get(i) : more[i - line.size()];
    }
    Typed typed = Typed.in(folder, words);
    assertThat(typed.code()).as(typed.all()).isZero();
    return typed;
  }

  @Test
  void everyLengthOfWindowHasACalendarThatFitsIt() throws Exception {
    CoverageSamples.lay(folder);

    String days = coverage("air-quality").out();
    assertThat(days).contains("air-quality: windows of 1d, Europe/Berlin: ");
    assertThat(days.lines().filter(line -> line.matches("  20\\d\\d-\\d\\d  [.orscDFG~ ]+")))
        .hasSize(12);
    assertThat(days).containsPattern("2025-12  [.orsc]{31}\n").contains("~ waiting");
    assertThat(coverage("power-weeks").out())
        .containsPattern("2025  [.orscG]{52}\n")
        .contains("        1         11        21        31        41        51\n");
    assertThat(coverage("tariff-months").out()).containsPattern("2024  [.orscG]{12}\n");
    String hours = coverage("line-output").out();
    assertThat(hours).containsPattern("2026-11  \\.{20}..F\n");
    assertThat(hours).contains("failed: cannot query window");
    assertThat(hours.lines().count()).isLessThan(40);
  }

  @Test
  void halfAMillionWindowsAreShownAtOnce() throws Exception {
    CoverageSamples.lay(folder);
    List<JsonNode> ranges = JsonLines.of(coverage("cpu-minutes", "--json"));
    assertThat(ranges.stream().mapToInt(range -> range.get("windows").asInt()).sum())
        .isBetween(525_600, 527_100);

    long begin = System.nanoTime();
    Typed typed = coverage("cpu-minutes");
    double seconds = (System.nanoTime() - begin) / 1e9;

    System.out.printf("coverage of 525,600 committed windows: %.2f s%n", seconds);
    assertThat(typed.out().lines().count()).isLessThan(60);
    if ("full".equals(System.getProperty("tributary.test.counts"))) {
      assertThat(seconds).isLessThan(5);
    }
  }
}
