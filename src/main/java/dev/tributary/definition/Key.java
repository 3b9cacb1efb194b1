package dev.tributary.definition;

/**
 * One configuration key: from the table of these come binding, checks, defaults and the JSON
 * Schema.
 *
 * @param name with dots between levels, such as {@code window.every}
 * @param type what its value must be
 * @param fallback the default as an operator would write it; empty when there is none
 * @param doc one line, for the schema
 */
record Key<T>(String name, KeyType<T> type, String fallback, String doc) {

  static <T> Key<T> of(String name, KeyType<T> type, String fallback, String doc) {
    return new Key<>(name, type, fallback, doc);
  }

  /** The default as a value. */
  T fallbackValue() {
    return type.parser().apply(fallback).value().orElseThrow();
  }

  /** The part before the first dot. */
  String head() {
    int dot = name.indexOf('.');
    return dot < 0 ? name : name.substring(0, dot);
  }
}
