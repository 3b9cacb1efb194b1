package dev.tributary.inspect;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tributary.inspect.Diagnosis.State;
import dev.tributary.job.DestinationSpec;
import dev.tributary.job.Failure;
import dev.tributary.job.Failure.Kind;
import dev.tributary.land.LocalDestination;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DestinationProbeTest {

  private Path lake;

  @BeforeEach
  void begin(@TempDir Path empty) {
    lake = empty;
  }

  @Test
  void aStoreThatIgnoresConditionsIsNotForSharedUse() throws Failure {
    List<Diagnosis> wrong = told(State.WRONG, careless(false));
    assertThat(wrong)
        .extracting(Diagnosis::check)
        .containsExactly("create only", "replace", "large");
    assertThat(wrong)
        .allSatisfy(
            each -> {
              assertThat(each.kind()).contains(Kind.CONFIGURATION);
              assertThat(each.told()).contains("ignores conditions", "say 'single_writer: true'");
            });
  }

  @Test
  void theOperatorsWordThatNobodyElseWritesIsTheWayOut() throws Failure {
    List<Diagnosis> found = careless(true);
    assertThat(told(State.WRONG, found)).isEmpty();
    assertThat(told(State.DOUBTFUL, found)).hasSize(3);
  }

  @Test
  void aClockThatIsOffIsTold() throws Failure {
    InstantSource ahead = InstantSource.offset(InstantSource.system(), Duration.ofMinutes(20));
    DestinationSpec spec = spec(false);
    List<Diagnosis> found =
        new DestinationProbe(spec, LocalDestination.open(spec), ahead, "1").diagnoses();
    assertThat(told(State.DOUBTFUL, found)).extracting(Diagnosis::check).containsExactly("clock");
  }

  private List<Diagnosis> careless(boolean singleWriter) throws Failure {
    DestinationSpec spec = spec(singleWriter);
    return new DestinationProbe(
            spec, new Careless(LocalDestination.open(spec)), InstantSource.system(), "1")
        .diagnoses();
  }

  private DestinationSpec spec(boolean singleWriter) {
    return new DestinationSpec("lake", lake.toUri(), singleWriter, Map.of(), Map.of());
  }

  private static List<Diagnosis> told(State state, List<Diagnosis> found) {
    return found.stream().filter(each -> each.state() == state).toList();
  }
}
