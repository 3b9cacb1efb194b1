package dev.tributary.definition;

import java.util.Map;
import java.util.function.Function;

/**
 * What a value must be.
 *
 * @param form how many scalars make the value
 * @param parser reads one scalar
 * @param schema its JSON Schema, for one scalar
 * @param secret whether the value is a reference to a secret, the only place for one
 */
record KeyType<T>(
    Form form, Function<String, Parsed<T>> parser, Map<String, Object> schema, boolean secret) {

  /** How many scalars make a value. */
  enum Form {
    ONE,
    /** A list, which may be written as one value. */
    MANY,
    /** A map from names to scalars. */
    MAP
  }

  static <T> KeyType<T> one(Map<String, Object> schema, Function<String, Parsed<T>> parser) {
    return new KeyType<>(Form.ONE, parser, schema, false);
  }

  KeyType<T> many() {
    return new KeyType<>(Form.MANY, parser, schema, secret);
  }

  KeyType<T> map() {
    return new KeyType<>(Form.MAP, parser, schema, secret);
  }
}
