package dev.tributary.encode;

import dev.tributary.encode.page.BytesCells;
import dev.tributary.encode.page.Cells;
import dev.tributary.encode.page.LongCells;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.format.DateTimeFormatter;
import java.util.HexFormat;
import java.util.Optional;
import org.apache.arrow.vector.types.pojo.ArrowType;

/**
 * The canonical text of a result's values: decimal numbers, ISO 8601 for times, small hex digits
 * for bytes. Parsing a number's text gives the number.
 */
final class CellText {

  private static final long NANOS_PER_SECOND = 1_000_000_000L;

  /** The number at a row, as it is. */
  @FunctionalInterface
  interface Exact {
    /** The number at a row that is no null; throws if it is no number, such as an infinity. */
    BigDecimal at(Cells cells, int row);
  }

  private final ColumnType type;
  private final long nanosPerUnit;

  /**
   * For values of a type.
   *
   * @param arrow the result's own type, in whose unit timestamps are
   */
  CellText(ColumnType type, ArrowType arrow) {
    this.type = type;
    this.nanosPerUnit =
        arrow instanceof ArrowType.Timestamp timestamp
            ? ColumnType.nanosPer(timestamp.getUnit())
            : type.arrow() instanceof ArrowType.Time time
                ? ColumnType.nanosPer(time.getUnit())
                : type.arrow() instanceof ArrowType.Duration duration
                    ? ColumnType.nanosPer(duration.getUnit())
                    : 1;
  }

  long nanosPerUnit() {
    return nanosPerUnit;
  }

  /** How to read the values as decimals; absent for what is no number. */
  Optional<Exact> exact() {
    return switch (type.arrow().getTypeID()) {
      case Int -> Optional.of((cells, row) -> new BigDecimal(integer(number(cells, row))));
      case FloatingPoint -> Optional.of(this::shortest);
      case Decimal -> Optional.of(this::decimal);
      default -> Optional.empty();
    };
  }

  /** The text of a value that is no null. */
  String at(Cells cells, int row) {
    return switch (type.arrow().getTypeID()) {
      case Utf8 -> new String(((BytesCells) cells).bytes(row), StandardCharsets.UTF_8);
      case Binary -> HexFormat.of().formatHex(((BytesCells) cells).bytes(row));
      case Decimal -> decimal(cells, row).toPlainString();
      case Bool -> String.valueOf(number(cells, row) != 0);
      case Int -> integer(number(cells, row)).toString();
      case FloatingPoint -> floating(cells, row);
      case Date -> LocalDate.ofEpochDay(number(cells, row)).toString();
      case Time ->
          LocalTime.ofNanoOfDay(number(cells, row) * nanosPerUnit)
              .format(DateTimeFormatter.ISO_LOCAL_TIME);
      case Timestamp -> TimeConversion.instant(number(cells, row), nanosPerUnit).toString();
      case Duration -> duration(number(cells, row)).toString();
      default -> throw new IllegalArgumentException("not a written type: " + type.text());
    };
  }

  private static long number(Cells cells, int row) {
    return ((LongCells) cells).values()[row];
  }

  private BigInteger integer(long value) {
    boolean signed = ((ArrowType.Int) type.arrow()).getIsSigned();
    return signed ? BigInteger.valueOf(value) : new BigInteger(Long.toUnsignedString(value));
  }

  private BigDecimal decimal(Cells cells, int row) {
    int scale = ((ArrowType.Decimal) type.arrow()).getScale();
    return cells instanceof BytesCells bytes
        ? new BigDecimal(new BigInteger(bytes.bytes(row)), scale)
        : BigDecimal.valueOf(number(cells, row), scale);
  }

  private Duration duration(long units) {
    long perSecond = NANOS_PER_SECOND / nanosPerUnit;
    return Duration.ofSeconds(
        Math.floorDiv(units, perSecond), Math.floorMod(units, perSecond) * nanosPerUnit);
  }

  private double floatingValue(Cells cells, int row) {
    long bits = number(cells, row);
    return type.equals(ColumnType.DOUBLE)
        ? Double.longBitsToDouble(bits)
        : Float.intBitsToFloat((int) bits);
  }

  private BigDecimal shortest(Cells cells, int row) {
    double value = floatingValue(cells, row);
    return type.equals(ColumnType.DOUBLE)
        ? ShortestDecimal.of(value)
        : ShortestDecimal.of((float) value);
  }

  private String floating(Cells cells, int row) {
    double value = floatingValue(cells, row);
    if (Double.isNaN(value) || Double.isInfinite(value)) {
      return String.valueOf(value);
    }
    return ShortestDecimal.text(shortest(cells, row), Math.copySign(1, value) < 0);
  }
}
