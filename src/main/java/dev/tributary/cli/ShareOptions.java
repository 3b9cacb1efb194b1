package dev.tributary.cli;

import dev.tributary.plan.Backfill;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which share of a range is made here, when several processes make one together. */
final class ShareOptions {

  @Option(
      names = "--shard",
      paramLabel = "I/N",
      description =
          "Only share I, counted from 0, of N that are made elsewhere; with --shard-env only N.")
  private @Nullable String shard;

  @Option(
      names = "--shard-env",
      paramLabel = "NAME",
      description =
          "Take I from this environment variable, such as JOB_COMPLETION_INDEX; N is --shard's.")
  private @Nullable String variable;

  /** The whole range when nothing is said. */
  Backfill.Share share(Map<String, String> environment) throws Usage.WrongUsage {
    if (variable != null) {
      return share(variable, environment.get(variable));
    }
    if (shard == null) {
      return Backfill.Share.WHOLE;
    }
    int slash = shard.indexOf('/');
    try {
      return new Backfill.Share(
          Integer.parseInt(shard.substring(0, Math.max(0, slash))),
          Integer.parseInt(shard.substring(slash + 1)));
    } catch (IllegalArgumentException e) {
      throw Usage.wrong("--shard must be 0/N to (N-1)/N, such as 0/4, but was '" + shard + "'");
    }
  }

  private Backfill.Share share(String name, @Nullable String index) throws Usage.WrongUsage {
    int count = count();
    if (index == null || index.isEmpty()) {
      throw Usage.wrong(
          "--shard-env " + name + ": the environment has no such variable, or an empty one");
    }
    try {
      return new Backfill.Share(Integer.parseInt(index), count);
    } catch (IllegalArgumentException e) {
      throw Usage.wrong(
          "--shard-env " + name + ": must hold 0 to " + (count - 1) + ", but was '" + index + "'");
    }
  }

  private int count() throws Usage.WrongUsage {
    try {
      int count = shard == null ? 0 : Integer.parseInt(shard);
      if (count > 0) {
        return count;
      }
    } catch (NumberFormatException notAlone) {
      // told below
    }
    throw Usage.wrong(
        "--shard-env needs --shard with the number of shares alone, such as 4, but "
            + (shard == null ? "there was none" : "it was '" + shard + "'"));
  }
}
