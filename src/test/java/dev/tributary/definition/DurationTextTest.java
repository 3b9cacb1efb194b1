package dev.tributary.definition;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class DurationTextTest {

  @Test
  void oneNumberAndOneUnitIsADuration() {
    assertThat(DurationText.parse("90s").value()).contains(Duration.ofSeconds(90));
    assertThat(DurationText.parse("15m").value()).contains(Duration.ofMinutes(15));
    assertThat(DurationText.parse("2h").value()).contains(Duration.ofHours(2));
    assertThat(DurationText.parse("7d").value()).contains(Duration.ofDays(7));
    assertThat(DurationText.parse("0s").value()).contains(Duration.ZERO);
    assertThat(DurationText.parse("36500d").value()).contains(Duration.ofDays(36_500));
  }

  @Test
  void anUnknownUnitIsPointedAtAndTheLikelyOneNamed() {
    assertThat(refusal("15min"))
        .isEqualTo(Finding.error(2, 3, "'min' is not a unit of durations; did you mean '15m'?"));
    assertThat(refusal("1 hour").message()).endsWith("did you mean '1h'?");
    assertThat(refusal("2H").message()).endsWith("did you mean '2h'?");
    assertThat(refusal("5w").message()).contains("'w'").contains("such as '90s'");
  }

  @Test
  void aCompoundOfTwoUnitsIsRefusedAtItsSecondNumber() {
    assertThat(refusal("1d12h").offset()).isEqualTo(1);
    assertThat(refusal("1d12h").message()).contains("one whole number");
  }

  @Test
  void aMissingUnitIsPointedAtBehindTheNumber() {
    assertThat(refusal("90")).extracting(Finding::offset, Finding::length).containsExactly(2, 0);
  }

  @Test
  void whatIsNotANumberIsRefused() {
    assertThat(refusal("").message()).contains("'' is not a duration");
    assertThat(refusal("soon").message()).contains("'soon' is not a duration");
    assertThat(refusal("-5m").message()).contains("'-5m' is not a duration");
    assertThat(refusal("1.5h").message()).contains("one whole number");
    assertThat(refusal("٣h").message()).contains("'٣h' is not a duration");
  }

  @Test
  void moreThanAHundredYearsIsRefusedHoweverManyDigitsItHas() {
    assertThat(refusal("36501d").message()).contains("at most 36500d, but was '36501d'");
    assertThat(refusal("9".repeat(18) + "d").message()).contains("at most");
    assertThat(refusal("9".repeat(400) + "s").message()).contains("at most");
  }

  private static Finding refusal(String text) {
    return DurationText.parse(text).finding().orElseThrow();
  }
}
