package dev.tributary.query;

import static dev.tributary.job.Failure.Kind.CONFIGURATION;
import static dev.tributary.job.Failure.Kind.NOT_AUTHORISED;
import static dev.tributary.job.Failure.Kind.UNREACHABLE;

import dev.tributary.job.Durations;
import dev.tributary.job.Failure;
import io.grpc.Status;
import io.netty.channel.ConnectTimeoutException;
import io.netty.handler.ssl.NotSslRecordException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.UnknownHostException;
import java.security.cert.CertPathBuilderException;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import java.util.Locale;
import java.util.Optional;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/**
 * Why no InfluxDB 3 server could be spoken to at all: no such host, nobody listening, the wrong
 * protocol, a certificate that does not convince. One sentence each, with what to do about it.
 */
final class Contact {

  private static final String NOT_SETTINGS = "First received frame was not SETTINGS";

  private Contact() {}

  /** The failure behind a status whose cause lies in the connection, if that is where it lies. */
  static Optional<Failure> lost(Status status, Asked asked) {
    @Nullable Throwable cause = status.getCause();
    if (find(cause, UnknownHostException.class).isPresent()) {
      return unreachable(asked, "there is no such host", "check 'url' and name resolution");
    }
    if (find(cause, ConnectTimeoutException.class).isPresent()) {
      return unreachable(
          asked,
          "no connection within " + Durations.text(asked.source().timeouts().connect()),
          "check 'url', the network and its firewalls");
    }
    Optional<ConnectException> refused = find(cause, ConnectException.class);
    if (refused.isPresent()) {
      boolean nobody = String.valueOf(refused.get().getMessage()).contains("refused");
      return nobody
          ? unreachable(
              asked, "the connection was refused", "check that the server runs and 'url' is right")
          : unreachable(asked, "there is no way to it", "check 'url' and the network");
    }
    if (find(cause, NoRouteToHostException.class).isPresent()) {
      return unreachable(asked, "there is no way to it", "check 'url' and the network");
    }
    Optional<Failure> tls = encryption(cause, asked).or(() -> protocol(status, asked));
    if (tls.isEmpty() && said(status).contains("Network closed")) {
      return unreachable(
          asked,
          "the connection broke before the answer was complete",
          "another attempt may succeed");
    }
    return tls.or(
        () ->
            find(cause, IOException.class)
                .map(
                    problem ->
                        failure(
                            asked,
                            UNREACHABLE,
                            "the connection broke: " + text(problem, asked),
                            "another attempt may succeed")));
  }

  /** As {@link #lost}, where the server has not said a word yet. */
  static Optional<Failure> never(Status status, Asked asked) {
    if (!asked.source().encrypted() && said(status).contains("Network closed")) {
      return unreachable(
          asked,
          "the server closed the connection without an answer",
          "if it wants TLS, use grpc+tls:// in 'url'; otherwise another attempt may succeed");
    }
    return lost(status, asked);
  }

  private static Optional<Failure> encryption(@Nullable Throwable cause, Asked asked) {
    if (find(cause, NotSslRecordException.class).isPresent()) {
      return Optional.of(
          failure(
              asked,
              CONFIGURATION,
              "the server does not encrypt this connection, and 'url' asks for TLS",
              "use grpc:// in 'url', or the server's port for TLS"));
    }
    if (find(cause, CertificateExpiredException.class).isPresent()) {
      return distrusted(asked, "the server's certificate has expired", "renew it at the server");
    }
    if (find(cause, CertificateNotYetValidException.class).isPresent()) {
      return distrusted(
          asked, "the server's certificate is not valid yet", "check the clocks on both sides");
    }
    if (find(cause, CertPathBuilderException.class).isPresent()
        || find(cause, CertPathValidatorException.class).isPresent()) {
      return distrusted(
          asked,
          "the server's certificate was not issued by a trusted authority",
          "name the file of its authority under 'tls.ca' of the source");
    }
    Optional<CertificateException> certificate = find(cause, CertificateException.class);
    if (certificate.isPresent()) {
      return distrusted(
          asked,
          "the server's certificate does not fit: " + text(certificate.get(), asked),
          "use the name in its certificate in 'url', or have it reissued");
    }
    return find(cause, SSLException.class).map(problem -> handshake(problem, asked));
  }

  private static Failure handshake(SSLException problem, Asked asked) {
    String text = text(problem, asked);
    String alert = text.toLowerCase(Locale.ROOT).replace('_', ' ');
    if (alert.contains("certificate") || alert.contains("unknown ca")) {
      boolean shown = asked.source().tls().cert().isPresent();
      return failure(
          asked,
          NOT_AUTHORISED,
          shown
              ? "the server did not accept our certificate: " + text
              : "the server wants a certificate of ours, and none is set",
          "set 'tls.cert' and 'tls.key' of the source to a certificate it trusts");
    }
    return failure(
        asked,
        UNREACHABLE,
        "the encrypted connection failed: " + text,
        "check that 'url' names the server's port for TLS");
  }

  private static Optional<Failure> protocol(Status status, Asked asked) {
    String said = said(status);
    int dump = said.indexOf("bytes: ", Math.max(0, said.indexOf(NOT_SETTINGS)));
    if (said.contains(NOT_SETTINGS) && dump >= 0) {
      String first = said.substring(dump + "bytes: ".length());
      return Optional.of(
          first.startsWith("1503")
              ? failure(
                  asked,
                  CONFIGURATION,
                  "the server wants TLS, and 'url' does not ask for it",
                  "use grpc+tls:// in 'url'")
              : noFlight(
                  asked, first.startsWith("48545450") ? "it answers in HTTP/1" : "no HTTP/2"));
    }
    boolean foreign =
        switch (status.getCode()) {
          case UNIMPLEMENTED, UNKNOWN, INTERNAL -> said.startsWith("HTTP status code");
          default -> false;
        };
    if (foreign) {
      return Optional.of(noFlight(asked, asked.quoted(said.lines().findFirst().orElse(""))));
    }
    return Optional.empty();
  }

  private static Failure noFlight(Asked asked, String evidence) {
    return failure(
        asked,
        UNREACHABLE,
        "what answers there does not speak gRPC (" + evidence + ")",
        "point 'url' at the query address of an InfluxDB 3 server");
  }

  private static Optional<Failure> unreachable(Asked asked, String happened, String follows) {
    return Optional.of(failure(asked, UNREACHABLE, happened, follows));
  }

  private static Optional<Failure> distrusted(Asked asked, String happened, String follows) {
    return Optional.of(failure(asked, NOT_AUTHORISED, happened, follows));
  }

  private static Failure failure(Asked asked, Failure.Kind kind, String happened, String follows) {
    return new Failure(
        kind,
        "cannot reach source '%s' at '%s': %s; %s"
            .formatted(asked.source().name(), asked.place(), happened, follows));
  }

  private static String text(Throwable problem, Asked asked) {
    return asked.quoted(String.valueOf(problem.getMessage()));
  }

  private static String said(Status status) {
    StringBuilder all = new StringBuilder(String.valueOf(status.getDescription()));
    for (@Nullable Throwable t = status.getCause(); t != null; t = t.getCause()) {
      all.append(' ').append(t.getMessage());
    }
    return all.toString();
  }

  /** The first of a type in a chain of causes. */
  static <T extends Throwable> Optional<T> find(@Nullable Throwable thrown, Class<T> type) {
    for (@Nullable Throwable t = thrown; t != null; t = t.getCause()) {
      if (type.isInstance(t)) {
        return Optional.of(type.cast(t));
      }
    }
    return Optional.empty();
  }
}
