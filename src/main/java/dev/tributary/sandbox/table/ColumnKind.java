package dev.tributary.sandbox.table;

/** What a column of a measurement is: a tag, the time, or a field of one of five types. */
public enum ColumnKind {
  /** Text that names the series; a point without it has null. */
  TAG("tag"),
  /** Nanoseconds since 1970; never null. */
  TIME("timestamp"),
  FLOAT("field::float"),
  INTEGER("field::integer"),
  /** Unsigned, kept as the bits of a {@code long}. */
  UINTEGER("field::uinteger"),
  STRING("field::string"),
  BOOLEAN("field::boolean");

  private final String wireName;

  ColumnKind(String wireName) {
    this.wireName = wireName;
  }

  /** The value of {@code iox::column::type} in the metadata of an Arrow field. */
  public String metadata() {
    return "iox::column_type::" + wireName;
  }

  /** Whether values are text. */
  public boolean isText() {
    return this == TAG || this == STRING;
  }
}
