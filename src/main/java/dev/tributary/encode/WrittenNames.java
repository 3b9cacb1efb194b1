package dev.tributary.encode;

import dev.tributary.job.Failure;
import dev.tributary.job.Output.ColumnNames;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.Schema;

/** What a result's columns are called in the file. */
final class WrittenNames {

  private WrittenNames() {}

  /**
   * The written name of each of the result's columns, in order.
   *
   * @throws Failure of kind {@code REFUSED} if readers could not tell two of them apart: many,
   *     among them Spark, DuckDB and Hive, ignore case
   */
  static Map<String, String> of(Schema schema, ColumnNames naming) throws Failure {
    Map<String, String> written = new LinkedHashMap<>();
    Map<String, String> taken = new HashMap<>();
    for (Field field : schema.getFields()) {
      String original = field.getName();
      String name = naming == ColumnNames.SNAKE ? SnakeCase.of(original) : original;
      if (naming == ColumnNames.SNAKE && name.isEmpty()) {
        throw refused(
            "column '" + original + "' has no letter or digit for a name; give it an alias");
      }
      String other = taken.put(folded(name), original);
      if (other != null) {
        throw refused(clash(other, original, written.containsValue(name) ? name : ""));
      }
      written.put(original, name);
    }
    return written;
  }

  /** Upper case first, since some letters have two small forms. */
  private static String folded(String name) {
    return name.toUpperCase(Locale.ROOT).toLowerCase(Locale.ROOT);
  }

  /** The two columns, which have one written name or, if {@code shared} is empty, nearly one. */
  private static String clash(String first, String second, String shared) {
    if (first.equals(second)) {
      return "two columns are named '" + first + "'; give each its own alias";
    }
    String both = "columns '" + first + "' and '" + second + "' would ";
    return !shared.isEmpty()
        ? both + "both be written as '" + shared + "'; give one of them another alias"
        : both
            + "be written under names that differ only in case, which many readers do not tell"
            + " apart; give one of them another alias";
  }

  private static Failure refused(String what) {
    return new Failure(Failure.Kind.REFUSED, "cannot write the result: " + what);
  }
}
