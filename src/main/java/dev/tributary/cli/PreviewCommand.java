package dev.tributary.cli;

import dev.tributary.app.Workshop;
import dev.tributary.definition.Definitions;
import dev.tributary.encode.ResultSchema;
import dev.tributary.inspect.FirstRows;
import dev.tributary.job.Column;
import dev.tributary.job.Job;
import dev.tributary.job.Window;
import dev.tributary.plan.PartPath;
import dev.tributary.plan.PathTemplate;
import dev.tributary.plan.WindowGrid;
import dev.tributary.query.BatchSource;
import dev.tributary.query.BatchStream;
import java.time.Instant;
import java.time.InstantSource;
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

/** Shows what a window would become, and writes nothing. */
@Command(
    name = "preview",
    description = "Show a window's final query, columns, first rows and file; write nothing.",
    mixinStandardHelpOptions = true)
final class PreviewCommand implements Callable<Integer> {

  private final Console console;

  @Mixin private final ConfigOptions options = new ConfigOptions();

  @Parameters(paramLabel = "JOB", description = "The job.")
  private String name = "";

  @Option(
      names = "--window",
      paramLabel = "START",
      description = "The window's start; default the newest complete window.")
  private @Nullable String start;

  @Option(names = "--rows", description = "Rows to show, default ${DEFAULT-VALUE}.")
  private int rows = 10;

  PreviewCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() throws Exception {
    Definitions definitions = options.read(console);
    Job job = Selection.one(definitions, name);
    InstantSource clock = InstantSource.system();
    Window window = start == null ? newest(job, clock.instant()) : Selection.window(job, start);
    try (Workshop workshop =
        new Workshop(definitions.limits().memoryBytes(), console.environment(), clock)) {
      BatchSource source = workshop.source(job.source());
      try (BatchStream batches = source.open(workshop.kit().request(job, window))) {
        ResultSchema result = ResultSchema.of(batches.schema(), job.output(), job.timeColumn());
        show(job, window, result.columns(), named(FirstRows.of(batches, rows), result));
      }
    }
    return ExitCode.DONE.number();
  }

  /** Rows under the names that the file has for their columns. */
  private static List<Map<String, String>> named(
      List<Map<String, String>> rows, ResultSchema result) {
    List<Map<String, String>> named = new ArrayList<>();
    for (Map<String, String> row : rows) {
      Map<String, String> cells = new LinkedHashMap<>();
      row.forEach((name, cell) -> cells.put(result.names().getOrDefault(name, name), cell));
      named.add(cells);
    }
    return named;
  }

  private static Window newest(Job job, Instant now) {
    return job.windowing()
        .map(w -> WindowGrid.of(w.every(), job.zone()).newestComplete(now, w.delay()))
        .orElseGet(() -> Window.at(now));
  }

  private void show(Job job, Window window, List<Column> columns, List<Map<String, String>> first) {
    String key = key(job, window);
    String query = job.query().withLiterals(window);
    if (options.json()) {
      Map<String, Object> document = new LinkedHashMap<>();
      document.put("job", job.name().value());
      document.put("window", Texts.window(window));
      document.put("query", query);
      document.put("file", key);
      document.put("columns", columns.stream().map(PreviewCommand::document).toList());
      document.put("rows", first);
      console.json(document);
      return;
    }
    console.out().println("window  " + Texts.window(window));
    console.out().println("file    " + key);
    console.out().println("query   " + query.strip().replace("\n", "\n        "));
    console.out().println();
    Table table = new Table(columns.stream().map(c -> c.name() + " " + c.type()).toList());
    for (Map<String, String> row : first) {
      table.row(columns.stream().map(c -> String.valueOf(row.get(c.name()))).toList());
    }
    table.print(console.out());
    console
        .out()
        .println(
            first.size() < rows
                ? "all of " + Texts.count(first.size(), "row")
                : "first " + Texts.count(rows, "row"));
  }

  private static String key(Job job, Window window) {
    PathTemplate path = PathTemplate.ofChecked(job.target().path());
    String extension = job.output().format().extension();
    List<String> partitionBy = job.output().partitionBy();
    return partitionBy.isEmpty()
        ? path.key(job.name(), window, job.zone(), extension).value()
        : PartPath.of(path, job.name(), window, job.zone(), extension, partitionBy).pattern();
  }

  private static Map<String, Object> document(Column column) {
    Map<String, Object> document = new LinkedHashMap<>();
    document.put("name", column.name());
    document.put("type", column.type());
    document.put("nullable", column.nullable());
    return document;
  }
}
