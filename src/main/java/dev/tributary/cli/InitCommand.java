package dev.tributary.cli;

import dev.tributary.app.Workshop;
import dev.tributary.app.draft.DraftFile;
import dev.tributary.app.draft.JobDraft;
import dev.tributary.app.draft.Starter;
import dev.tributary.app.draft.TableColumns;
import dev.tributary.job.Failure;
import dev.tributary.job.Source;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Writes a first job for a table of a running server. */
@Command(
    name = "init",
    description = "Write a first job for a table of a running server, or list its tables.",
    mixinStandardHelpOptions = true)
final class InitCommand implements Callable<Integer> {

  private static final long MEMORY_BYTES = 128L << 20;

  private final Console console;

  @Mixin private final DraftOptions options = new DraftOptions();

  @Option(names = "--database", paramLabel = "NAME", required = true, description = "The database.")
  private String database = "";

  @Option(
      names = "--table",
      paramLabel = "NAME",
      description = "The table that the job reads; without it, tables are listed.")
  private @Nullable String table;

  @Option(
      names = "--every",
      paramLabel = "LENGTH",
      description =
          "Length of a window, one file each: 15m, 1h, 1d, 1mo. Default ${DEFAULT-VALUE}.")
  private String every = "1d";

  @Option(
      names = "--out",
      paramLabel = "FILE",
      description = "The file to write, never one that is there; default config/JOB.yaml.")
  private @Nullable Path out;

  @Option(names = "--json", description = "Tables as JSON on standard output.")
  private boolean json;

  InitCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() throws Exception {
    JobDraft asking =
        new JobDraft(
            "asking",
            database,
            "sql",
            "SELECT 1\nWHERE $start < $end",
            every,
            Optional.empty(),
            Map.of("time_column", "none"),
            List.of());
    Source source =
        DraftOptions.read(options.file(List.of(), List.of(asking), console).text())
            .jobs()
            .get(0)
            .source();
    try (Workshop workshop =
        new Workshop(MEMORY_BYTES, console.environment(), InstantSource.system())) {
      Starter starter = new Starter(workshop.source(source), database);
      List<TableColumns> tables = starter.tables();
      if (table == null) {
        list(tables);
      } else {
        write(starter.job(chosen(tables, table), every));
      }
    }
    return ExitCode.DONE.number();
  }

  private TableColumns chosen(List<TableColumns> tables, String name) throws Failure {
    return tables.stream()
        .filter(each -> each.name().equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                new Failure(
                    Failure.Kind.NOT_FOUND,
                    "cannot find table '"
                        + name
                        + "': database '"
                        + database
                        + "' holds "
                        + (tables.isEmpty()
                            ? "none"
                            : String.join(
                                ", ", tables.stream().map(t -> "'" + t.name() + "'").toList()))));
  }

  private void list(List<TableColumns> tables) {
    Table shown = new Table(List.of("TABLE", "TAGS", "NUMBERS", "OTHERS"));
    for (TableColumns each : tables) {
      if (json) {
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("table", each.name());
        document.put("tags", each.tags());
        document.put("numbers", each.numbers());
        document.put("others", each.others());
        console.json(document);
      }
      shown.row(
          List.of(
              each.name(),
              String.join(" ", each.tags()),
              String.join(" ", each.numbers()),
              String.join(" ", each.others())));
    }
    if (!json) {
      shown.print(console.out());
      console.say("name one by --table, and a job for it is written");
    }
  }

  private void write(JobDraft job) throws Failure {
    Path file =
        console.directory().resolve(out == null ? Path.of("config", job.name() + ".yaml") : out);
    DraftFile draft =
        options.file(
            List.of(
                "A first job for table '"
                    + table
                    + "', by 'tributary init'. Change it as you like:",
                "'validate' checks it, 'preview "
                    + job.name()
                    + "' shows its rows, 'run' makes the newest",
                "window, and 'backfill " + job.name() + " --from 2026-01-01' those of the past."),
            List.of(job),
            console);
    String text = draft.text();
    DraftOptions.read(text);
    if (Files.exists(file)) {
      throw new Failure(
          Failure.Kind.CANNOT_WRITE,
          "cannot write '" + file + "': it is there already; name another by --out");
    }
    Path folder = file.getParent();
    boolean beside =
        folder != null
            && !folder.equals(console.directory())
            && new Neighbours(folder).have(draft, file);
    DraftOptions.write(file, beside ? draft.jobsAlone() : text);
    console.say("wrote " + file + (beside ? ", whose source and destination stand beside it" : ""));
    Path read = beside ? folder : file;
    console.say("try   tributary preview " + job.name() + " --config " + read);
    console.say("      tributary run --config " + read);
  }
}
