package dev.tributary.cli;

import dev.tributary.app.Workshop;
import dev.tributary.definition.Definitions;
import dev.tributary.job.Cron;
import dev.tributary.job.Failure;
import dev.tributary.job.History;
import dev.tributary.job.Job;
import dev.tributary.job.Window;
import dev.tributary.plan.CronFires;
import dev.tributary.plan.Due;
import dev.tributary.plan.Mode;
import dev.tributary.plan.Plan;
import dev.tributary.plan.Planner;
import dev.tributary.plan.Retention;
import dev.tributary.plan.WindowGrid;
import java.time.Instant;
import java.time.InstantSource;
import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Says what is due and why, and what comes next; writes nothing. */
@Command(
    name = "plan",
    description = "Say what is due and why, and what comes next; write nothing.",
    mixinStandardHelpOptions = true)
final class PlanCommand implements Callable<Integer> {

  private static final int SHOWN = 20;

  private final Console console;

  @Mixin private final ConfigOptions options = new ConfigOptions();

  @Parameters(paramLabel = "JOB", arity = "0..*", description = "Jobs; default all.")
  private List<String> names = List.of();

  @Option(names = "--next", description = "Coming windows or fires to show, default 3.")
  private int next = 3;

  @Option(names = "--at", paramLabel = "INSTANT", description = "As if it were this time.")
  private @Nullable String at;

  PlanCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() throws Exception {
    Instant now = at == null ? InstantSource.system().instant() : Usage.instant("--at", at);
    Definitions definitions = options.read(console);
    List<Job> jobs = Selection.of(definitions, names);
    List<ExitCode> codes = new ArrayList<>();
    try (Workshop workshop =
        new Workshop(
            definitions.limits().memoryBytes(), console.environment(), InstantSource.fixed(now))) {
      for (Job job : jobs) {
        try {
          tell(job, workshop.history(job), now);
        } catch (Failure failure) {
          console.say(failure.sentence());
          codes.add(ExitCode.of(failure.kind()));
        }
      }
    }
    return ExitCode.of(codes).number();
  }

  private void tell(Job job, History history, Instant now) {
    List<String> notes = new ArrayList<>();
    Plan plan = Planner.due(job, history, now, Mode.RUN);
    List<Due> due = plan.due();
    plan.problem().ifPresent(notes::add);
    if (job.isSnapshot() && job.schedule().isEmpty()) {
      due = List.of();
      notes.add("due once for each definition; 'run --now' makes another");
    }
    if (!plan.conflicts().isEmpty()) {
      notes.add(
          Texts.count(plan.conflicts().size(), "window")
              + " overlap committed ones of another grid");
    }
    long older =
        history.committed().values().stream()
            .filter(committed -> !committed.queryHash().equals(job.hashes().query()))
            .count();
    if (older > 0) {
      notes.add(Texts.count(older, "window") + " made by an older query");
    }
    List<Window> leaving = leaving(job, due, now);
    if (!leaving.isEmpty()) {
      Retention retention = Retention.of(job).orElseThrow();
      notes.add(retention.warning(leaving.size(), leaving.get(0)) + "; taken first");
    }
    if (options.json()) {
      console.json(document(job, due, notes, now));
    } else {
      print(job, due, notes, now);
    }
  }

  private static List<Window> leaving(Job job, List<Due> due, Instant now) {
    return Retention.of(job)
        .map(
            kept ->
                due.stream().map(Due::window).filter(each -> kept.isLeaving(each, now)).toList())
        .orElse(List.of());
  }

  private void print(Job job, List<Due> due, List<String> notes, Instant now) {
    console.out().println(job.name() + ": " + Texts.count(due.size(), "window") + " due");
    due.stream()
        .limit(SHOWN)
        .forEach(
            each ->
                console
                    .out()
                    .println(
                        "  due   "
                            + Texts.window(each.window())
                            + "  "
                            + words(each.reason())
                            + ", since "
                            + each.since()));
    if (due.size() > SHOWN) {
      console.out().println("  …     and " + (due.size() - SHOWN) + " more");
    }
    coming(job, now).forEach(line -> console.out().println("  next  " + line));
    notes.forEach(note -> console.out().println("  note  " + note));
  }

  /** Coming windows with the instant they fall due, and fires with their offset from UTC. */
  private List<String> coming(Job job, Instant now) {
    List<String> lines = new ArrayList<>();
    job.windowing()
        .ifPresent(
            windowing -> {
              WindowGrid grid = WindowGrid.of(windowing.every(), job.zone());
              Window window = grid.containing(now.minus(windowing.delay()));
              for (int i = 0; i < next; i++) {
                Instant dueAt = window.end().plus(windowing.delay());
                lines.add(
                    Texts.window(window) + "  due at " + dueAt + ", " + Texts.distance(now, dueAt));
                window = grid.next(window);
              }
            });
    job.schedule().ifPresent(cron -> fires(cron, job, now, lines));
    return lines;
  }

  private void fires(Cron cron, Job job, Instant now, List<String> lines) {
    for (OffsetDateTime fire : CronFires.fires(cron, job.zone(), now, next)) {
      lines.add(
          "fire of '"
              + cron
              + "' at "
              + fire.format(DateTimeFormatter.ISO_OFFSET_DATE_TIME)
              + ", "
              + Texts.distance(now, fire.toInstant()));
    }
  }

  private static String words(Due.Reason reason) {
    return switch (reason) {
      case NEW -> "has no manifest";
      case RETRY -> "failed, and is tried again";
      case QUERY_CHANGED -> "failed, and its query has changed since";
      case PENDING -> "a publication was begun and not finished";
      case ASKED -> "was asked for";
      case REVISIT -> "is settled, and looked at again for late data";
    };
  }

  private Map<String, Object> document(Job job, List<Due> due, List<String> notes, Instant now) {
    Map<String, Object> document = new LinkedHashMap<>();
    document.put("job", job.name().value());
    document.put(
        "due",
        due.stream()
            .map(
                each ->
                    Map.of(
                        "start", each.window().start().toString(),
                        "end", each.window().end().toString(),
                        "reason", words(each.reason()),
                        "since", each.since().toString()))
            .toList());
    document.put("next", coming(job, now));
    document.put("notes", notes);
    return document;
  }
}
