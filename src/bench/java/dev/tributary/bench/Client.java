package dev.tributary.bench;

import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;

/**
 * Lets one entrant carry the same answer several times in one JVM, and prints one JSON line for
 * each pass. The last pass is a warm one, the first is what a fresh JVM takes.
 */
final class Client {

  private static final Map<String, Entrant> ENTRANTS =
      Map.of(
          "drain", order -> Stock.withReader(order, Stock::drain),
          "drain-digest", order -> Stock.withReader(order, Stock::digest),
          "ours", new Ours(true),
          "ours-no-sha", new Ours(false),
          "row-wise",
              order -> Stock.withReader(order, reader -> RowWise.write(reader, order.file())),
          "arrow-dataset",
              order -> Stock.withReader(order, reader -> Stock.dataset(reader, order.file())));

  private Client() {}

  /** Arguments: entrant, port, rows, file, passes. */
  public static void main(String[] arguments) throws Exception {
    Entrant entrant = ENTRANTS.get(arguments[0]);
    if (entrant == null) {
      throw new IllegalArgumentException("no such entrant: " + arguments[0]);
    }
    Entrant.Order order =
        new Entrant.Order(
            Integer.parseInt(arguments[1]), Long.parseLong(arguments[2]), Path.of(arguments[3]));
    var system =
        (com.sun.management.OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
    for (int pass = Integer.parseInt(arguments[4]); pass > 0; pass--) {
      Files.deleteIfExists(order.file());
      long began = System.nanoTime();
      long cpu = system.getProcessCpuTime();
      entrant.carry(order);
      System.out.printf(
          Locale.ROOT,
          "{\"wall\": %.4f, \"cpu\": %.4f}%n",
          (System.nanoTime() - began) / 1e9,
          (system.getProcessCpuTime() - cpu) / 1e9);
    }
  }
}
