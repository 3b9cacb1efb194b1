package dev.tributary.encode.page;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Optional;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.ForkJoinTask;
import java.util.function.Supplier;
import org.apache.parquet.column.page.PageWriter;
import org.apache.parquet.column.values.bloomfilter.BloomFilter;
import org.apache.parquet.column.values.bloomfilter.BloomFilterWriter;
import org.apache.parquet.schema.PrimitiveType;
import org.jspecify.annotations.Nullable;

/**
 * Gathers one column's cells into pages. While one page is filled by the caller, the page before it
 * is encoded and compressed by a thread of the common pool, where the machine has more than one
 * processor; pages of a column are encoded in their order, those of different columns at the same
 * time. To be used by one thread.
 */
public final class ColumnPages {

  private static final int PROCESSORS = Runtime.getRuntime().availableProcessors();

  /** Enough to compress well, few enough for the page index to skip. */
  private static final int MAX_ROWS = 20_000;

  private static final int MIN_ROWS = 500;

  /** A value while it is gathered, while it is encoded, its number, and its encoded bytes. */
  private static final int BYTES_PER_ROW = 32;

  /** Below this, handing a page over costs more than encoding it. */
  private static final int SMALL_ROWS = 2_000;

  private final Column<?, ?> column;

  private ColumnPages(Column<?, ?> column) {
    this.column = column;
  }

  /**
   * Gathers what stands in cells.
   *
   * @param type of the column in the file: numbers for {@link LongCells}, byte arrays for {@link
   *     BytesCells}
   * @param pageRows rows of a page at most, see {@link #pageRows}
   * @param bloom makes the chunk's bloom filter; null for none
   */
  public static ColumnPages of(
      Cells cells,
      PrimitiveType type,
      PageCompressor compressor,
      int pageRows,
      @Nullable Supplier<BloomFilter> bloom) {
    Optional<Supplier<BloomFilter>> filters = Optional.ofNullable(bloom);
    if (cells instanceof LongCells numbers) {
      ColumnKind<LongCells, LongPage> kind = ColumnKind.numbers(type, compressor.isClassic());
      return new ColumnPages(
          new Column<>(
              numbers, kind, pageRows, new ColumnChunk<>(type, kind, compressor, filters)));
    }
    ColumnKind<BytesCells, BytesPage> kind = ColumnKind.bytes(type);
    return new ColumnPages(
        new Column<>(
            (BytesCells) cells,
            kind,
            pageRows,
            new ColumnChunk<>(type, kind, compressor, filters)));
  }

  /**
   * Rows of a page, so that the pages of all columns that are under construction at a time take no
   * more than some bytes.
   *
   * @param columns of the file
   * @param bytes for pages that are being filled or encoded
   */
  public static int pageRows(int columns, long bytes) {
    return (int) Math.max(MIN_ROWS, Math.min(MAX_ROWS, bytes / columns / BYTES_PER_ROW));
  }

  /** Begins a chunk, whose pages go to a writer. */
  public void begin(PageWriter pages) {
    column.begin(pages);
  }

  /** Takes the cells of rows {@code [from, to)}. */
  public void append(int from, int to) throws IOException {
    column.append(from, to);
  }

  /** Hands over the chunk's last page; {@link #end} must follow. */
  public void last() throws IOException {
    column.handOver(true);
  }

  /** Ends the chunk. */
  public void end(BloomFilterWriter blooms) throws IOException {
    column.await();
    column.chunk.end(column.pages(), blooms);
  }

  /** What the chunk amounts to: pages encoded and to be encoded, the dictionary. */
  public long bytes() {
    return column.bytes();
  }

  /** Waits until no other thread works on this column; its failure is of no interest any more. */
  public void abandon() {
    if (column.underWay != null) {
      column.underWay.quietlyJoin();
      column.underWay = null;
    }
  }

  private static final class Column<C extends Cells, P extends Page<C>> {
    private final C cells;
    private final ColumnChunk<P> chunk;
    private P filling;
    private P encoding;
    private @Nullable PageWriter pages;
    private @Nullable ForkJoinTask<?> underWay;

    /** What was encoded when the encoding thread was last waited for. */
    private long held;

    Column(C cells, ColumnKind<C, P> kind, int pageRows, ColumnChunk<P> chunk) {
      this.cells = cells;
      this.chunk = chunk;
      this.filling = kind.page().apply(pageRows);
      this.encoding = kind.page().apply(pageRows);
    }

    void begin(PageWriter chunkPages) {
      pages = chunkPages;
      held = 0;
    }

    private PageWriter pages() {
      if (pages == null) {
        throw new IllegalStateException("no chunk was begun");
      }
      return pages;
    }

    void append(int from, int to) throws IOException {
      int next = from;
      while (next < to) {
        int taken = filling.append(cells, next, to);
        next += taken;
        if (taken == 0) {
          // only now is it known that the chunk does not end with this page
          handOver(false);
        }
      }
    }

    void handOver(boolean isLast) throws IOException {
      await();
      P full = filling;
      filling = encoding;
      encoding = full;
      filling.clear();
      if (full.rows() == 0) {
        return;
      }
      PageWriter to = pages();
      if (PROCESSORS == 1 || full.rows() < SMALL_ROWS) {
        chunk.write(full, isLast, to);
      } else {
        underWay = ForkJoinPool.commonPool().submit(() -> write(full, isLast, to));
      }
    }

    private void write(P page, boolean isLast, PageWriter to) {
      try {
        chunk.write(page, isLast, to);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    void await() throws IOException {
      if (underWay != null) {
        try {
          underWay.join();
        } catch (UncheckedIOException e) {
          throw new IOException(e.getMessage(), e);
        } finally {
          underWay = null;
        }
      }
      held = pages().getMemSize() + chunk.dictionaryBytes();
    }

    long bytes() {
      return held + filling.bytes();
    }
  }
}
