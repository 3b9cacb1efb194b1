package dev.tributary.cli;

import dev.tributary.app.Workshop;
import dev.tributary.definition.Definitions;
import dev.tributary.job.Drift;
import dev.tributary.job.Job;
import dev.tributary.job.Window;
import dev.tributary.run.Comparison;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Runs a window's query again and shows how its rows differ from the published ones. */
@Command(
    name = "compare",
    description = {
      "Run a window's query again; show how its rows differ from the published ones.",
      "Ends with 0 when they are the same within the tolerance of sums, with 65 when not."
    },
    mixinStandardHelpOptions = true)
final class CompareCommand implements Callable<Integer> {

  private final Console console;

  @Mixin private final ConfigOptions options = new ConfigOptions();

  @Mixin private final OneWindow asked = new OneWindow();

  CompareCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() throws Exception {
    Definitions definitions = options.read(console);
    Job job = asked.job(definitions);
    Window window = asked.of(job);
    try (Workshop workshop =
        new Workshop(
            definitions.limits().memoryBytes(), console.environment(), InstantSource.system())) {
      Drift drift = new Comparison(workshop.lane(job), workshop.kit()).of(window);
      if (options.json()) {
        console.json(document(job, window, drift));
      } else {
        tell(drift);
      }
      return (drift.isNone() ? ExitCode.DONE : ExitCode.REFUSED).number();
    }
  }

  private void tell(Drift drift) {
    if (drift.isNone()) {
      console.say(Texts.count(drift.after(), "row") + ": the same as published");
      return;
    }
    Table table = new Table(List.of("", "ROWS"));
    table.row(List.of("published", Long.toString(drift.before())));
    table.row(List.of("answered now", Long.toString(drift.after())));
    table.row(List.of("only in the file", Long.toString(drift.removed())));
    table.row(List.of("only in the answer", Long.toString(drift.added())));
    table.row(List.of("changed", Long.toString(drift.changed())));
    for (Drift.ColumnDrift column : drift.columns()) {
      OptionalDouble largest = column.largest();
      table.row(
          List.of(
              "  in '" + column.name() + "'",
              column.rows() + (largest.isPresent() ? " by up to " + largest.orElseThrow() : "")));
    }
    table.print(console.out());
    drift.examples().forEach(example -> console.out().println(example));
  }

  private static Map<String, Object> document(Job job, Window window, Drift drift) {
    Map<String, Object> document = new LinkedHashMap<>();
    document.put("job", job.name().value());
    document.put("start", window.start().toString());
    document.put("end", window.end().toString());
    document.put("equal", drift.isNone());
    document.put("published", drift.before());
    document.put("answered", drift.after());
    document.put("only_in_file", drift.removed());
    document.put("only_in_answer", drift.added());
    document.put("changed", drift.changed());
    document.put("columns", drift.columns().stream().map(CompareCommand::document).toList());
    document.put("examples", drift.examples());
    return document;
  }

  private static Map<String, Object> document(Drift.ColumnDrift column) {
    Map<String, Object> document = new LinkedHashMap<>();
    document.put("name", column.name());
    document.put("rows", column.rows());
    document.put("largest", column.largest().isPresent() ? column.largest().orElseThrow() : null);
    return document;
  }
}
