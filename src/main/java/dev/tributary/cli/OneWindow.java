package dev.tributary.cli;

import dev.tributary.definition.Definitions;
import dev.tributary.job.Failure;
import dev.tributary.job.Job;
import dev.tributary.job.Window;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The arguments of commands that are about one window of one job. */
final class OneWindow {

  @Parameters(paramLabel = "JOB", description = "The job.")
  private String name = "";

  @Option(
      names = "--window",
      paramLabel = "START",
      required = true,
      description = "The window by its start: a date in the job's zone or an instant.")
  private String start = "";

  Job job(Definitions definitions) throws Failure {
    return Selection.one(definitions, name);
  }

  Window of(Job job) throws Failure, Usage.WrongUsage {
    return Selection.window(job, start);
  }
}
