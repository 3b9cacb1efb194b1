package dev.tributary.bench;

import dev.tributary.encode.Encoder;
import dev.tributary.encode.Encoders;
import dev.tributary.encode.ResultSchema;
import dev.tributary.job.Attempt;
import dev.tributary.job.Content;
import dev.tributary.job.Failure;
import dev.tributary.job.Job;
import dev.tributary.job.JobName;
import dev.tributary.job.Output;
import dev.tributary.job.Query;
import dev.tributary.job.Source;
import dev.tributary.job.Window;
import dev.tributary.query.BatchSource;
import dev.tributary.query.BatchStream;
import dev.tributary.query.FlightSource;
import dev.tributary.query.Memory;
import java.io.OutputStream;
import java.net.URI;
import java.nio.file.Files;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * The program's own classes, put together as a run does: its client, its encoder, the digest of the
 * rows, and, unless it is to be told what that costs, the digest of the file.
 */
final class Ours implements Entrant {

  private static final long MEMORY_BYTES = 1L << 30;
  private static final Window WINDOW = Window.at(Instant.EPOCH);

  private final boolean sha256;

  Ours(boolean sha256) {
    this.sha256 = sha256;
  }

  @Override
  public void carry(Order order) throws Exception {
    Source server =
        new Source(
            "bench",
            URI.create("grpc://127.0.0.1:" + order.port()),
            Optional.empty(),
            Source.Tls.SYSTEM,
            Optional.empty(),
            Source.Parameters.BIND,
            Source.Timeouts.DEFAULT,
            1,
            Optional.empty());
    Query query = new Query(Query.Language.SQL, order.query(), List.of());
    BatchSource.Request request =
        new BatchSource.Request("bench", query, WINDOW, Duration.ofHours(1), false, false);
    try (Memory memory = new Memory(MEMORY_BYTES);
        BatchSource source = FlightSource.open(server, Ours::noSecret, memory);
        OutputStream file = Files.newOutputStream(order.file());
        Sha256Stream digested = new Sha256Stream(file);
        BatchStream batches = source.open(request)) {
      Content content = write(batches, memory, sha256 ? digested : file);
      if (content.rows() != order.rows()) {
        throw new IllegalStateException(content.rows() + " rows came, not " + order.rows());
      }
      if (sha256) {
        digested.hex();
      }
    }
  }

  private static Content write(BatchStream batches, Memory memory, OutputStream out)
      throws Failure {
    Optional<String> time = Optional.of("time");
    ResultSchema result = ResultSchema.of(batches.schema(), Output.DEFAULT, time);
    Attempt attempt =
        new Attempt(
            new JobName("bench"),
            WINDOW,
            1,
            "bench",
            new Job.Hashes("0", "0"),
            1,
            "bench",
            Instant.EPOCH,
            "bench");
    try (Encoder encoder =
        Encoders.open(Output.DEFAULT, result, result.columns(), attempt, time, memory, out)) {
      while (batches.next()) {
        encoder.write(batches.batch());
      }
      return encoder.finish();
    }
  }

  private static String noSecret(dev.tributary.job.Secret secret) {
    throw new IllegalStateException("the bench's server takes no token");
  }
}
