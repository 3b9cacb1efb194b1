package dev.tributary.bench;

import java.nio.file.Path;

/** One way of carrying an answer of the server to a file, or to nowhere. */
@FunctionalInterface
interface Entrant {

  /** Asks once, and carries the whole answer. */
  void carry(Order order) throws Exception;

  /**
   * What to carry where.
   *
   * @param port of the server, on this machine
   * @param rows how many to ask for
   * @param file to write; those that drain ignore it
   */
  record Order(int port, long rows, Path file) {

    /** The query, which every entrant sends alike. */
    String query() {
      return "SELECT * FROM home LIMIT " + rows;
    }
  }
}
