package dev.tributary.land.objectstore;

import dev.tributary.job.Failure;
import dev.tributary.job.Failure.Kind;
import java.net.URI;
import java.util.Locale;

/** What a store said, as a sentence for the operator. */
final class Complaints {

  private Complaints() {}

  static Failure cannotRead(URI address, StoreFault fault) {
    return failure("read", address, fault, Kind.REFUSED);
  }

  static Failure cannotWrite(URI address, StoreFault fault) {
    return failure("write", address, fault, Kind.CANNOT_WRITE);
  }

  /** A store's own words as a clause: one line, in lower case, without a full stop. */
  static String clause(String words) {
    String line = words.strip().replaceAll("\\s+", " ");
    String bare = line.endsWith(".") ? line.substring(0, line.length() - 1) : line;
    return bare.isEmpty()
        ? bare
        : bare.substring(0, 1).toLowerCase(Locale.ROOT) + bare.substring(1);
  }

  private static Failure failure(String verb, URI address, StoreFault fault, Kind invalid) {
    if (fault.getCause() instanceof UnreadableSecret secret) {
      return secret.failure();
    }
    Kind kind =
        switch (fault.sort()) {
          case REFUSED -> Kind.TRY_AGAIN;
          case UNCLEAR -> Kind.UNREACHABLE;
          case MISSING -> Kind.NOT_FOUND;
          case DENIED -> Kind.NOT_AUTHORISED;
          case INVALID -> invalid;
        };
    return new Failure(
        kind, "cannot " + verb + " '" + address + "': " + fault.reason() + advice(kind), fault);
  }

  private static String advice(Kind kind) {
    return switch (kind) {
      case NOT_FOUND -> "; create the bucket, or correct 'url'";
      case NOT_AUTHORISED -> "; check the credentials and what they allow";
      case UNREACHABLE, TRY_AGAIN -> "; try again";
      default -> "";
    };
  }
}
