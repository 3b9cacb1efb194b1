package dev.tributary.sandbox.table;

import java.util.Arrays;
import java.util.BitSet;
import org.jspecify.annotations.Nullable;

/**
 * The values of one column, by row: numbers as 64 bits, text as strings, nulls as holes. Grows as
 * rows are set; confined to one thread until then, read-only after.
 */
public final class Cells {

  private final BitSet present = new BitSet();
  private long[] bits;
  private @Nullable String[] texts;

  private Cells(boolean text) {
    bits = new long[text ? 0 : 64];
    texts = new @Nullable String[text ? 64 : 0];
  }

  public static Cells of(ColumnKind kind) {
    return new Cells(kind.isText());
  }

  public boolean has(int row) {
    return present.get(row);
  }

  public long bits(int row) {
    return bits[row];
  }

  public String text(int row) {
    String text = texts[row];
    if (text == null) {
      throw new IllegalStateException("row " + row + " has no text");
    }
    return text;
  }

  public void set(int row, long value) {
    if (row >= bits.length) {
      bits = Arrays.copyOf(bits, Math.max(row + 1, bits.length * 2));
    }
    bits[row] = value;
    present.set(row);
  }

  public void set(int row, String value) {
    if (row >= texts.length) {
      texts = Arrays.copyOf(texts, Math.max(row + 1, texts.length * 2));
    }
    texts[row] = value;
    present.set(row);
  }

  /** Takes over the other's value, if it has one: a later point wins where it says something. */
  public void copy(int row, Cells other, int otherRow) {
    if (!other.has(otherRow)) {
      return;
    }
    if (other.texts.length > 0) {
      set(row, other.text(otherRow));
    } else {
      set(row, other.bits(otherRow));
    }
  }
}
