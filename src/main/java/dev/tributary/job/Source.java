package dev.tributary.job;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * An InfluxDB 3 server as the operator defined it.
 *
 * @param name the key under {@code sources}
 * @param url {@code grpc://host:port}, {@code grpc+tls://host:port} or {@code https://host[:port]}
 * @param token bearer token, by reference
 * @param tls certificates for an encrypted connection
 * @param proxy HTTP proxy to CONNECT through
 * @param parameters how window bounds reach the query
 * @param timeouts how long to wait for what
 * @param maxQueries queries at once, 1 to 64
 * @param retention how long the server keeps rows, where the operator said so
 */
public record Source(
    String name,
    URI url,
    Optional<Secret> token,
    Tls tls,
    Optional<URI> proxy,
    Parameters parameters,
    Timeouts timeouts,
    int maxQueries,
    Optional<Duration> retention) {

  /** Whether {@code $start} and {@code $end} are bound by the server or substituted by us. */
  public enum Parameters {
    BIND,
    LITERAL
  }

  /**
   * PEM files; each absent one means the system's default.
   *
   * @param ca certificate authorities to trust instead of the system's
   * @param cert our certificate, for mutual TLS; always together with {@code key}
   * @param key our private key, PKCS #8
   */
  public record Tls(Optional<Path> ca, Optional<Path> cert, Optional<Path> key) {
    public static final Tls SYSTEM = new Tls(Optional.empty(), Optional.empty(), Optional.empty());
  }

  /**
   * How long to wait for what.
   *
   * @param connect until the connection stands
   * @param idle longest silence between two messages, keep-alives included
   * @param window one query from ticket to end of stream
   */
  public record Timeouts(Duration connect, Duration idle, Duration window) {
    public static final Timeouts DEFAULT =
        new Timeouts(Duration.ofSeconds(10), Duration.ofSeconds(60), Duration.ofMinutes(5));
  }

  /** The same source at another address. */
  public Source at(URI other) {
    return new Source(name, other, token, tls, proxy, parameters, timeouts, maxQueries, retention);
  }

  /** The same source behind a proxy. */
  public Source through(URI other) {
    return new Source(
        name, url, token, tls, Optional.of(other), parameters, timeouts, maxQueries, retention);
  }

  /** Whether the connection is encrypted. */
  public boolean encrypted() {
    return !"grpc".equals(url.getScheme());
  }
}
