package dev.tributary.definition;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SizeTextTest {

  @Test
  void binaryUnitsCountBytes() {
    assertThat(SizeText.parse("512B").value()).contains(512L);
    assertThat(SizeText.parse("3KiB").value()).contains(3_072L);
    assertThat(SizeText.parse("64MiB").value()).contains(67_108_864L);
    assertThat(SizeText.parse("2GiB").value()).contains(2_147_483_648L);
    assertThat(SizeText.parse("1TiB").value()).contains(1_099_511_627_776L);
  }

  @Test
  void aDecimalUnitIsRefusedWithTheBinaryOneNamed() {
    assertThat(refusal("64MB"))
        .isEqualTo(Finding.error(2, 2, "'MB' is not a unit of sizes; did you mean '64MiB'?"));
    assertThat(refusal("1g").message()).endsWith("did you mean '1GiB'?");
    assertThat(refusal("1PiB").message()).contains("such as '64MiB'");
  }

  @Test
  void aNumberAloneOrNoNumberAtAllIsRefused() {
    assertThat(refusal("64").message()).contains("'64' has no unit");
    assertThat(refusal("MiB").message()).contains("'MiB' is not a size");
    assertThat(refusal("1.5GiB").offset()).isEqualTo(1);
  }

  @Test
  void aSizeBeyondSixtyThreeBitsIsRefused() {
    assertThat(SizeText.parse("8388607TiB").value()).contains(8_388_607L << 40);
    assertThat(refusal("8388608TiB").message()).contains("too large");
    assertThat(refusal("9".repeat(50) + "B").message()).contains("too large");
  }

  private static Finding refusal(String text) {
    return SizeText.parse(text).finding().orElseThrow();
  }
}
