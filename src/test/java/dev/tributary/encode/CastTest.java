package dev.tributary.encode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.tributary.encode.page.BytesCells;
import dev.tributary.encode.page.Cells;
import dev.tributary.encode.page.LongCells;
import dev.tributary.job.Failure;
import dev.tributary.job.TypeNames;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CastTest {

  private static final String MAX = "9223372036854775807";

  private static ColumnType type(String name) {
    return ColumnType.named(name).orElseThrow();
  }

  /** One cell, from text in this test's own spelling of each type's values. */
  private static Cells cell(ColumnType type, String text) {
    Cells cells = VectorReader.cellsFor(type);
    cells.begin(1);
    if (cells instanceof BytesCells bytes) {
      byte[] value =
          type.equals(ColumnType.STRING)
              ? text.getBytes(StandardCharsets.UTF_8)
              : HexFormat.of().parseHex(text);
      bytes.offsets()[0] = 0;
      bytes.offsets()[1] = value.length;
      System.arraycopy(value, 0, bytes.grown(value.length), 0, value.length);
    } else {
      ((LongCells) cells).values()[0] = number(type, text);
    }
    return cells;
  }

  private static long number(ColumnType type, String text) {
    return switch (type.arrow().getTypeID()) {
      case FloatingPoint ->
          type.equals(ColumnType.DOUBLE)
              ? Double.doubleToRawLongBits(Double.parseDouble(text))
              : Float.floatToRawIntBits(Float.parseFloat(text)) & 0xffff_ffffL;
      case Bool -> Boolean.parseBoolean(text) ? 1 : 0;
      case Date -> LocalDate.parse(text).toEpochDay();
      case Time -> LocalTime.parse(text).toNanoOfDay() / 1_000;
      default -> new BigInteger(text).longValue();
    };
  }

  private static String cast(String from, String value, String to) throws Failure {
    ColumnType source = type(from);
    ColumnType target = type(to);
    Cells out = VectorReader.cellsFor(target);
    Cast.between(source.arrow(), target).orElseThrow().apply("x", cell(source, value), out);
    return new CellText(target, target.arrow()).at(out, 0);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "int64|-128|int8|-128",
        "int64|255|uint8|255",
        "uint64|18446744073709551615|string|18446744073709551615",
        "uint64|" + MAX + "|int64|" + MAX,
        "uint64|18446744073709549568|double|1.844674407370955E19",
        "int64|9007199254740992|double|9007199254740992.0",
        "int64|-9223372036854775808|double|-9.223372036854776E18",
        "int32|16777216|float|16777216.0",
        "double|-0.0|int32|0",
        "double|-9223372036854775808|int64|-9223372036854775808",
        "double|9223372036854775808|uint64|9223372036854775808",
        "double|NaN|float|NaN",
        "double|-Infinity|float|-Infinity",
        "float|0.1|double|0.10000000149011612",
        "double|0.1|decimal(3, 2)|0.10",
        "double|-12.5|decimal(38, 10)|-12.5000000000",
        "float|0.1|decimal(3, 1)|0.1",
        "int64|-7|decimal(20, 2)|-7.00",
        "string|00123.450|decimal(5, 2)|123.45",
        "string|0E99999|decimal(5, 2)|0.00",
        "string|+42|uint16|42",
        "string|18446744073709551615|uint64|18446744073709551615",
        "string|1e3|double|1000.0",
        "string|-Infinity|double|-Infinity",
        "string|.5|float|0.5",
        "string|TRUE|bool|true",
        "string|2026-02-28|date32|2026-02-28",
        "string|2026-01-01T00:00:00.000001Z|timestamp[us, UTC]|2026-01-01T00:00:00.000001Z",
        "string|2026-01-01T01:00:00+01:00|timestamp[ms, UTC]|2026-01-01T00:00:00Z",
        "string|2026-01-01 00:00:00|timestamp[us, UTC]|2026-01-01T00:00:00Z",
        "string|1677-09-21T00:12:43.145224192Z|timestamp[ns, UTC]|1677-09-21T00:12:43.145224192Z",
        "timestamp[us, UTC]|-86400000000|date32|1969-12-31",
        "timestamp[ms, UTC]|1|string|1970-01-01T00:00:00.001Z",
        "double|1e23|string|1.0E23",
        "double|21|string|21.0",
        "double|4.9e-324|string|5.0E-324",
        "double|2.0E-3|string|0.002",
        "double|-0.0|string|-0.0",
        "bool|true|string|true",
        "date32|2026-11-22|string|2026-11-22",
        "time64[us]|10:15|string|10:15:00",
        "duration[ms]|-1500|string|PT-1.5S",
        "binary|00ff|string|00ff",
      })
  void aValueThatFitsIsCarriedOver(String from, String value, String to, String expected)
      throws Exception {
    assertThat(cast(from, value, to)).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "int64|128|int8",
        "int64|-1|uint64",
        "uint64|9223372036854775808|int64",
        "int64|9007199254740993|double",
        "int64|" + MAX + "|double",
        "uint64|18446744073709551615|double",
        "int32|16777217|float",
        "double|0.5|int64",
        "double|9223372036854775808|int64",
        "double|18446744073709551616|uint64",
        "double|-1|uint8",
        "double|NaN|int64",
        "double|0.1|float",
        "double|1e300|float",
        "double|0.125|decimal(5, 2)",
        "double|NaN|decimal(5, 2)",
        "double|Infinity|decimal(5, 2)",
        "int64|1000|decimal(5, 2)",
        "string|1e99999|decimal(38, 0)",
        "string|1e400|double",
        "string|1e-400|double",
        "string|1e39|float",
        "string|0x1p3|double",
        "string|12d|double",
        "string|' 12'|int64",
        "string|''|int64",
        "string|٣|int64",
        "string|18446744073709551616|uint64",
        "string|9223372036854775808|int64",
        "string|yes|bool",
        "string|2026-02-30|date32",
        "string|2026-02-28|timestamp[us, UTC]",
        "string|2026-01-01T00:00:00.0000001Z|timestamp[us, UTC]",
        "string|2262-04-11T23:47:16.854775808Z|timestamp[ns, UTC]",
        "timestamp[us, UTC]|1|date32",
      })
  void aValueThatDoesNotFitIsRefusedAndNamed(String from, String value, String to) {
    Failure failure = catchThrowableOfType(Failure.class, () -> cast(from, value, to));

    assertThat(failure.kind()).isEqualTo(Failure.Kind.REFUSED);
    ColumnType source = type(from);
    assertThat(failure.sentence())
        .isEqualTo(
            "cannot write column 'x' as "
                + to
                + ": '"
                + new CellText(source, source.arrow()).at(cell(source, value), 0)
                + "' ("
                + (source.isTimestamp() ? "timestamp" : from)
                + ") has no exact value of that type; change the query, or the type under 'types'");
  }

  @Test
  void thereIsNoCastBetweenThingsOfAnotherKind() {
    assertThat(Cast.between(Table.BOOL, type("int64"))).isEmpty();
    assertThat(Cast.between(Table.TIME_NS, type("int64"))).isEmpty();
    assertThat(Cast.between(ArrowType.Binary.INSTANCE, type("double"))).isEmpty();
    assertThat(Cast.between(Table.TEXT, type("duration[s]"))).isEmpty();
  }

  @Test
  void everyNameOfATypeIsKnownToTheWriter() {
    assertThat(TypeNames.PLAIN).allSatisfy(name -> assertThat(type(name).text()).isEqualTo(name));
    for (String name :
        List.of("decimal(38, 38)", "decimal(1,0)", "decimal(39, 0)", "decimal(1, 2)")) {
      assertThat(ColumnType.named(name).isPresent()).as(name).isEqualTo(TypeNames.isKnown(name));
    }
  }

  @Test
  void theTextOfAnyNumberIsShortestAndGivesItBack() throws Exception {
    long seed = 20261123;
    Random random = new Random(seed);
    for (int i = 0; i < 20_000; i++) {
      double value = Double.longBitsToDouble(random.nextLong());
      if (Double.isFinite(value)) {
        String text = cast("double", Double.toString(value), "string");
        assertThat(Double.parseDouble(text)).as("seed %d: %s", seed, text).isEqualTo(value);
        assertThat(text.length()).isLessThanOrEqualTo(Double.toString(value).length() + 6);
      }
      float small = Float.intBitsToFloat(random.nextInt());
      if (Float.isFinite(small)) {
        assertThat(Float.parseFloat(cast("float", Float.toString(small), "string")))
            .as("seed %d", seed)
            .isEqualTo(small);
      }
    }
  }

  @Test
  void aFileHoldsCastValuesAndNullsBatchAfterBatch(@TempDir Path folder) throws Exception {
    Table table =
        Table.of(
            Table.required("time", Table.TIME_NS),
            Table.nullable("n", Table.TEXT),
            Table.nullable("price", Table.DOUBLE),
            Table.nullable("label", Table.INT64),
            Table.nullable("empty", ArrowType.Null.INSTANCE));
    Table first =
        new Table(table.fields(), new ArrayList<>())
            .row(0L, "12", 1.5, null, null)
            .row(1_000L, null, null, 7L, null);
    Table second = new Table(table.fields(), new ArrayList<>()).row(2_000L, "-3", 0.1, 8L, null);
    Path file = folder.resolve("rows.parquet");
    Map<String, String> types =
        Map.of("n", "int32", "price", "decimal(20,2)", "label", "string", "empty", "double");

    try (BufferAllocator memory = new RootAllocator(64 << 20)) {
      WrittenFile.of(file, WrittenFile.typed(types), List.of(first, second), null, memory);
    }

    assertThat(
            Duck.ask(
                file,
                "SELECT n, price, label, empty, typeof(n), typeof(price), typeof(empty) FROM FILE"))
        .containsExactly(
            Arrays.asList("12", "1.50", "null", "null", "INTEGER", "DECIMAL(20,2)", "DOUBLE"),
            Arrays.asList("null", "null", "7", "null", "INTEGER", "DECIMAL(20,2)", "DOUBLE"),
            Arrays.asList("-3", "0.10", "8", "null", "INTEGER", "DECIMAL(20,2)", "DOUBLE"));
  }
}
