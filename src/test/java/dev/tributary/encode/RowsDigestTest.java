package dev.tributary.encode;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tributary.testing.Counts;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.types.pojo.Field;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The digest is the same for the same rows and another for others. */
class RowsDigestTest {

  private final BufferAllocator memory = new RootAllocator(64 << 20);

  @AfterEach
  void nothingStaysReserved() {
    memory.close();
  }

  private String digest(Table... batches) throws Exception {
    ContentTally tally = new ContentTally(Optional.empty());
    for (Table table : batches) {
      try (VectorSchemaRoot batch = table.batch(memory)) {
        tally.add(batch);
      }
    }
    return tally.content().digest();
  }

  private static Table random(Random random) {
    Table table =
        Table.of(
            Table.nullable("a", Table.TEXT),
            Table.nullable("b", Table.DOUBLE),
            Table.nullable("c", Table.INT64),
            Table.nullable("d", Table.INT64));
    int rows = 1 + random.nextInt(60);
    for (int row = 0; row < rows; row++) {
      table.row(
          random.nextInt(4) == 0 ? null : "v" + random.nextInt(3),
          random.nextInt(4) == 0 ? null : (double) random.nextInt(3),
          random.nextInt(4) == 0 ? null : (long) random.nextInt(3),
          random.nextInt(4) == 0 ? null : (long) random.nextInt(3));
    }
    return table;
  }

  @Test
  void neitherOrderNorSplitNorColumnOrderMatters() throws Exception {
    for (int round = 0; round < Counts.of(200, 5_000); round++) {
      Random random = new Random(round);
      Table table = random(random);
      List<@Nullable Object[]> shuffled = new ArrayList<>(table.rows());
      Collections.shuffle(shuffled, random);
      Table other = new Table(table.fields(), shuffled);
      int cut = random.nextInt(shuffled.size() + 1);

      assertThat(digest(other.sub(0, cut), turned(other.sub(cut, shuffled.size()))))
          .as("seed " + round)
          .isEqualTo(digest(table));
    }
  }

  /** The same rows, their columns in the opposite order. */
  private static Table turned(Table table) {
    List<Field> fields = new ArrayList<>(table.fields());
    Collections.reverse(fields);
    List<@Nullable Object[]> rows = new ArrayList<>();
    for (@Nullable Object[] row : table.rows()) {
      @Nullable Object[] turned = new @Nullable Object[row.length];
      for (int i = 0; i < row.length; i++) {
        turned[i] = row[row.length - 1 - i];
      }
      rows.add(turned);
    }
    return new Table(fields, rows);
  }

  @Test
  void aChangedCellADoubledRowAndALostRowAreSeen() throws Exception {
    for (int round = 0; round < Counts.of(200, 5_000); round++) {
      Random random = new Random(round);
      Table table = random(random);
      String before = digest(table);
      int row = random.nextInt(table.rows().size());
      int column = random.nextInt(4);
      List<@Nullable Object[]> changed = new ArrayList<>(table.rows());
      @Nullable Object[] cells = changed.get(row).clone();
      cells[column] =
          cells[column] != null
              ? null
              : column == 0 ? "" : column == 1 ? (Object) 0.0 : (Object) 0L;
      changed.set(row, cells);
      List<@Nullable Object[]> doubled = new ArrayList<>(table.rows());
      doubled.add(doubled.get(row));
      List<@Nullable Object[]> lost = new ArrayList<>(table.rows());
      lost.remove(row);

      assertThat(
              List.of(
                  digest(new Table(table.fields(), changed)),
                  digest(new Table(table.fields(), doubled)),
                  digest(new Table(table.fields(), lost))))
          .as("seed " + round)
          .doesNotContain(before);
    }
  }

  @Test
  void valuesThatLookAlikeDiffer() throws Exception {
    List<String> digests = new ArrayList<>();
    Field text = Table.nullable("x", Table.TEXT);
    for (String value :
        new @Nullable String[] {null, "", "null", "0", " ", "\u0000", "\u0000\u0000"}) {
      digests.add(digest(Table.of(text).row((Object) value)));
    }
    digests.add(digest(Table.of(Table.nullable("x", Table.INT64)).row(0L)));
    digests.add(digest(Table.of(Table.nullable("x", Table.INT64)).row(1L)));
    digests.add(digest(Table.of(Table.nullable("y", Table.INT64)).row(1L)));
    digests.add(digest(Table.of(text)));

    assertThat(digests).doesNotHaveDuplicates();
  }

  @Test
  void twoCellsThatChangePlacesAreSeen() throws Exception {
    Field a = Table.nullable("a", Table.INT64);
    Field b = Table.nullable("b", Table.INT64);

    assertThat(digest(Table.of(a, b).row(1L, 2L))).isNotEqualTo(digest(Table.of(a, b).row(2L, 1L)));
    assertThat(digest(Table.of(a, b).row(1L, 2L).row(3L, 4L)))
        .isNotEqualTo(digest(Table.of(a, b).row(1L, 4L).row(3L, 2L)));
    assertThat(digest(Table.of(a, b).row(1L, null)))
        .isNotEqualTo(digest(Table.of(a, b).row(null, 1L)));
  }

  @Test
  void zerosOfBothSignsAndAColumnOfNullsAreNoDifference() throws Exception {
    Field x = Table.nullable("x", Table.DOUBLE);

    assertThat(digest(Table.of(x).row(0.0))).isEqualTo(digest(Table.of(x).row(-0.0)));
    assertThat(digest(Table.of(x).row(Double.NaN)))
        .isEqualTo(digest(Table.of(x).row(Double.longBitsToDouble(0x7ff8000000000123L))));
    assertThat(digest(Table.of(x, Table.nullable("gone", Table.TEXT)).row(1.0, null)))
        .isEqualTo(digest(Table.of(x).row(1.0)));
  }

  /** Stored in manifests, so it must never change under the same name. */
  @Test
  void theDigestOfTheseRowsIsForGood() throws Exception {
    assertThat(digest(Table.of(Table.nullable("x", Table.TEXT))))
        .isEqualTo("rows-v1:00000000000000000000000000000000");
    assertThat(digest(Table.hardValues())).isEqualTo("rows-v1:161336c06bbe7c299c022bfd317aead9");
  }
}
