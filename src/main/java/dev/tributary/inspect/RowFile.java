package dev.tributary.inspect;

import dev.tributary.job.Output;
import dev.tributary.job.PartitionValue;
import java.nio.file.Path;
import java.util.List;

/**
 * A whole file of rows on the local disk: a published one, the copy of one, or one not published.
 *
 * @param folders columns that the file lacks, since its folders say them
 */
public record RowFile(Path path, Output.Format format, List<PartitionValue> folders) {

  public RowFile {
    folders = List.copyOf(folders);
  }
}
