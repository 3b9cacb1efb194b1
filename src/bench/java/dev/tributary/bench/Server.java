package dev.tributary.bench;

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import org.apache.arrow.flight.FlightServer;
import org.apache.arrow.flight.Location;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;

/**
 * The synthetic server. Says which port the system gave it, answers each line on standard input
 * with what its answers cost since the last, and ends when standard input does: it cannot outlive
 * the bench.
 */
final class Server {

  private Server() {}

  /** Serves until standard input ends. */
  @SuppressWarnings("try") // the library's close() may be interrupted
  public static void main(String[] arguments) throws Exception {
    try (BufferAllocator memory = new RootAllocator();
        Rows rows = new Rows(memory)) {
      Answers answers = new Answers(memory, rows);
      Location anyPort = Location.forGrpcInsecure("127.0.0.1", 0);
      try (FlightServer server = FlightServer.builder(memory, anyPort, answers).build().start();
          BufferedReader lines =
              new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
        System.out.println(server.getPort());
        while (lines.readLine() != null) {
          System.out.println(answers.spent());
        }
      }
    }
  }
}
