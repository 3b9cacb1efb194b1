package dev.tributary.inspect;

import dev.tributary.encode.ContentTally;
import dev.tributary.encode.FolderColumns;
import dev.tributary.encode.ReadOrder;
import dev.tributary.job.Attempt;
import dev.tributary.job.Column;
import dev.tributary.job.Failure;
import dev.tributary.job.Output;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import org.apache.arrow.dataset.file.FileFormat;
import org.apache.arrow.dataset.file.FileSystemDatasetFactory;
import org.apache.arrow.dataset.jni.NativeMemoryPool;
import org.apache.arrow.dataset.scanner.ScanOptions;
import org.apache.arrow.dataset.scanner.Scanner;
import org.apache.arrow.dataset.source.Dataset;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.OutOfMemoryException;
import org.apache.arrow.vector.ipc.ArrowReader;

/**
 * A file as Arrow C++ reads it.
 *
 * @param rows in this file
 * @param columns in the file's order, without those of its folders
 * @param disorder one clause about the first row that breaks the order claimed, if any does
 */
record Reading(long rows, List<Column> columns, Optional<String> disorder) {

  private static final long BATCH_ROWS = 32_768;

  /** What a file's folders add to the columns that it has itself. */
  @FunctionalInterface
  interface Folders {
    FolderColumns of(List<Column> columns) throws Failure;
  }

  /**
   * Reads a whole file, batch by batch.
   *
   * @param folders asked once, with the file's own columns
   * @param window counts these rows together with those of the window's other files
   * @param sorted the columns that its rows are sorted by; none if it claims nothing
   * @throws Failure if it is no file of that format or broken; of kind {@code TRY_AGAIN} if the
   *     memory budget is used up
   */
  @SuppressWarnings("try") // the library declares close() to throw anything
  static Reading of(
      URI address,
      Output.Format format,
      BufferAllocator memory,
      Folders folders,
      ContentTally window,
      List<String> sorted,
      Attempt attempt)
      throws Failure {
    FileFormat fileFormat =
        format == Output.Format.ARROW ? FileFormat.ARROW_IPC : FileFormat.PARQUET;
    try (FileSystemDatasetFactory factory =
            new FileSystemDatasetFactory(
                memory, NativeMemoryPool.getDefault(), fileFormat, uri(address));
        Dataset dataset = factory.finish();
        Scanner scanner = dataset.newScan(new ScanOptions(BATCH_ROWS));
        ArrowReader reader = scanner.scanBatches()) {
      List<Column> columns = ContentTally.columnsOf(reader.getVectorSchemaRoot().getSchema());
      ReadOrder order = new ReadOrder(sorted, reader.getVectorSchemaRoot().getSchema(), attempt);
      long rows = 0;
      try (FolderColumns beside = folders.of(columns)) {
        while (reader.loadNextBatch()) {
          rows += reader.getVectorSchemaRoot().getRowCount();
          order.add(reader.getVectorSchemaRoot());
          window.add(beside.beside(reader.getVectorSchemaRoot()));
        }
      }
      return new Reading(rows, columns, order.wrong());
    } catch (Failure failure) {
      throw failure;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new Failure(Failure.Kind.TRY_AGAIN, "the reading was interrupted", e);
    } catch (OutOfMemoryException e) {
      throw new Failure(
          Failure.Kind.TRY_AGAIN,
          "cannot reserve memory to read " + address + " back: the budget is used up",
          e);
    } catch (Exception e) {
      // the library throws all kinds, unchecked ones too, for what it finds wrong with a file
      throw new Failure(Failure.Kind.REFUSED, "it cannot be read back: " + oneLine(e), e);
    }
  }

  /** Arrow C++ wants {@code file:///path}; the JDK writes {@code file:/path}. */
  private static String uri(URI address) {
    return "file".equals(address.getScheme())
        ? "file://" + address.getRawPath()
        : address.toString();
  }

  private static String oneLine(Exception e) {
    String message = String.valueOf(e.getMessage());
    int end = message.indexOf('\n');
    return end < 0 ? message : message.substring(0, end);
  }
}
