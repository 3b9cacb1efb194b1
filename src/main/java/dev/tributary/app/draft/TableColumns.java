package dev.tributary.app.draft;

import java.util.List;

/**
 * A table and its columns, by what may be done with them.
 *
 * @param tags what series are told apart by
 * @param numbers fields that have means
 * @param others fields that have none: texts, truths
 */
public record TableColumns(
    String name, List<String> tags, List<String> numbers, List<String> others) {

  public TableColumns {
    tags = List.copyOf(tags);
    numbers = List.copyOf(numbers);
    others = List.copyOf(others);
  }
}
