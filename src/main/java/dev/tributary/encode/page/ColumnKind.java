package dev.tributary.encode.page;

import java.util.List;
import java.util.Optional;
import java.util.function.IntFunction;
import java.util.function.Supplier;
import org.apache.parquet.schema.LogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.DecimalLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.IntLogicalTypeAnnotation;
import org.apache.parquet.schema.PrimitiveType;

/**
 * What suits columns of one physical type: how values are gathered, which encodings are tried, how
 * bounds are found.
 *
 * @param page makes an empty page for so many rows at most
 * @param encodings without a dictionary, PLAIN first, then those that are tried against it
 * @param dictionary makes an empty dictionary; absent where it never pays
 */
record ColumnKind<C extends Cells, P extends Page<C>>(
    IntFunction<P> page,
    List<ValuesEncoding<P>> encodings,
    Optional<Supplier<Dictionary<P>>> dictionary,
    Bounds<P> bounds) {

  /**
   * For the types whose cells are numbers.
   *
   * @param classic whether only encodings are wanted that every reader knows
   */
  static ColumnKind<LongCells, LongPage> numbers(PrimitiveType type, boolean classic) {
    return switch (type.getPrimitiveTypeName()) {
      case BOOLEAN -> numbers(List.of(new PlainBooleans()), LongBounds.BOOLEAN);
      case INT32 ->
          numbers(tried(classic, new PlainInts(), new DeltaLongs(true)), LongBounds.INT, true);
      case INT64 ->
          numbers(
              tried(classic, new PlainLongs(), new DeltaLongs(false)),
              isUnsigned(type) ? LongBounds.UNSIGNED_LONG : LongBounds.LONG,
              false);
      case FLOAT ->
          numbers(
              tried(classic, new PlainInts(), new SplitBytes(Integer.BYTES)),
              LongBounds.FLOAT,
              true);
      case DOUBLE ->
          numbers(
              tried(classic, new PlainLongs(), new SplitBytes(Long.BYTES)),
              LongBounds.DOUBLE,
              false);
      case BINARY, FIXED_LEN_BYTE_ARRAY, INT96 ->
          throw new IllegalArgumentException("not a type of numbers: " + type);
    };
  }

  private static ColumnKind<LongCells, LongPage> numbers(
      List<ValuesEncoding<LongPage>> encodings, LongBounds bounds) {
    return new ColumnKind<>(LongPage::new, encodings, Optional.empty(), bounds);
  }

  private static ColumnKind<LongCells, LongPage> numbers(
      List<ValuesEncoding<LongPage>> encodings, LongBounds bounds, boolean ints) {
    return new ColumnKind<>(
        LongPage::new, encodings, Optional.of(() -> new LongDictionary(ints, bounds)), bounds);
  }

  private static List<ValuesEncoding<LongPage>> tried(
      boolean classic, ValuesEncoding<LongPage> plain, ValuesEncoding<LongPage> newer) {
    return classic ? List.of(plain) : List.of(plain, newer);
  }

  private static boolean isUnsigned(PrimitiveType type) {
    return type.getLogicalTypeAnnotation() instanceof IntLogicalTypeAnnotation integer
        && !integer.isSigned();
  }

  /** For the types whose cells are bytes. */
  static ColumnKind<BytesCells, BytesPage> bytes(PrimitiveType type) {
    boolean prefixed = type.getPrimitiveTypeName() == PrimitiveType.PrimitiveTypeName.BINARY;
    LogicalTypeAnnotation meaning = type.getLogicalTypeAnnotation();
    boolean signed = meaning instanceof DecimalLogicalTypeAnnotation;
    return new ColumnKind<>(
        BytesPage::new,
        List.of(new PlainBytes(prefixed)),
        Optional.of(() -> new BytesDictionary(prefixed, new BytesBounds(signed))),
        new BytesBounds(signed));
  }
}
