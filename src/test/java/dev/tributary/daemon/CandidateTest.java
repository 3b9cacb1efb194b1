package dev.tributary.daemon;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tributary.job.History;
import dev.tributary.job.Job;
import dev.tributary.job.Window;
import dev.tributary.plan.Due;
import dev.tributary.testing.Definition;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which of a job's windows goes first. */
class CandidateTest {

  private static final Instant BEGIN = Instant.parse("2022-01-01T00:00:00Z");
  private static final Instant NOW = BEGIN.plus(Duration.ofHours(10));

  @Test
  void theNewestGoesFirstThenTheOthersOldestFirst(@TempDir Path folder) throws Exception {
    assertThat(order(job(folder, ""), History.NONE)).containsExactly(9, 0, 1, 2, 3, 4, 5, 6, 7, 8);
  }

  @Test
  void aWindowWhoseRowsAreSoonForgottenGoesBeforeAll(@TempDir Path folder) throws Exception {
    // a tenth of eleven hours is 66 minutes, and the oldest is forgotten in an hour
    assertThat(order(job(folder, "retention: 11h"), History.NONE))
        .containsExactly(0, 9, 1, 2, 3, 4, 5, 6, 7, 8);
  }

  @Test
  void whatTheSourceHasForgottenIsNoHurry(@TempDir Path folder) throws Exception {
    assertThat(order(job(folder, "retention: 9h"), History.NONE))
        .containsExactly(9, 0, 1, 2, 3, 4, 5, 6, 7, 8);
  }

  @Test
  void whatFailedForGoodGoesLast(@TempDir Path folder) throws Exception {
    TreeMap<Instant, History.Failed> failures = new TreeMap<>();
    failures.put(BEGIN, new History.Failed(window(0), NOW, 1, true, "q", "cannot"));
    History history = new History(Optional.empty(), new TreeMap<>(), failures, Set.of(), Map.of());
    assertThat(order(job(folder, ""), history)).containsExactly(9, 1, 2, 3, 4, 5, 6, 7, 8, 0);
  }

  private static Job job(Path folder, String key) throws Exception {
    String yaml = Definition.hourly("grpc://127.0.0.1:1", folder);
    return Definition.only(folder, yaml.replace("retries: 0", "retries: 0\n    " + key));
  }

  private static Window window(int hour) {
    return new Window(BEGIN.plus(Duration.ofHours(hour)), BEGIN.plus(Duration.ofHours(hour + 1)));
  }

  private static List<Integer> order(Job job, History history) {
    List<Due> due = new ArrayList<>();
    for (int hour = 0; hour < 10; hour++) {
      due.add(new Due(window(hour), Due.Reason.NEW, window(hour).end()));
    }
    return Candidate.ranked(job, due, history, NOW).stream()
        .map(each -> (int) Duration.between(BEGIN, each.due().window().start()).toHours())
        .toList();
  }
}
