package dev.tributary.run;

import dev.tributary.job.Failure;
import dev.tributary.query.BatchSource;
import dev.tributary.query.BatchStream;
import java.time.Instant;
import java.time.InstantSource;

/** A source whose answers and silences are counted by a circuit. */
record GuardedSource(BatchSource source, Circuit circuit, InstantSource clock)
    implements BatchSource {

  @Override
  public BatchStream open(Request request) throws Failure {
    return counted(() -> source.open(request));
  }

  @Override
  public Instant now(String bucket) throws Failure {
    return counted(() -> source.now(bucket));
  }

  private interface Call<T> {
    T ask() throws Failure;
  }

  private <T> T counted(Call<T> call) throws Failure {
    try {
      T answer = call.ask();
      circuit.answered();
      return answer;
    } catch (Failure failure) {
      circuit.failed(failure, clock.instant());
      throw failure;
    }
  }

  /** The source is shared, and closed by whoever opened it. */
  @Override
  public void close() {}
}
