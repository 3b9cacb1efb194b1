package dev.tributary.definition;

import dev.tributary.job.Bin;
import java.util.Optional;

/**
 * One call in a query that groups rows by time.
 *
 * @param offset UTF-16 offset of the call in the query
 * @param length UTF-16 length of the call
 * @param bin its grid; absent when it cannot be read from the text
 * @param obstacle why it cannot be read; empty when it can
 */
record BinReading(int offset, int length, Optional<Bin> bin, String obstacle) {

  static BinReading of(Call call, Bin bin) {
    return new BinReading(call.name().offset(), call.length(), Optional.of(bin), "");
  }

  static BinReading unreadable(Call call, String obstacle) {
    return new BinReading(call.name().offset(), call.length(), Optional.empty(), obstacle);
  }

  boolean isReadable() {
    return bin.isPresent();
  }
}
