package dev.tributary.inspect;

import dev.tributary.job.Failure;
import dev.tributary.query.BatchStream;
import java.io.IOException;
import java.nio.file.Path;
import org.apache.arrow.dataset.file.FileFormat;
import org.apache.arrow.dataset.file.FileSystemDatasetFactory;
import org.apache.arrow.dataset.jni.NativeMemoryPool;
import org.apache.arrow.dataset.scanner.ScanOptions;
import org.apache.arrow.dataset.scanner.Scanner;
import org.apache.arrow.dataset.source.Dataset;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.OutOfMemoryException;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.ipc.ArrowReader;
import org.apache.arrow.vector.types.pojo.Schema;

/** The rows of a file on the local disk, as Arrow C++ reads them. Confined to one thread. */
final class FileRows implements BatchStream {

  private static final long BATCH_ROWS = 8_192;

  private final FileSystemDatasetFactory factory;
  private final Dataset dataset;
  private final Scanner scanner;
  private final ArrowReader reader;

  /**
   * Opens a file.
   *
   * @throws Failure of kind {@code REFUSED} if it is no file of that format
   */
  FileRows(Path file, FileFormat format, BufferAllocator memory) throws Failure {
    try {
      factory =
          new FileSystemDatasetFactory(
              memory, NativeMemoryPool.getDefault(), format, "file://" + file.toUri().getRawPath());
      dataset = factory.finish();
      scanner = dataset.newScan(new ScanOptions(BATCH_ROWS));
      reader = scanner.scanBatches();
    } catch (RuntimeException e) {
      throw broken(e);
    }
  }

  @Override
  public Schema schema() {
    return batch().getSchema();
  }

  @Override
  public boolean next() throws Failure {
    try {
      while (reader.loadNextBatch()) {
        if (batch().getRowCount() > 0) {
          return true;
        }
      }
      return false;
    } catch (IOException | RuntimeException e) {
      throw broken(e);
    }
  }

  private static Failure broken(Exception e) {
    if (e instanceof OutOfMemoryException) {
      return new Failure(
          Failure.Kind.TRY_AGAIN, "cannot reserve memory to read rows: the budget is used up", e);
    }
    String message = String.valueOf(e.getMessage());
    return new Failure(
        Failure.Kind.REFUSED, "it cannot be read: " + message.lines().findFirst().orElse(""), e);
  }

  @Override
  public VectorSchemaRoot batch() {
    try {
      return reader.getVectorSchemaRoot();
    } catch (IOException e) {
      throw new IllegalStateException("the schema was read when the file was opened", e);
    }
  }

  @Override
  public void close() {
    try (factory;
        dataset;
        scanner;
        reader) {
      // in the order in which they need each other
    } catch (Exception e) {
      throw new IllegalStateException("cannot close a file that was read", e);
    }
  }
}
