package dev.tributary.encode;

import com.github.luben.zstd.Zstd;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import org.apache.parquet.bytes.BytesInput;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.column.ColumnReader;
import org.apache.parquet.column.Encoding;
import org.apache.parquet.column.impl.ColumnReadStoreImpl;
import org.apache.parquet.column.page.DataPage;
import org.apache.parquet.column.page.DataPageV1;
import org.apache.parquet.column.page.DictionaryPage;
import org.apache.parquet.column.page.PageReadStore;
import org.apache.parquet.column.page.PageReader;
import org.apache.parquet.column.statistics.Statistics;
import org.apache.parquet.example.data.simple.convert.GroupRecordConverter;
import org.apache.parquet.format.ColumnMetaData;
import org.apache.parquet.format.DataPageHeader;
import org.apache.parquet.format.FileMetaData;
import org.apache.parquet.format.PageHeader;
import org.apache.parquet.format.RowGroup;
import org.apache.parquet.format.Util;
import org.apache.parquet.format.converter.ParquetMetadataConverter;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.PrimitiveType;
import org.jspecify.annotations.Nullable;
import org.xerial.snappy.Snappy;

/**
 * Parquet files as parquet-java's column readers find them. The library's own file reader needs
 * Hadoop; pages are handed to the column readers here without it.
 */
@SuppressWarnings(
    "NullAway") // the getters of the format's structs may be null; that fails the test
final class ParquetJava {

  private ParquetJava() {}

  /** The cells, column by column. */
  static List<List<@Nullable Object>> columns(Path path) throws IOException {
    byte[] file = Files.readAllBytes(path);
    FileMetaData footer = footer(file);
    MessageType schema =
        new ParquetMetadataConverter().fromParquetMetadata(footer).getFileMetaData().getSchema();
    List<List<@Nullable Object>> columns = new ArrayList<>();
    schema.getColumns().forEach(column -> columns.add(new ArrayList<>()));
    for (RowGroup group : footer.getRow_groups()) {
      ColumnReadStoreImpl store =
          new ColumnReadStoreImpl(
              new Chunks(file, group, schema),
              new GroupRecordConverter(schema).getRootConverter(),
              schema,
              footer.getCreated_by());
      for (int i = 0; i < columns.size(); i++) {
        read(store, schema.getColumns().get(i), group.getNum_rows(), columns.get(i));
      }
    }
    return columns;
  }

  private static FileMetaData footer(byte[] file) throws IOException {
    try {
      return ParquetFooterTest.footer(file);
    } catch (IOException e) {
      throw e;
    } catch (Exception e) {
      throw new IOException("no footer", e);
    }
  }

  private static void read(
      ColumnReadStoreImpl store, ColumnDescriptor column, long rows, List<@Nullable Object> cells) {
    ColumnReader reader = store.getColumnReader(column);
    for (long row = 0; row < rows; row++) {
      boolean there = reader.getCurrentDefinitionLevel() == column.getMaxDefinitionLevel();
      cells.add(there ? CellValues.of(reader, column.getPrimitiveType()) : null);
      reader.consume();
    }
  }

  private static final class Chunks implements PageReadStore {

    private final byte[] file;
    private final RowGroup group;
    private final MessageType schema;

    Chunks(byte[] file, RowGroup group, MessageType schema) {
      this.file = file;
      this.group = group;
      this.schema = schema;
    }

    @Override
    public PageReader getPageReader(ColumnDescriptor column) {
      int index = schema.getColumns().indexOf(column);
      try {
        return new Chunk(
            file, group.getColumns().get(index).getMeta_data(), column.getPrimitiveType());
      } catch (IOException e) {
        throw new IllegalStateException(e);
      }
    }

    @Override
    public long getRowCount() {
      return group.getNum_rows();
    }

    @Override
    public Optional<Long> getRowIndexOffset() {
      return Optional.empty();
    }
  }

  private static final class Chunk implements PageReader {

    private final long values;
    private final Deque<DataPage> pages = new ArrayDeque<>();
    private @Nullable DictionaryPage dictionary;

    Chunk(byte[] file, ColumnMetaData chunk, PrimitiveType type) throws IOException {
      this.values = chunk.getNum_values();
      long begin =
          chunk.isSetDictionary_page_offset()
              ? chunk.getDictionary_page_offset()
              : chunk.getData_page_offset();
      int length = (int) chunk.getTotal_compressed_size();
      ByteArrayInputStream in = new ByteArrayInputStream(file, (int) begin, length);
      while (in.available() > 0) {
        add(Util.readPageHeader(in), in, chunk, type);
      }
    }

    private void add(
        PageHeader header, ByteArrayInputStream in, ColumnMetaData chunk, PrimitiveType type)
        throws IOException {
      byte[] packed = in.readNBytes(header.getCompressed_page_size());
      int size = header.getUncompressed_page_size();
      byte[] bytes =
          switch (chunk.getCodec()) {
            case UNCOMPRESSED -> packed;
            case SNAPPY -> Snappy.uncompress(packed);
            default -> Zstd.decompress(packed, size);
          };
      if (bytes.length != size) {
        throw new IOException("a page says " + size + " bytes and has " + bytes.length);
      }
      if (header.isSetDictionary_page_header()) {
        dictionary =
            new DictionaryPage(
                BytesInput.from(bytes),
                header.getDictionary_page_header().getNum_values(),
                encoding(header.getDictionary_page_header().getEncoding(), chunk));
        return;
      }
      DataPageHeader data = header.getData_page_header();
      pages.add(
          new DataPageV1(
              BytesInput.from(bytes),
              data.getNum_values(),
              size,
              Statistics.createStats(type),
              encoding(data.getRepetition_level_encoding(), chunk),
              encoding(data.getDefinition_level_encoding(), chunk),
              encoding(data.getEncoding(), chunk)));
    }

    /** An encoding of a page, which the chunk's list of encodings must have. */
    private static Encoding encoding(
        org.apache.parquet.format.Encoding encoding, ColumnMetaData chunk) throws IOException {
      if (!chunk.getEncodings().contains(encoding)) {
        throw new IOException(encoding + " is missing in " + chunk.getEncodings());
      }
      return Arrays.stream(Encoding.values())
          .filter(each -> each.name().equals(encoding.name()))
          .findFirst()
          .orElseThrow();
    }

    @Override
    public @Nullable DictionaryPage readDictionaryPage() {
      return dictionary;
    }

    @Override
    public long getTotalValueCount() {
      return values;
    }

    @Override
    public @Nullable DataPage readPage() {
      return pages.poll();
    }
  }
}
