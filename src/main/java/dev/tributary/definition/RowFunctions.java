package dev.tributary.definition;

import java.util.Set;

/** Functions of the server's SQL that make one value of one row, and what looks like a call. */
final class RowFunctions {

  private static final Set<String> FUNCTIONS =
      Set.of(
          "abs", "acos", "arrow_cast", "arrow_typeof", "asin", "atan", "atan2", "btrim", "cast",
          "cbrt", "ceil", "char_length", "character_length", "coalesce", "concat", "concat_ws",
          "cos", "cot", "date_bin", "date_bin_wallclock", "date_format", "date_part", "date_trunc",
          "datepart", "datetrunc", "degrees", "encode", "exp", "extract", "floor", "from_unixtime",
          "greatest", "isnan", "iszero", "least", "left", "length", "ln", "log", "log10", "log2",
          "lower", "lpad", "ltrim", "md5", "nanvl", "nullif", "nvl", "nvl2", "octet_length", "pow",
          "power", "radians", "regexp_like", "regexp_match", "regexp_replace", "replace", "reverse",
          "right", "round", "rpad", "rtrim", "sha256", "signum", "sin", "split_part", "sqrt",
          "starts_with", "strpos", "substr", "substring", "tan", "to_char", "to_date",
          "to_local_time", "to_timestamp", "to_timestamp_micros", "to_timestamp_millis",
          "to_timestamp_nanos", "to_timestamp_seconds", "to_unixtime", "trim", "trunc", "try_cast",
          "tz", "upper");

  private static final Set<String> NO_CALLS =
      Set.of(
          "and", "as", "between", "by", "case", "char", "decimal", "else", "end", "from", "ilike",
          "in", "interval", "is", "like", "not", "numeric", "on", "or", "select", "then",
          "timestamp", "varchar", "when", "where");

  private RowFunctions() {}

  /** Whether the call looks at nothing but the row, or is none. */
  static boolean isOne(Call call) {
    return FUNCTIONS.contains(call.function()) || NO_CALLS.contains(call.function());
  }
}
