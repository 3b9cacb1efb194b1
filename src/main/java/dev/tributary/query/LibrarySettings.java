package dev.tributary.query;

import java.util.Map;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * How the libraries below us are set up: properties that each reads once, when its classes load. A
 * property that is set on the command line stays as it is.
 *
 * <p>Two that are known for speed are left alone, {@code arrow.enable_unsafe_memory_access} and
 * {@code arrow.enable_null_check_for_get}: they would take away the checks between offsets that a
 * server sent and the memory of this process.
 */
public final class LibrarySettings {

  private static final Map<String, String> PROPERTIES =
      Map.of(
          // batches are read where they lie, instead of through a copy
          "arrow.flight.enable_zero_copy_read", "true",
          // the one that is installed; otherwise every jar is searched for others
          "arrow.allocation.manager.type", "Unsafe",
          // names channels in logs; otherwise every network interface is asked for its address
          "io.netty.machineId", "02:00:00:00:00:00:00:01",
          "io.netty.processId", Long.toString(ProcessHandle.current().pid() & 0x3fffff),
          // for developers of Netty handlers, of which we have none
          "io.netty.leakDetection.level", "disabled");

  // strongly held, or its level would be forgotten
  private static final Logger GRPC = Logger.getLogger("io.grpc");

  private LibrarySettings() {}

  /** Sets what is not set; to be called before any class of Arrow, Netty or gRPC is touched. */
  public static void apply() {
    PROPERTIES.forEach(
        (name, value) -> {
          if (System.getProperty(name) == null) {
            System.setProperty(name, value);
          }
        });
    // it prints stack traces of failed connections beside our sentence about them
    GRPC.setLevel(Level.SEVERE);
  }
}
