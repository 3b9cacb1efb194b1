package dev.tributary.definition;

import dev.tributary.job.Source;
import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;

/** Binds one source. */
final class SourceBinder {

  private SourceBinder() {}

  static Optional<Source> bind(String name, Fields fields, Path folder) {
    Optional<URI> url = fields.value(SourceKeys.URL);
    if (url.isEmpty()) {
      if (fields.entry(SourceKeys.URL).isEmpty()) {
        fields.missing("source '" + name + "' needs 'url'");
      }
      return Optional.empty();
    }
    URI address = url.orElseThrow();
    boolean https = "https".equals(address.getScheme());
    String path = address.getRawPath();
    if (address.getHost() == null && address.getRawAuthority() != null) {
      fields.error(
          SourceKeys.URL,
          "'url' must name a host of letters, digits, dots and hyphens, and a port");
    } else if (address.getHost() == null || (address.getPort() < 0 && !https)) {
      fields.error(
          SourceKeys.URL, "'url' must name a host and a port, such as grpc://127.0.0.1:8181");
    } else if (address.getPort() == 0 || address.getPort() > 65_535) {
      fields.error(
          SourceKeys.URL, "'url' must name a port from 1 to 65535, but was " + address.getPort());
    } else if (path != null && !path.isEmpty() && !path.equals("/")) {
      fields.error(SourceKeys.URL, "'url' must end after the port; a path has no meaning");
    }
    if (fields.value(SourceKeys.CERT).isPresent() != fields.value(SourceKeys.KEY).isPresent()) {
      boolean cert = fields.value(SourceKeys.CERT).isPresent();
      fields.error(
          cert ? SourceKeys.CERT : SourceKeys.KEY,
          "'tls.cert' and 'tls.key' go together, but there is no '"
              + (cert ? "tls.key" : "tls.cert")
              + "'");
    }
    fields
        .value(SourceKeys.PROXY)
        .filter(proxy -> proxy.getHost() == null || proxy.getPort() < 1)
        .ifPresent(
            proxy ->
                fields.error(
                    SourceKeys.PROXY,
                    "'proxy' must name a host and a port, such as http://proxy.example:3128"));
    Source source =
        new Source(
            name,
            address,
            fields.value(SourceKeys.TOKEN),
            new Source.Tls(
                file(fields, SourceKeys.CA, folder),
                file(fields, SourceKeys.CERT, folder),
                file(fields, SourceKeys.KEY, folder)),
            fields.value(SourceKeys.PROXY),
            fields.valueOrFallback(SourceKeys.PARAMETERS),
            new Source.Timeouts(
                fields.valueOrFallback(SourceKeys.CONNECT),
                fields.valueOrFallback(SourceKeys.IDLE),
                fields.valueOrFallback(SourceKeys.WINDOW)),
            fields.valueOrFallback(SourceKeys.MAX_QUERIES).intValue(),
            fields.value(SourceKeys.RETENTION));
    boolean tls =
        source.tls().ca().isPresent()
            || source.tls().cert().isPresent()
            || source.tls().key().isPresent();
    if (tls && !source.encrypted()) {
      fields.error(SourceKeys.URL, "'tls' has no effect on grpc://; write grpc+tls://");
    }
    boolean loopback =
        "localhost".equals(address.getHost())
            || String.valueOf(address.getHost()).startsWith("127.")
            || "[::1]".equals(address.getHost());
    if (source.token().isPresent() && !source.encrypted() && !loopback) {
      fields.warning(
          SourceKeys.URL,
          "the token travels unencrypted to '" + address.getHost() + "'; write grpc+tls://");
    }
    return Optional.of(source);
  }

  private static Optional<Path> file(Fields fields, Key<String> key, Path folder) {
    return fields.value(key).map(folder::resolve);
  }
}
