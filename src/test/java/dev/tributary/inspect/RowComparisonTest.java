package dev.tributary.inspect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.tributary.encode.ResultSchema;
import dev.tributary.encode.Table;
import dev.tributary.encode.WrittenFile;
import dev.tributary.inspect.RowComparison.Side;
import dev.tributary.job.Column;
import dev.tributary.job.Drift;
import dev.tributary.job.Failure;
import dev.tributary.job.Output;
import dev.tributary.job.Output.Format;
import dev.tributary.job.Output.TimestampUnit;
import dev.tributary.job.PartitionValue;
import dev.tributary.query.Memory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Random;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Two files of rows, held against each other. */
class RowComparisonTest {

  private static final long HOUR = 3_600_000_000_000L;

  private final Path folder;
  private final Path scratch;
  private final Memory memory = new Memory(256 << 20);
  private int files;

  RowComparisonTest(@TempDir Path folder, @TempDir Path scratch) {
    this.folder = folder;
    this.scratch = scratch;
  }

  @AfterEach
  void nothingStaysBehind() throws Exception {
    memory.close();
    try (Stream<Path> left = Files.list(scratch)) {
      assertThat(left).isEmpty();
    }
  }

  private static Table climate() {
    return Table.of(
        Table.required("time", Table.TIME_NS),
        Table.nullable("room", Table.TEXT),
        Table.nullable("temp", Table.DOUBLE),
        Table.nullable("hum", Table.DOUBLE));
  }

  private Side side(Table table, Format format) throws Exception {
    Path path = folder.resolve("rows " + files++ + ".file");
    Output output = WrittenFile.with(format, TimestampUnit.US);
    WrittenFile.of(path, output, table, memory.allocator());
    List<Column> columns = ResultSchema.of(table.schema(), output, Optional.of("time")).columns();
    return new Side(columns, List.of(new RowFile(path, format, List.of())));
  }

  private Drift drift(Table before, Table after) throws Exception {
    return compare(side(before, Format.PARQUET), side(after, Format.PARQUET));
  }

  private Drift compare(Side before, Side after) throws Failure {
    return new RowComparison(memory).compare(before, after, scratch);
  }

  @ParameterizedTest
  @EnumSource(Format.class)
  void aLatePointIsNamedByItsKeyAndItsColumn(Format format) throws Exception {
    Table before = climate().row(0L, "attic", 20.0, 40.0).row(HOUR, "attic", 21.0, 41.0);
    Table after =
        climate()
            .row(HOUR, "attic", 23.5, 41.0)
            .row(0L, "cellar", 12.0, null)
            .row(0L, "attic", 20.0, 40.0);

    Drift drift = compare(side(before, format), side(after, format));

    assertThat(drift)
        .isEqualTo(
            new Drift(
                2,
                3,
                1,
                0,
                1,
                List.of(new Drift.ColumnDrift("temp", 1, OptionalDouble.of(2.5))),
                List.of(
                    "added time=1970-01-01T00:00:00Z room=cellar",
                    "changed time=1970-01-01T01:00:00Z room=attic")));
    assertThat(drift.summary())
        .isEqualTo(
            "2 rows before, 3 after: 1 added, 0 removed, 1 changed, most in 'temp' by up to 2.5");
  }

  @Test
  void aFileOfEitherFormatHoldsTheSameRows() throws Exception {
    Table hard = Table.hardValues();
    assertThat(compare(side(hard, Format.PARQUET), side(hard, Format.ARROW)).isNone()).isTrue();
  }

  @Test
  void digitsThatVaryFromSumToSumAreNoChange() throws Exception {
    double sum = 0.1 + 0.2 + 0.3;
    double other = 0.3 + 0.2 + 0.1;
    assertThat(sum).isNotEqualTo(other);
    Table before = climate().row(0L, "a", sum, -0.0).row(HOUR, "a", 1e300, Double.NaN);
    Table after = climate().row(0L, "a", other, 0.0).row(HOUR, "a", 1e300, Double.NaN);

    assertThat(drift(before, after).isNone()).isTrue();
  }

  @Test
  void theToleranceIsAShareOfTheColumnsLargestNumber() throws Exception {
    Table within = climate().row(0L, "a", 1.0, 1.0).row(HOUR, "a", 1e6, 1.0);
    Table after = climate().row(0L, "a", 1.0 + 0.9e-6, 1.0).row(HOUR, "a", 1e6, 1.0 + 1e-9);

    Drift drift = drift(within, after);

    assertThat(drift.changed()).isEqualTo(1);
    assertThat(drift.columns()).extracting(Drift.ColumnDrift::name).containsExactly("hum");
  }

  @Test
  void aNumberThatIsInfiniteOrCameOrWentIsAChangeWithoutASize() throws Exception {
    Table before = climate().row(0L, "a", null, Double.POSITIVE_INFINITY).row(1000L, "a", 1.0, 1.0);
    Table after = climate().row(0L, "a", 1.0, Double.MAX_VALUE).row(1000L, "a", Double.NaN, 1.0);

    assertThat(drift(before, after).columns())
        .containsExactly(
            new Drift.ColumnDrift("temp", 2, OptionalDouble.empty()),
            new Drift.ColumnDrift("hum", 1, OptionalDouble.empty()));
  }

  @Test
  void aTextThatIsAnotherOneIsARowRemovedAndARowAdded() throws Exception {
    Drift drift = drift(climate().row(0L, null, 1.0, 1.0), climate().row(0L, "", 1.0, 1.0));

    assertThat(drift.added()).isEqualTo(1);
    assertThat(drift.removed()).isEqualTo(1);
    assertThat(drift.changed()).isZero();
  }

  @Test
  void rowsOfOneKeyArePairedByTheirValues() throws Exception {
    Table before = climate().row(0L, "a", 1.0, 1.0).row(0L, "a", 3.0, 3.0).row(0L, "a", 3.0, 3.0);
    Table after = climate().row(0L, "a", 3.0, 3.0).row(0L, "a", 2.0, 2.0).row(0L, "a", 1.0, 1.0);

    Drift drift = drift(before, after);

    assertThat(drift.changed()).isEqualTo(1);
    assertThat(drift.added() + drift.removed()).isZero();
    assertThat(drift.columns().get(0).largest()).hasValue(1.0);
  }

  @Test
  void rowsThatDigitsBringOutOfOrderStandAgainstEachOtherAllTheSame() throws Exception {
    double next = Math.nextUp(1.0);
    Table before = climate().row(0L, "a", 1.0, 5.0).row(0L, "a", next, 3.0);
    Table after = climate().row(0L, "a", 1.0, 3.0).row(0L, "a", next, 5.0);

    assertThat(drift(before, after).isNone()).isTrue();
  }

  @Test
  void aColumnOfNullsIsLikeNone() throws Exception {
    Table lacking =
        Table.of(Table.required("time", Table.TIME_NS), Table.nullable("temp", Table.DOUBLE))
            .row(0L, 1.0);

    assertThat(drift(climate().row(0L, null, 1.0, null), lacking).isNone()).isTrue();
    assertThat(drift(lacking, climate().row(0L, null, 1.0, 7.0)).changed()).isEqualTo(1);
  }

  @Test
  void foldersSayWhatTheirFilesLack() throws Exception {
    Side attic = inFolder(1.0, "attic");
    Side cellar = inFolder(1.0, "cellar");
    List<RowFile> both = Stream.concat(attic.files().stream(), cellar.files().stream()).toList();
    Side whole =
        side(
            Table.of(
                    Table.required("time", Table.TIME_NS),
                    Table.nullable("temp", Table.DOUBLE),
                    Table.nullable("room", Table.TEXT))
                .row(0L, 1.0, "attic")
                .row(0L, 1.0, "cellar"),
            Format.PARQUET);

    assertThat(compare(new Side(whole.columns(), both), whole).isNone()).isTrue();
    assertThat(compare(new Side(whole.columns(), attic.files()), whole).examples())
        .containsExactly("added time=1970-01-01T00:00:00Z room=cellar");
  }

  private Side inFolder(double temp, String room) throws Exception {
    Side side =
        side(
            Table.of(Table.required("time", Table.TIME_NS), Table.nullable("temp", Table.DOUBLE))
                .row(0L, temp),
            Format.PARQUET);
    return new Side(
        side.columns(),
        List.of(
            new RowFile(
                side.files().get(0).path(),
                Format.PARQUET,
                List.of(new PartitionValue("room", Optional.of(room))))));
  }

  @Test
  void noFilesAreNoRows() throws Exception {
    Side none = new Side(List.of(), List.of());
    Side one = side(climate().row(0L, "a", 1.0, 1.0), Format.PARQUET);

    assertThat(compare(none, one).added()).isEqualTo(1);
    assertThat(compare(one, none).removed()).isEqualTo(1);
    assertThat(compare(none, none).isNone()).isTrue();
  }

  /** A change that is planted in many rows is found whole, in memory as well as from runs. */
  @ParameterizedTest
  @ValueSource(longs = {32 << 20, 1})
  void everyPlantedChangeIsCounted(long budget) throws Exception {
    for (long seed = 0; seed < 5; seed++) {
      Random random = new Random(seed);
      long[] expected = new long[3];
      List<@Nullable Object[]> old = new ArrayList<>();
      List<@Nullable Object[]> now = new ArrayList<>();
      for (int i = 0; i < 2_000; i++) {
        Double temp = random.nextInt(9) == 0 ? null : random.nextGaussian();
        @Nullable Object[] row = {i * HOUR, "room " + random.nextInt(3), temp, 1e3};
        @Nullable Object[] jittered = Arrays.copyOf(row, row.length);
        jittered[2] = temp == null ? null : Math.nextUp(temp);
        int fate = random.nextInt(10);
        if (fate == 0) {
          jittered[3] = 1e3 + random.nextInt(5) + 1;
        }
        if (fate != 1) {
          old.add(row);
        }
        if (fate != 2) {
          now.add(jittered);
        }
        if (fate < 3) {
          expected[fate]++;
        }
      }
      Collections.shuffle(now, random);
      Side before = side(new Table(climate().fields(), old), Format.PARQUET);
      Side after = side(new Table(climate().fields(), now), Format.ARROW);

      Drift drift = new RowComparison(memory, budget).compare(before, after, scratch);

      assertThat(new long[] {drift.changed(), drift.added(), drift.removed()})
          .as("seed " + seed)
          .isEqualTo(expected);
      assertThat(drift.examples()).hasSize(5);
    }
  }

  @Test
  void manyRowsOfOneKeyAreCountedWithoutBeingKept() throws Exception {
    Table before = climate();
    Table after = climate();
    for (int i = 0; i < 5_000; i++) {
      before.row(0L, "a", (double) i, 1.0);
      after.row(0L, "a", i + 0.5, 1.0);
    }
    after.row(0L, "a", -1.0, 1.0);

    Drift drift = drift(before, after);

    assertThat(drift.changed()).isEqualTo(5_000);
    assertThat(drift.added()).isEqualTo(1);
    assertThat(drift.removed()).isZero();
  }

  @Test
  void aFileThatIsBrokenIsRefusedByName() throws Exception {
    Path broken = Files.writeString(folder.resolve("broken.parquet"), "PAR1 and no more PAR1");
    Side side = new Side(List.of(), List.of(new RowFile(broken, Format.PARQUET, List.of())));

    Failure failure = catchThrowableOfType(Failure.class, () -> compare(side, side));

    assertThat(failure.kind()).isEqualTo(Failure.Kind.REFUSED);
    assertThat(failure.sentence()).startsWith("cannot compare rows: 'broken.parquet'");
  }

  @Test
  void aBudgetThatIsUsedUpMeansTryAgain() {
    try (Memory little = new Memory(1 << 16)) {
      Side none = new Side(List.of(), List.of());
      Failure failure =
          catchThrowableOfType(
              Failure.class, () -> new RowComparison(little).compare(none, none, scratch));

      assertThat(failure.kind()).isEqualTo(Failure.Kind.TRY_AGAIN);
    }
  }
}
