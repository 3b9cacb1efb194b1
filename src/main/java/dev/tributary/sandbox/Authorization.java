package dev.tributary.sandbox;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;
import org.apache.arrow.flight.CallHeaders;
import org.apache.arrow.flight.CallInfo;
import org.apache.arrow.flight.CallStatus;
import org.apache.arrow.flight.FlightServerMiddleware;
import org.apache.arrow.flight.RequestContext;
import org.jspecify.annotations.Nullable;

/** The token that came with a call, kept until the ticket has been read. */
final class Authorization implements FlightServerMiddleware {

  static final FlightServerMiddleware.Key<Authorization> KEY =
      FlightServerMiddleware.Key.of("authorization");

  private final Optional<String> token;

  private Authorization(Optional<String> token) {
    this.token = token;
  }

  static Authorization read(CallInfo call, CallHeaders headers, RequestContext context) {
    return new Authorization(token(headers.get("authorization")));
  }

  /** Schemes are case-sensitive; the user of {@code Basic} is not looked at. */
  private static Optional<String> token(@Nullable String header) {
    if (header == null) {
      return Optional.empty();
    }
    for (String scheme : new String[] {"Bearer ", "Token "}) {
      if (header.startsWith(scheme)) {
        return Optional.of(header.substring(scheme.length()));
      }
    }
    if (!header.startsWith("Basic ")) {
      return Optional.empty();
    }
    try {
      byte[] decoded = Base64.getDecoder().decode(header.substring("Basic ".length()));
      String pair = new String(decoded, StandardCharsets.UTF_8);
      return Optional.of(pair.substring(pair.indexOf(':') + 1));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  void require(Optional<String> wanted) throws Refusal {
    if (wanted.isPresent() && !wanted.equals(token)) {
      throw new Refusal(CallStatus.UNAUTHENTICATED, "Unauthenticated");
    }
  }

  @Override
  public void onBeforeSendingHeaders(CallHeaders outgoing) {
    // nothing to add
  }

  @Override
  public void onCallCompleted(CallStatus status) {
    // nothing to keep
  }

  @Override
  public void onCallErrored(Throwable error) {
    // nothing to keep
  }
}
