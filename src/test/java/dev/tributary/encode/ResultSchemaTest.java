package dev.tributary.encode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.tributary.job.Column;
import dev.tributary.job.Failure;
import dev.tributary.job.Output;
import dev.tributary.job.Output.Format;
import dev.tributary.job.Output.TimestampUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.arrow.vector.types.IntervalUnit;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.apache.arrow.vector.types.pojo.DictionaryEncoding;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.FieldType;
import org.apache.arrow.vector.types.pojo.Schema;
import org.junit.jupiter.api.Test;

class ResultSchemaTest {

  private static final Field TIME = Table.required("time", Table.TIME_NS);

  private static String refusal(Field... fields) {
    Failure failure =
        catchThrowableOfType(
            Failure.class,
            () ->
                ResultSchema.of(new Schema(List.of(fields)), Output.DEFAULT, Optional.of("time")));
    assertThat(failure.kind()).isEqualTo(Failure.Kind.REFUSED);
    return failure.sentence();
  }

  @Test
  void columnsKeepTheirOrderAndThoseWithoutATypeAreSetAside() throws Exception {
    ResultSchema schema =
        ResultSchema.of(
            new Schema(
                List.of(
                    Table.nullable("n", new ArrowType.Int(16, true)),
                    TIME,
                    Table.nullable("nobody", ArrowType.Null.INSTANCE),
                    Table.nullable("big", Table.UINT64),
                    Table.nullable("text", ArrowType.LargeUtf8.INSTANCE))),
            WrittenFile.with(Format.PARQUET, TimestampUnit.MS),
            Optional.of("time"));

    assertThat(schema.columns())
        .containsExactly(
            new Column("n", "int16", true),
            new Column("time", "timestamp[ms, UTC]", false),
            new Column("big", "uint64", true),
            new Column("text", "string", true));
    assertThat(schema.unknown()).containsExactly("nobody");
    assertThat(schema.isNoData()).isFalse();
  }

  @Test
  void aResultWithoutColumnsIsNoDataEvenWithoutItsTime() throws Exception {
    assertThat(
            ResultSchema.of(new Schema(List.of()), Output.DEFAULT, Optional.of("time")).isNoData())
        .isTrue();
  }

  @Test
  void aStructNamesItsPartsAndHowToSelectOne() {
    Field struct =
        new Field(
            "last",
            FieldType.nullable(ArrowType.Struct.INSTANCE),
            List.of(Table.nullable("value", Table.DOUBLE), TIME));

    assertThat(refusal(TIME, struct))
        .isEqualTo(
            "cannot write the result: column 'last' is a struct of 'value', 'time'; select one part"
                + " of it, such as ['value'], and give it an alias");
  }

  @Test
  void aListAndADictionaryAreRefusedWithWhatToDo() {
    Field list =
        new Field(
            "parts",
            FieldType.nullable(ArrowType.List.INSTANCE),
            List.of(Table.nullable("item", Table.DOUBLE)));
    Field dictionary =
        new Field(
            "room",
            new FieldType(true, Table.TEXT, new DictionaryEncoding(1, false, null)),
            List.of());

    assertThat(refusal(TIME, list))
        .isEqualTo(
            "cannot write the result: column 'parts' is a list, which a lake cannot hold; cast it or"
                + " leave it out");
    assertThat(refusal(TIME, dictionary))
        .isEqualTo(
            "cannot write the result: column 'room' is dictionary-encoded; cast it to a string");
    assertThat(
            refusal(TIME, Table.nullable("took", new ArrowType.Interval(IntervalUnit.YEAR_MONTH))))
        .contains("column 'took' is an interval");
  }

  @Test
  void twoColumnsOfOneNameAreRefused() {
    assertThat(refusal(TIME, Table.nullable("x", Table.DOUBLE), Table.nullable("x", Table.TEXT)))
        .isEqualTo("cannot write the result: two columns are named 'x'; give each its own alias");
  }

  @Test
  void aMissingTimeColumnSaysWhichColumnsThereAre() {
    assertThat(refusal(Table.nullable("bin", Table.TIME_NS), Table.nullable("x", Table.DOUBLE)))
        .isEqualTo(
            "cannot write the result: it has no column 'time', only 'bin', 'x'; alias the time, or"
                + " say under 'time_column' which column it is, or 'none'");
    assertThat(refusal(Table.nullable("time", Table.TEXT)))
        .startsWith("cannot write the result: column 'time' should be the time, but is ");
  }

  @Test
  void aTypeThatAColumnCannotBecomeIsRefusedBeforeTheFirstRow() {
    Failure failure =
        catchThrowableOfType(
            Failure.class,
            () ->
                ResultSchema.of(
                    new Schema(List.of(TIME, Table.nullable("on", Table.BOOL))),
                    WrittenFile.typed(Map.of("on", "date32")),
                    Optional.of("time")));

    assertThat(failure.sentence())
        .isEqualTo(
            "cannot write the result: column 'on' is bool, which cannot become date32; cast it in"
                + " the query, or name another type under 'types'");
  }

  @Test
  void aColumnOfNullsTakesTheTypeNamedForIt() throws Exception {
    ResultSchema schema =
        ResultSchema.of(
            new Schema(List.of(TIME, Table.nullable("x", ArrowType.Null.INSTANCE))),
            WrittenFile.typed(Map.of("x", "double")),
            Optional.of("time"));

    assertThat(schema.columns()).contains(new Column("x", "double", true));
    assertThat(schema.unknown()).isEmpty();
  }
}
