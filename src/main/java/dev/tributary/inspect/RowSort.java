package dev.tributary.inspect;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.PriorityQueue;

/**
 * Sorts more rows than memory holds: runs that fill their share are sorted and written to files,
 * and merged when they are read. Confined to one thread; closing it removes the files.
 */
final class RowSort implements AutoCloseable {

  /** More runs than this are made one, so that few files are open at a time. */
  private static final int MOST_RUNS = 32;

  private static final int BUFFER_BYTES = 1 << 16;

  private final Path folder;
  private final long budget;
  private final int columns;
  private final List<Row> gathered = new ArrayList<>();
  private final List<Path> runs = new ArrayList<>();
  private final List<Stored> reading = new ArrayList<>();
  private long gatheredBytes;
  private long rows;
  private int spilled;

  /** One row after the other, ascending. */
  interface Rows {
    /** The next row; empty at the end. */
    Optional<Row> next() throws IOException;
  }

  /**
   * Begins to sort.
   *
   * @param folder for runs; it is the caller's
   * @param budget bytes of rows to hold at a time
   * @param columns values in a row
   */
  RowSort(Path folder, long budget, int columns) {
    this.folder = folder;
    this.budget = budget;
    this.columns = columns;
  }

  void add(Row row) throws IOException {
    gathered.add(row);
    gatheredBytes += row.bytes();
    rows++;
    if (gatheredBytes >= budget) {
      spill();
    }
  }

  long rows() {
    return rows;
  }

  /** How many runs were written to files so far. */
  int spilled() {
    return spilled;
  }

  private void spill() throws IOException {
    Collections.sort(gathered);
    Iterator<Row> sorted = gathered.iterator();
    store(() -> sorted.hasNext() ? Optional.of(sorted.next()) : Optional.empty());
    gathered.clear();
    gatheredBytes = 0;
    if (runs.size() >= MOST_RUNS) {
      List<Path> merged = List.copyOf(runs);
      store(merged());
      closeReading();
      for (Path run : merged) {
        Files.delete(run);
      }
      runs.removeAll(merged);
    }
  }

  private void store(Rows sorted) throws IOException {
    Path run = Files.createTempFile(folder, "rows-", ".run");
    runs.add(run);
    spilled++;
    try (DataOutputStream out =
        new DataOutputStream(new BufferedOutputStream(Files.newOutputStream(run), BUFFER_BYTES))) {
      for (Optional<Row> row = sorted.next(); row.isPresent(); row = sorted.next()) {
        byte[] key = row.orElseThrow().key();
        out.writeInt(key.length);
        out.write(key);
        for (long value : row.orElseThrow().values()) {
          out.writeLong(value);
        }
      }
    }
  }

  /** All rows in order, once; nothing is added afterwards. */
  Rows sorted() throws IOException {
    if (runs.isEmpty()) {
      Collections.sort(gathered);
      Iterator<Row> all = gathered.iterator();
      return () -> all.hasNext() ? Optional.of(all.next()) : Optional.empty();
    }
    if (!gathered.isEmpty()) {
      spill();
    }
    return merged();
  }

  private Rows merged() throws IOException {
    PriorityQueue<Stored> heads = new PriorityQueue<>(Comparator.comparing(Stored::head));
    for (Path run : runs) {
      Stored stored = new Stored(run, columns);
      reading.add(stored);
      if (stored.advance()) {
        heads.add(stored);
      }
    }
    return () -> {
      Stored least = heads.poll();
      if (least == null) {
        return Optional.empty();
      }
      Row row = least.head();
      if (least.advance()) {
        heads.add(least);
      }
      return Optional.of(row);
    };
  }

  private void closeReading() throws IOException {
    for (Stored stored : reading) {
      stored.in.close();
    }
    reading.clear();
  }

  @Override
  public void close() throws IOException {
    gathered.clear();
    closeReading();
    for (Path run : runs) {
      Files.deleteIfExists(run);
    }
  }

  /** A run in a file, and its first row that was not taken yet. */
  private static final class Stored {
    private final DataInputStream in;
    private final int columns;
    private Row head = new Row(new byte[0], new long[0]);

    Stored(Path run, int columns) throws IOException {
      this.in =
          new DataInputStream(new BufferedInputStream(Files.newInputStream(run), BUFFER_BYTES));
      this.columns = columns;
    }

    Row head() {
      return head;
    }

    boolean advance() throws IOException {
      int length;
      try {
        length = in.readInt();
      } catch (EOFException end) {
        return false;
      }
      byte[] key = in.readNBytes(length);
      long[] values = new long[columns];
      for (int i = 0; i < columns; i++) {
        values[i] = in.readLong();
      }
      head = new Row(key, values);
      return true;
    }
  }
}
