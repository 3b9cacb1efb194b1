package dev.tributary.sandbox;

import dev.tributary.job.Failure;
import dev.tributary.sandbox.table.Tables;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Tables made of line protocol, for tests outside of this package. */
public final class LoadedTables {

  private LoadedTables() {}

  public static Tables of(String lines, TimeUnit precision) {
    try {
      return new LineProtocol(lines, precision, 0).addTo(new Tables(Map.of()));
    } catch (Failure e) {
      throw new AssertionError(e);
    }
  }
}
