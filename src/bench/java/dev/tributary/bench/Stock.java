package dev.tributary.bench;

import dev.tributary.encode.ContentTally;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.apache.arrow.dataset.file.DatasetFileWriter;
import org.apache.arrow.dataset.file.FileFormat;
import org.apache.arrow.flight.FlightClient;
import org.apache.arrow.flight.FlightStream;
import org.apache.arrow.flight.Location;
import org.apache.arrow.flight.Ticket;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;

/** What the libraries offer as they come, over Arrow's plain Flight client. */
final class Stock {

  private Stock() {}

  /** A way of using up rows. */
  @FunctionalInterface
  interface Use {
    void use(FlightRows rows) throws Exception;
  }

  /** Asks, lets the answer be used up, and counts it. */
  @SuppressWarnings("try") // the library's close() may be interrupted
  static void withReader(Entrant.Order order, Use use) throws Exception {
    Location server = Location.forGrpcInsecure("127.0.0.1", order.port());
    Ticket ticket = new Ticket(order.query().getBytes(StandardCharsets.UTF_8));
    try (BufferAllocator memory = new RootAllocator();
        FlightClient client = FlightClient.builder(memory, server).build();
        FlightStream stream = client.getStream(ticket)) {
      FlightRows rows = new FlightRows(stream, memory);
      use.use(rows);
      if (rows.rows() != order.rows()) {
        throw new IllegalStateException(rows.rows() + " rows came, not " + order.rows());
      }
    }
  }

  /** The floor: takes every batch and looks at none. */
  static void drain(FlightRows rows) {
    boolean more = true;
    while (more) {
      more = rows.loadNextBatch();
    }
  }

  /** The floor with the digest of the rows: what that digest costs is the difference. */
  static void digest(FlightRows rows) throws Exception {
    ContentTally tally = new ContentTally(Optional.of("time"));
    while (rows.loadNextBatch()) {
      tally.add(rows.getVectorSchemaRoot());
    }
    if (tally.content().rows() != rows.rows()) {
      throw new IllegalStateException("the digest missed rows");
    }
  }

  /** Arrow C++ from Java; its files are uncompressed, with a row group for each batch. */
  static void dataset(FlightRows rows, Path file) throws IOException {
    Path folder = Files.createTempDirectory(file.toAbsolutePath().getParent(), "dataset");
    // it writes into an empty folder only, and numbers its parts; here there is one
    DatasetFileWriter.write(
        rows.memory(),
        rows,
        FileFormat.PARQUET,
        folder.toUri().toString(),
        new String[0],
        1,
        "part-{i}");
    Files.move(folder.resolve("part-0"), file);
    Files.delete(folder);
  }
}
