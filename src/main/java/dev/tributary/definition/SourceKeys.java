package dev.tributary.definition;

import static dev.tributary.definition.KeyTypes.choice;
import static dev.tributary.definition.KeyTypes.duration;
import static dev.tributary.definition.KeyTypes.number;
import static dev.tributary.definition.KeyTypes.reference;
import static dev.tributary.definition.KeyTypes.url;

import dev.tributary.job.Secret;
import dev.tributary.job.Source;
import java.net.URI;
import java.time.Duration;
import java.util.List;

/** The keys of a source. */
final class SourceKeys {

  static final Key<URI> URL =
      Key.of(
          "url",
          url("grpc", "grpc+tls", "https"),
          "",
          "grpc://host:port, grpc+tls://host:port, or https://host");
  static final Key<Secret> TOKEN = Key.of("token", reference(), "", "Bearer token, by reference");
  static final Key<String> CA =
      Key.of("tls.ca", KeyTypes.file(), "", "PEM file with the authorities to trust");
  static final Key<String> CERT =
      Key.of("tls.cert", KeyTypes.file(), "", "PEM file with our certificate");
  static final Key<String> KEY =
      Key.of("tls.key", KeyTypes.file(), "", "PEM file with our private key");
  static final Key<URI> PROXY = Key.of("proxy", url("http"), "", "HTTP proxy to CONNECT through");
  static final Key<Source.Parameters> PARAMETERS =
      Key.of(
          "parameters",
          choice(Source.Parameters.class),
          "bind",
          "Whether $start and $end are bound by the server or substituted");
  static final Key<Duration> CONNECT =
      Key.of(
          "timeouts.connect",
          duration(Duration.ofSeconds(1)),
          "10s",
          "Longest wait for a connection");
  static final Key<Duration> IDLE =
      Key.of(
          "timeouts.idle", duration(Duration.ofSeconds(1)), "60s", "Longest silence of the server");
  static final Key<Duration> WINDOW =
      Key.of("timeouts.window", duration(Duration.ofSeconds(1)), "5m", "Longest time of one query");
  static final Key<Long> MAX_QUERIES = Key.of("max_queries", number(1, 64), "2", "Queries at once");
  static final Key<Duration> RETENTION =
      Key.of("retention", duration(Duration.ofSeconds(1)), "", "How long the server keeps rows");
  static final List<Key<?>> ALL =
      List.of(
          URL,
          TOKEN,
          CA,
          CERT,
          KEY,
          PROXY,
          PARAMETERS,
          CONNECT,
          IDLE,
          WINDOW,
          MAX_QUERIES,
          RETENTION);

  private SourceKeys() {}
}
