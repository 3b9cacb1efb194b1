package dev.tributary.cli;

import dev.tributary.definition.Definitions;
import dev.tributary.job.Failure;
import dev.tributary.job.Job;
import dev.tributary.job.Window;
import dev.tributary.plan.WindowGrid;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;

/** Jobs and windows that an operator names. */
final class Selection {

  private Selection() {}

  /**
   * The named jobs, in the order of their names' first mention; all when none is named.
   *
   * @throws Failure of kind {@code NOT_FOUND} if there is no such job, {@code CONFIGURATION} if its
   *     definition is wrong
   */
  static List<Job> of(Definitions definitions, List<String> names) throws Failure {
    if (names.isEmpty()) {
      return definitions.jobs();
    }
    List<Job> jobs = new ArrayList<>();
    for (String name : new LinkedHashSet<>(names)) {
      jobs.add(one(definitions, name));
    }
    return List.copyOf(jobs);
  }

  static Job one(Definitions definitions, String name) throws Failure {
    Optional<Job> sound =
        definitions.jobs().stream().filter(job -> job.name().value().equals(name)).findFirst();
    if (sound.isPresent()) {
      return sound.orElseThrow();
    }
    if (definitions.broken().contains(name)) {
      throw new Failure(
          Failure.Kind.CONFIGURATION,
          "cannot use job '" + name + "': its definition is wrong, see above");
    }
    throw new Failure(
        Failure.Kind.NOT_FOUND,
        "cannot find job '"
            + name
            + "': the definitions hold "
            + (definitions.jobs().isEmpty()
                ? "none"
                : String.join(
                    ", ", definitions.jobs().stream().map(j -> "'" + j.name() + "'").toList())));
  }

  /** The window that starts at a date in the job's zone, or at an instant. */
  static Window window(Job job, String text) throws Failure, Usage.WrongUsage {
    Instant start = instant(job, "--window", text);
    if (job.windowing().isEmpty()) {
      return Window.at(start);
    }
    WindowGrid grid = WindowGrid.of(job.windowing().orElseThrow().every(), job.zone());
    Window window = grid.containing(start);
    if (!window.start().equals(start)) {
      throw Usage.wrong(
          "no window of job '"
              + job.name()
              + "' starts at "
              + start
              + "; its neighbours start at "
              + window.start()
              + " and "
              + window.end());
    }
    return window;
  }

  /** A date at its beginning in the job's zone, or an instant. */
  static Instant instant(Job job, String option, String text) throws Usage.WrongUsage {
    try {
      return text.contains("T")
          ? Instant.parse(text)
          : LocalDate.parse(text).atStartOfDay(job.zone()).toInstant();
    } catch (DateTimeException e) {
      throw Usage.wrong(
          option
              + " must be a date or an instant, such as 2026-11-23 or 2026-11-23T06:00:00Z, but was '"
              + text
              + "'");
    }
  }
}
