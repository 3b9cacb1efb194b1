package dev.tributary.bench;

import java.nio.file.Path;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.parquet.conf.ParquetConfiguration;
import org.apache.parquet.conf.PlainParquetConfiguration;
import org.apache.parquet.hadoop.ParquetFileWriter.Mode;
import org.apache.parquet.hadoop.ParquetWriter;
import org.apache.parquet.hadoop.api.WriteSupport;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.apache.parquet.io.LocalOutputFile;
import org.apache.parquet.io.OutputFile;

/** parquet-java as its documentation has it used: row by row. */
final class RowWise {

  private RowWise() {}

  static void write(FlightRows rows, Path file) throws Exception {
    VectorSchemaRoot batch = rows.getVectorSchemaRoot();
    try (ParquetWriter<Integer> writer =
        new Builder(new LocalOutputFile(file), new RowSupport(batch))
            .withConf(new PlainParquetConfiguration())
            .withCompressionCodec(CompressionCodecName.ZSTD)
            .withWriteMode(Mode.OVERWRITE)
            .build()) {
      while (rows.loadNextBatch()) {
        for (int row = 0; row < batch.getRowCount(); row++) {
          writer.write(row);
        }
      }
    }
  }

  private static final class Builder extends ParquetWriter.Builder<Integer, Builder> {

    private final RowSupport support;

    Builder(OutputFile file, RowSupport support) {
      super(file);
      this.support = support;
    }

    @Override
    protected Builder self() {
      return this;
    }

    @Override
    @SuppressWarnings("deprecation") // abstract still
    protected WriteSupport<Integer> getWriteSupport(org.apache.hadoop.conf.Configuration c) {
      return support;
    }

    @Override
    protected WriteSupport<Integer> getWriteSupport(ParquetConfiguration configuration) {
      return support;
    }
  }
}
