package dev.tributary.definition;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class SuggestionTest {

  private static final List<String> KEYS =
      List.of("source", "schedule", "compression", "format", "window", "zone", "sql", "to");

  @Test
  void aSlipOfTheFingerIsRecognised() {
    assertThat(Suggestion.closest("compresion", KEYS)).contains("compression");
    assertThat(Suggestion.closest("shcedule", KEYS)).contains("schedule");
    assertThat(Suggestion.closest("formats", KEYS)).contains("format");
    assertThat(Suggestion.closest("ZONE", KEYS)).contains("zone");
    assertThat(Suggestion.closest("slq", KEYS)).contains("sql");
  }

  @Test
  void aDifferentWordSuggestsNothing() {
    assertThat(Suggestion.closest("retention", KEYS)).isEmpty();
    assertThat(Suggestion.closest("query", KEYS)).isEmpty();
    assertThat(Suggestion.closest("at", KEYS)).isEmpty();
    assertThat(Suggestion.closest("", KEYS)).isEmpty();
    assertThat(Suggestion.closest("x".repeat(10_000), KEYS)).isEmpty();
  }

  @Test
  void theNearestOfSeveralWinsAndTiesGoByTheAlphabet() {
    assertThat(Suggestion.closest("tiers", List.of("timers", "tires", "tiers-of")))
        .contains("timers");
    assertThat(Suggestion.closest("start", List.of("stark", "starb"))).contains("starb");
  }
}
