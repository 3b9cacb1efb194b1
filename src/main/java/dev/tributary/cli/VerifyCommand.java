package dev.tributary.cli;

import dev.tributary.app.Workshop;
import dev.tributary.definition.Definitions;
import dev.tributary.inspect.Finding;
import dev.tributary.job.Failure;
import dev.tributary.job.Job;
import dev.tributary.job.Window;
import dev.tributary.run.Audit;
import dev.tributary.run.Lane;
import dev.tributary.run.Repair;
import dev.tributary.run.RunListener;
import dev.tributary.run.StopSignal;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Reads every committed file back and holds it against its manifest. */
@Command(
    name = "verify",
    description = "Read every committed file back; hold it against its manifest.",
    mixinStandardHelpOptions = true)
final class VerifyCommand implements Callable<Integer> {

  private static final int MOST_PARALLEL = 64;

  private final Console console;

  @Mixin private final ConfigOptions options = new ConfigOptions();

  @Parameters(paramLabel = "JOB", arity = "0..*", description = "Jobs; default all.")
  private List<String> names = List.of();

  @Option(
      names = "--repair",
      description =
          "Put right what is wrong: query windows again, write manifests again from whole files,"
              + " remove parts that nobody lists. What is not ours is never touched.")
  private boolean repair;

  @Option(
      names = "--parallel",
      paramLabel = "N",
      description = "Windows at once, 1 to 64; default the processors, at most 4.")
  private @Nullable Integer parallel;

  private final List<ExitCode> codes = new ArrayList<>();
  private int windows;
  private int files;
  private int wrong;
  private int mended;

  VerifyCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() throws Exception {
    int threads =
        parallel == null ? Math.min(4, Runtime.getRuntime().availableProcessors()) : parallel;
    if (threads < 1 || threads > MOST_PARALLEL) {
      throw Usage.wrong("--parallel must be 1 to " + MOST_PARALLEL + ", but was " + threads);
    }
    Definitions definitions = options.read(console);
    List<Job> jobs = Selection.of(definitions, names);
    StopSignal stop = new StopSignal();
    Termination termination = Termination.onSignal(stop);
    try (Workshop workshop =
        new Workshop(
            definitions.limits().memoryBytes(), console.environment(), InstantSource.system())) {
      for (Job job : jobs) {
        AuditProgress progress = new AuditProgress(console, job.name());
        Audit.Report report =
            new Audit(
                    job, workshop.destination(job), workshop.ledger(job), workshop.kit(), progress)
                .run(threads, stop);
        progress.end();
        windows += report.windows();
        files += report.files();
        if (repair) {
          repair(workshop.lane(job), workshop, stop, report.findings());
        } else {
          report.findings().forEach(this::tell);
        }
      }
    } finally {
      termination.close();
    }
    summarize(stop);
    return ExitCode.of(codes).number();
  }

  private void repair(Lane lane, Workshop workshop, StopSignal stop, List<Finding> findings)
      throws Failure {
    lane.sweep();
    new Repair(lane, workshop.kit(), stop, RunListener.NONE).of(findings, this::tell);
  }

  private void summarize(StopSignal stop) {
    if (stop.isStopped()) {
      codes.add(ExitCode.TRY_AGAIN);
    }
    String verdict = wrong == 0 ? "all as their manifests say" : wrong + " wrong";
    console.say(
        Texts.count(windows, "window")
            + ", "
            + Texts.count(files, "file")
            + ": "
            + verdict
            + (repair && wrong > 0 ? ", " + mended + " repaired" : "")
            + (stop.isStopped() ? "; stopped before the end" : ""));
  }

  private void tell(Finding finding) {
    wrong++;
    codes.add(finding.cause() == Finding.Cause.UNFINISHED ? ExitCode.TRY_AGAIN : ExitCode.REFUSED);
    if (options.json()) {
      console.json(document(finding));
    } else {
      console.out().println(finding.key() + ": " + finding.what());
    }
  }

  private void tell(Repair.Done done) {
    wrong++;
    mended += done.mended() ? 1 : 0;
    done.failure().ifPresent(failure -> codes.add(ExitCode.of(failure.kind())));
    if (options.json()) {
      Map<String, Object> document = document(done.finding());
      document.put("repaired", done.mended());
      document.put("repair", done.words());
      console.json(document);
    } else {
      console
          .out()
          .println(done.finding().key() + ": " + done.finding().what() + "; " + done.words());
    }
  }

  private static Map<String, Object> document(Finding finding) {
    Map<String, Object> document = new LinkedHashMap<>();
    document.put("job", finding.job().value());
    document.put("start", finding.window().map(Window::start).map(Instant::toString).orElse(null));
    document.put("end", finding.window().map(Window::end).map(Instant::toString).orElse(null));
    document.put("file", finding.key().value());
    document.put("cause", finding.cause().name().toLowerCase(Locale.ROOT));
    document.put("wrong", finding.what());
    return document;
  }
}
