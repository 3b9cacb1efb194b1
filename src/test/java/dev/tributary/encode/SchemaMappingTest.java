package dev.tributary.encode;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tributary.job.Column;
import dev.tributary.job.Failure;
import dev.tributary.job.Output;
import dev.tributary.testing.Counts;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.apache.arrow.vector.types.DateUnit;
import org.apache.arrow.vector.types.FloatingPointPrecision;
import org.apache.arrow.vector.types.IntervalUnit;
import org.apache.arrow.vector.types.TimeUnit;
import org.apache.arrow.vector.types.UnionMode;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.apache.arrow.vector.types.pojo.DictionaryEncoding;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.FieldType;
import org.apache.arrow.vector.types.pojo.Schema;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever a server calls a column: it is written, or refused in one clear sentence. */
class SchemaMappingTest {

  private static final String[] NAMES = {
    "", " ", "time", "a.b", "a'b", "Küche 🏠", "iox::measurement", "\n", "same", "same"
  };

  static Stream<ArrowType> unsupported() {
    return Stream.of(
        ArrowType.List.INSTANCE,
        ArrowType.LargeList.INSTANCE,
        ArrowType.ListView.INSTANCE,
        new ArrowType.FixedSizeList(3),
        new ArrowType.Map(false),
        new ArrowType.Union(UnionMode.Sparse, new int[] {0}),
        new ArrowType.Union(UnionMode.Dense, new int[] {0}),
        new ArrowType.RunEndEncoded(),
        new ArrowType.Interval(IntervalUnit.YEAR_MONTH),
        new ArrowType.Interval(IntervalUnit.DAY_TIME),
        new ArrowType.Interval(IntervalUnit.MONTH_DAY_NANO),
        new ArrowType.Decimal(39, 0, 256),
        new ArrowType.Decimal(10, -2, 128),
        new ArrowType.Decimal(9, 2, 32),
        new ArrowType.Decimal(4, 5, 128));
  }

  @ParameterizedTest
  @MethodSource("unsupported")
  void aTypeThatALakeCannotHoldIsRefusedByNameOfColumn(ArrowType type) {
    assertThat(mapped(List.of(field("parts", type, new SplittableRandom(1)))))
        .startsWith("cannot write the result: column 'parts' is a")
        .endsWith("which a lake cannot hold; cast it or leave it out");
  }

  @Test
  void randomSchemasGiveColumnsOrOneSentence() {
    int written = 0;
    int count = Counts.of(5_000, 200_000);
    for (int seed = 0; seed < count; seed++) {
      SplittableRandom random = new SplittableRandom(seed);
      List<Field> fields = new ArrayList<>();
      int width = random.nextInt(5);
      for (int i = 0; i < width; i++) {
        fields.add(field(NAMES[random.nextInt(NAMES.length)], type(random), random));
      }
      String result = mapped(fields);
      if (result.isEmpty()) {
        written++;
      } else {
        assertThat(result)
            .as("seed %d: %s", seed, fields)
            .startsWith("cannot write the result: ")
            .doesNotContain("Exception", "org.apache");
      }
    }
    assertThat(written).as("schemas without a refusal").isBetween(count / 20, count * 19 / 20);
  }

  /** Empty if every column has a type that is known by its name; else the refusal. */
  private static String mapped(List<Field> fields) {
    try {
      ResultSchema result = ResultSchema.of(new Schema(fields), Output.DEFAULT, Optional.empty());
      assertThat(result.columns().size() + result.unknown().size()).isEqualTo(fields.size());
      for (Column column : result.columns()) {
        assertThat(ColumnType.named(column.type())).as(column.type()).isPresent();
      }
      return "";
    } catch (Failure failure) {
      assertThat(failure.kind()).isEqualTo(Failure.Kind.REFUSED);
      return failure.sentence();
    }
  }

  private static Field field(String name, ArrowType type, SplittableRandom random) {
    List<Field> children =
        type.isComplex()
            ? List.of(new Field("item", FieldType.nullable(Table.INT64), List.of()))
            : List.of();
    boolean encoded = !type.isComplex() && random.nextInt(20) == 0;
    DictionaryEncoding dictionary = encoded ? new DictionaryEncoding(1, false, null) : null;
    return new Field(name, new FieldType(random.nextBoolean(), type, dictionary), children);
  }

  private static ArrowType type(SplittableRandom random) {
    TimeUnit unit = RandomRows.any(TimeUnit.values(), random);
    if (random.nextInt(8) == 0) {
      return unsupported().skip(random.nextInt(15)).findFirst().orElseThrow();
    }
    return switch (random.nextInt(12)) {
      case 0 -> ArrowType.Utf8.INSTANCE;
      case 1 -> ArrowType.BinaryView.INSTANCE;
      case 2 -> new ArrowType.FixedSizeBinary(random.nextInt(3));
      case 3 -> new ArrowType.Date(RandomRows.any(DateUnit.values(), random));
      case 4 -> new ArrowType.Time(unit, random.nextBoolean() ? 32 : 64);
      case 5 -> new ArrowType.Duration(unit);
      case 6 ->
          new ArrowType.Decimal(
              1 + random.nextInt(76), random.nextInt(80) - 10, 32 << random.nextInt(4));
      case 7 -> new ArrowType.Timestamp(unit, random.nextBoolean() ? "Mars/Olympus" : null);
      case 8 -> ArrowType.Null.INSTANCE;
      case 9 ->
          new ArrowType.FloatingPoint(RandomRows.any(FloatingPointPrecision.values(), random));
      case 10 -> ArrowType.Struct.INSTANCE;
      default -> new ArrowType.Int(8 << random.nextInt(4), random.nextBoolean());
    };
  }
}
