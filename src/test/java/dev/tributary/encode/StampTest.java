package dev.tributary.encode;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tributary.job.Content;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class StampTest {

  private static final Content CONTENT =
      new Content(
          42,
          Optional.of(Instant.parse("2026-11-21T23:00:00.000000001Z")),
          Optional.of(Instant.parse("2026-11-22T22:59:59.999999999Z")),
          "rows-v1:0123",
          7);

  @Test
  void aStampReadsAsItWasWritten() {
    for (Optional<Content> content :
        List.of(
            Optional.of(CONTENT),
            Optional.<Content>empty(),
            Optional.of(new Content(0, Optional.empty(), Optional.empty(), "rows-v1:0", 0)))) {
      Stamp stamp = new Stamp(WrittenFile.ATTEMPT, content);

      assertThat(Stamp.of(stamp.entries())).contains(stamp);
    }
  }

  @Test
  void aStampWithOneEntryMissingOrSpoiltIsNone() {
    Map<String, String> whole = new Stamp(WrittenFile.ATTEMPT, Optional.of(CONTENT)).entries();
    for (String key : whole.keySet()) {
      Map<String, String> lacking = new HashMap<>(whole);
      lacking.remove(key);
      boolean mayLack =
          key.equals("tributary.rows")
              || key.equals("tributary.first")
              || key.equals("tributary.last");
      assertThat(Stamp.of(lacking).isEmpty()).as("without " + key).isEqualTo(!mayLack);
    }
    for (String key :
        List.of(
            "job",
            "window.start",
            "window.end",
            "generation",
            "schema",
            "began",
            "rows",
            "first")) {
      Map<String, String> spoilt = new HashMap<>(whole);
      spoilt.put("tributary." + key, "?");
      assertThat(Stamp.of(spoilt)).as("with a wrong " + key).isEmpty();
    }
    assertThat(Stamp.of(Map.of())).isEmpty();
  }
}
