package dev.tributary.land.objectstore;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class PartSizesTest {

  @Test
  void tenThousandPartsHoldWhatIsPromisedAndNoneNeedsMoreThan64Mebibytes() {
    assertThat(PartSizes.largest()).isEqualTo(((8L + 16 + 32 + 7 * 64) * 1_000) << 20);
    assertThat(IntStream.range(0, PartSizes.MOST).map(PartSizes::of).max()).hasValue(64 << 20);
  }

  @Test
  void partsNeverShrinkAndAreLargeEnoughForEveryStore() {
    for (int part = 1; part < PartSizes.MOST; part++) {
      assertThat(PartSizes.of(part)).isBetween(PartSizes.of(part - 1), 64 << 20);
    }
    assertThat(PartSizes.of(0)).isGreaterThanOrEqualTo(5 << 20);
  }

  @Test
  void anObjectOfFiveGibibytesKeepsToTheFirstSize() {
    assertThat(PartSizes.of((int) ((5L << 30) / PartSizes.FIRST))).isEqualTo(PartSizes.FIRST);
  }
}
