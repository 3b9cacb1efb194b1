package dev.tributary.inspect;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Rows that do not fit, sorted all the same. */
class RowSortTest {

  private final Path folder;

  RowSortTest(@TempDir Path folder) {
    this.folder = folder;
  }

  @ParameterizedTest
  @ValueSource(longs = {1 << 20, 40_000, 1_000, 1})
  void rowsComeBackInOrderHoweverLittleMemoryTheyHave(long budget) throws IOException {
    Random random = new Random(11);
    List<Row> rows = new ArrayList<>();
    for (int i = 0; i < 1_000; i++) {
      byte[] key = new byte[random.nextInt(4)];
      random.nextBytes(key);
      rows.add(new Row(key, new long[] {Row.ordered(random.nextInt(3) - 1.0), Row.NULL}));
    }
    List<Row> sorted = new ArrayList<>();
    try (RowSort sort = new RowSort(folder, budget, 2)) {
      for (Row row : rows) {
        sort.add(row);
      }
      RowSort.Rows result = sort.sorted();
      for (Optional<Row> row = result.next(); row.isPresent(); row = result.next()) {
        sorted.add(row.orElseThrow());
      }
      assertThat(sort.rows()).isEqualTo(1_000);
      assertThat(sort.spilled() > 0).isEqualTo(budget < 1 << 20);
    }
    Collections.sort(rows);
    assertThat(sorted).isEqualTo(rows);
    assertThat(left()).isEmpty();
  }

  private List<Path> left() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.toList();
    }
  }
}
