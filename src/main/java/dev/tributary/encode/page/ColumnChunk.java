package dev.tributary.encode.page;

import java.io.IOException;
import java.util.Optional;
import java.util.function.Supplier;
import org.apache.parquet.column.Encoding;
import org.apache.parquet.column.page.DictionaryPage;
import org.apache.parquet.column.page.PageWriter;
import org.apache.parquet.column.statistics.Statistics;
import org.apache.parquet.column.values.bloomfilter.BloomFilter;
import org.apache.parquet.column.values.bloomfilter.BloomFilterWriter;
import org.apache.parquet.schema.PrimitiveType;
import org.apache.parquet.schema.Type.Repetition;

/**
 * Encodes the pages of one column, chunk after chunk. How a chunk's values are laid out is measured
 * on its first page, each candidate compressed; a dictionary that stops to pay is given up in the
 * middle of a chunk. Used by one thread at a time.
 */
final class ColumnChunk<P extends Page<?>> {

  private final PrimitiveType type;
  private final boolean nullable;
  private final ColumnKind<?, P> kind;
  private final PageCompressor compressor;
  private final Optional<Dictionary<P>> dictionary;
  private final Optional<Supplier<BloomFilter>> blooms;
  private final PageBytes out = new PageBytes();

  private int[] ids = new int[0];
  private boolean begun;
  private boolean numbered;

  /** Dictionary entries that pages refer to. */
  private int entries;

  private ValuesEncoding<P> layout;
  private Optional<BloomFilter> bloom;

  ColumnChunk(
      PrimitiveType type,
      ColumnKind<?, P> kind,
      PageCompressor compressor,
      Optional<Supplier<BloomFilter>> blooms) {
    this.type = type;
    this.nullable = type.isRepetition(Repetition.OPTIONAL);
    this.kind = kind;
    this.compressor = compressor;
    this.dictionary = kind.dictionary().map(Supplier::get);
    this.blooms = blooms;
    this.bloom = blooms.map(Supplier::get);
    this.layout = kind.encodings().get(0);
  }

  /**
   * Writes a page.
   *
   * @param isLast whether the chunk ends with it
   */
  void write(P page, boolean isLast, PageWriter pages) throws IOException {
    Statistics<?> statistics = Statistics.createStats(type);
    statistics.incrementNumNulls(page.nulls());
    if (ids.length < page.count() + Byte.SIZE) {
      ids = new int[page.count() + Byte.SIZE];
    }
    if (!begun && page.count() > 0) {
      begun = true;
      choose(page, isLast);
    }
    out.clear();
    if (nullable) {
      Levels.encode(page, out);
    }
    boolean inDictionary = numbered && encodeNumbers(page);
    if (inDictionary) {
      dictionary.orElseThrow().bounds(page, ids, statistics);
    } else {
      numbered = false;
      layout.encode(page, out);
      kind.bounds().of(page, statistics);
    }
    bloom.ifPresent(filter -> page.insertInto(filter, type.getPrimitiveTypeName()));
    pages.writePage(
        out.input(),
        page.rows(),
        page.rows(),
        statistics,
        Encoding.RLE,
        Encoding.RLE,
        inDictionary ? Encoding.RLE_DICTIONARY : layout.name());
  }

  /** Encodes the first page every way there is, and keeps to what came out smallest. */
  private void choose(P page, boolean isOnly) throws IOException {
    long smallest = Long.MAX_VALUE;
    for (ValuesEncoding<P> candidate : kind.encodings()) {
      out.clear();
      candidate.encode(page, out);
      long size = kind.encodings().size() == 1 ? out.length() : compressed();
      if (size < smallest) {
        smallest = size;
        layout = candidate;
      }
    }
    numbered = dictionary.isPresent() && pays(dictionary.orElseThrow(), page, isOnly, smallest);
    if (!numbered) {
      dictionary.ifPresent(Dictionary::clear);
    }
  }

  /**
   * Whether numbers into a dictionary are smaller. Its own bytes count whole when there is but one
   * page, else by what a later page may add: twice what the second half of this one did.
   */
  private boolean pays(Dictionary<P> values, P page, boolean isOnly, long rival)
      throws IOException {
    int half = page.count() / 2;
    if (!values.number(page, 0, half, ids)) {
      return false;
    }
    int before = values.bytes();
    if (!values.number(page, half, page.count(), ids)) {
      return false;
    }
    out.clear();
    if (isOnly) {
      values.encode(values.entries(), out);
    }
    encodeIds(page.count(), values.entries());
    long bytes = kind.encodings().size() == 1 ? out.length() : compressed();
    return bytes + (isOnly ? 0 : 2L * (values.bytes() - before)) < rival;
  }

  private long compressed() throws IOException {
    return compressor.compress(out.input()).size();
  }

  /** Appends the numbers of a page's values; false when the dictionary does not pay any more. */
  private boolean encodeNumbers(P page) {
    Dictionary<P> values = dictionary.orElseThrow();
    int before = values.bytes();
    int begin = out.length();
    if (!values.number(page, 0, page.count(), ids)) {
      return false;
    }
    encodeIds(page.count(), values.entries());
    int added = values.bytes() - before;
    if (added > 0 && out.length() - begin + added > size(page)) {
      out.truncate(begin);
      return false;
    }
    entries = values.entries();
    return true;
  }

  private void encodeIds(int count, int bound) {
    int width = HybridRuns.width(bound);
    out.put(width);
    HybridRuns.encode(ids, count, width, out);
  }

  /** What a page's values take, laid out PLAIN. */
  private int size(P page) {
    PageBytes plain = new PageBytes();
    kind.encodings().get(0).encode(page, plain);
    return plain.length();
  }

  /** Ends the chunk, with its dictionary where one was kept; the next begins afresh. */
  void end(PageWriter pages, BloomFilterWriter filters) throws IOException {
    if (entries > 0) {
      Dictionary<P> values = dictionary.orElseThrow();
      out.clear();
      values.encode(entries, out);
      pages.writeDictionaryPage(new DictionaryPage(out.input(), entries, Encoding.PLAIN));
    }
    bloom.ifPresent(filters::writeBloomFilter);
    bloom = blooms.map(Supplier::get);
    dictionary.ifPresent(Dictionary::clear);
    entries = 0;
    begun = false;
    numbered = false;
  }

  /** What the chunk's dictionary amounts to. */
  int dictionaryBytes() {
    return dictionary.map(Dictionary::bytes).orElse(0);
  }
}
