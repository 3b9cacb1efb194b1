package dev.tributary.run;

import dev.tributary.encode.Encoder;
import dev.tributary.encode.Encoders;
import dev.tributary.encode.ResultSchema;
import dev.tributary.inspect.RowComparison;
import dev.tributary.inspect.RowFile;
import dev.tributary.job.Attempt;
import dev.tributary.job.Column;
import dev.tributary.job.Drift;
import dev.tributary.job.Failure;
import dev.tributary.job.Job;
import dev.tributary.job.ObjectKey;
import dev.tributary.job.Output;
import dev.tributary.job.PartitionValue;
import dev.tributary.job.Window;
import dev.tributary.land.Destination;
import dev.tributary.ledger.Ledger;
import dev.tributary.ledger.Manifest;
import dev.tributary.query.BatchSource;
import dev.tributary.query.BatchStream;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Runs a window's query again and holds its rows against the published ones. Publishes nothing;
 * both sides lie in a folder of their own for that time, so that memory need not hold them.
 */
public final class Comparison {

  private final Job job;
  private final BatchSource source;
  private final Destination destination;
  private final Ledger ledger;
  private final Kit kit;

  /** Prepares comparisons of a job's windows. */
  public Comparison(Lane lane, Kit kit) {
    this(lane.job(), lane.source(), lane.destination(), lane.ledger(), kit);
  }

  Comparison(Job job, BatchSource source, Destination destination, Ledger ledger, Kit kit) {
    this.job = job;
    this.source = source;
    this.destination = destination;
    this.ledger = ledger;
    this.kit = kit;
  }

  /**
   * How the answer of now differs from the published rows.
   *
   * @throws Failure of kind {@code NOT_FOUND} if the window has no manifest
   */
  public Drift of(Window window) throws Failure {
    Manifest manifest =
        ledger
            .newest(window)
            .orElseThrow(
                () ->
                    new Failure(
                        Failure.Kind.NOT_FOUND,
                        "cannot compare window "
                            + window
                            + " of job '"
                            + job.name()
                            + "': it has no manifest; 'run' with '--window' makes it"));
    return new Splitting(job, source, kit)
        .of(
            RunListener.NONE,
            pieces -> new Comparison(job, pieces, destination, ledger, kit).against(manifest));
  }

  /** How the answer of now differs from the rows of a manifest. */
  Drift against(Manifest manifest) throws Failure {
    Window window = manifest.attempt().window();
    try {
      Path scratch = Files.createTempDirectory("tributary-compare");
      try {
        RowComparison.Side before = published(manifest, scratch);
        return new RowComparison(kit.memory()).compare(before, answered(window, scratch), scratch);
      } finally {
        delete(scratch);
      }
    } catch (IOException e) {
      throw new Failure(
          Failure.Kind.CANNOT_WRITE,
          "cannot compare window " + window + " of job '" + job.name() + "': " + e.getMessage(),
          e);
    }
  }

  private RowComparison.Side published(Manifest manifest, Path scratch)
      throws Failure, IOException {
    List<RowFile> files = new ArrayList<>();
    for (Manifest.DataFile file : manifest.files()) {
      // copied from local disk, too: a rival that replaces the window removes its files
      Path copy = scratch.resolve("published-" + files.size());
      try {
        copy(file.key(), copy);
      } catch (Failure | IOException e) {
        if (isReplaced(manifest)) {
          throw outrun(manifest, e);
        }
        throw e;
      }
      Output.Format format = Output.Format.of(file.key());
      files.add(new RowFile(copy, format, folders(file.key(), manifest.columns())));
    }
    return new RowComparison.Side(manifest.columns(), files);
  }

  private boolean isReplaced(Manifest manifest) throws Failure {
    return ledger.newest(manifest.attempt().window()).stream()
        .anyMatch(newest -> newest.attempt().generation() > manifest.attempt().generation());
  }

  private Failure outrun(Manifest manifest, Exception cause) {
    return new Failure(
        Failure.Kind.TRY_AGAIN,
        "cannot compare window "
            + manifest.attempt().window()
            + " of job '"
            + job.name()
            + "': another writer has replaced its generation "
            + manifest.attempt().generation()
            + " meanwhile",
        cause);
  }

  /** The columns of the manifest that folders of the key stand for. */
  private List<PartitionValue> folders(ObjectKey key, List<Column> columns) {
    List<PartitionValue> folders = new ArrayList<>();
    for (String segment : key.value().split("/", -1)) {
      Optional<PartitionValue> value = PartitionValue.ofFolder(segment);
      value
          .filter(each -> job.output().partitionBy().contains(each.column()))
          .filter(each -> columns.stream().anyMatch(c -> c.name().equals(each.column())))
          .ifPresent(folders::add);
    }
    return folders;
  }

  private void copy(ObjectKey key, Path to) throws Failure, IOException {
    Optional<SeekableByteChannel> channel = destination.open(key);
    if (channel.isEmpty()) {
      throw new Failure(
          Failure.Kind.REFUSED,
          "cannot read " + destination.address(key) + ": the file is gone; run 'verify'");
    }
    try (InputStream from = Channels.newInputStream(channel.orElseThrow())) {
      Files.copy(from, to);
    }
  }

  private RowComparison.Side answered(Window window, Path scratch) throws Failure, IOException {
    Path file = scratch.resolve("answered");
    Attempt attempt = kit.attempt(job, window, 1);
    Output plain = job.output().unordered();
    try (BatchStream batches = source.open(kit.request(job, window))) {
      ResultSchema result = ResultSchema.of(batches.schema(), plain, job.timeColumn());
      List<Column> columns = result.present();
      if (columns.isEmpty()) {
        return new RowComparison.Side(columns, List.of());
      }
      try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file));
          Encoder encoder =
              Encoders.open(plain, result, columns, attempt, job.timeColumn(), kit.memory(), out)) {
        while (batches.next()) {
          encoder.write(batches.batch());
        }
        encoder.finish();
      }
      return new RowComparison.Side(columns, List.of(new RowFile(file, plain.format(), List.of())));
    }
  }

  private static void delete(Path folder) throws IOException {
    try (Stream<Path> all = Files.walk(folder)) {
      for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    }
  }
}
