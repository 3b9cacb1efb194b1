package dev.tributary.query;

import dev.tributary.job.Failure;
import dev.tributary.job.Source;
import io.grpc.netty.GrpcSslContexts;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import javax.net.ssl.SSLException;

/** The certificates of an encrypted connection, read from the operator's PEM files. */
final class Tls {

  private Tls() {}

  /**
   * Reads the files as they are now.
   *
   * @throws Failure of kind {@code NOT_AUTHORISED} that names the file which cannot be used
   */
  static SslContext context(Source source) throws Failure {
    SslContextBuilder builder = GrpcSslContexts.forClient();
    Optional<Path> ca = source.tls().ca();
    if (ca.isPresent()) {
      Path file = readable(source, "tls.ca", ca.get());
      try {
        builder.trustManager(file.toFile());
      } catch (IllegalArgumentException e) {
        throw unusable(source, "tls.ca", file, "holds no certificate in PEM form");
      }
    }
    Optional<Path> cert = source.tls().cert();
    Optional<Path> key = source.tls().key();
    if (cert.isPresent() && key.isPresent()) {
      Path certFile = readable(source, "tls.cert", cert.get());
      Path keyFile = readable(source, "tls.key", key.get());
      try {
        builder.keyManager(certFile.toFile(), keyFile.toFile());
      } catch (IllegalArgumentException e) {
        // the library's message names the file that it could not read
        boolean aboutKey = String.valueOf(e.getMessage()).contains("private key");
        throw aboutKey
            ? unusable(source, "tls.key", keyFile, "holds no PKCS #8 private key in PEM form")
            : unusable(source, "tls.cert", certFile, "holds no certificate in PEM form");
      }
    }
    try {
      return builder.build();
    } catch (SSLException e) {
      throw new Failure(
          Failure.Kind.NOT_AUTHORISED,
          "cannot prepare TLS for source '%s': %s; check the files under 'tls' of the source"
              .formatted(
                  source.name(),
                  ServerText.line(String.valueOf(e.getMessage()), Optional.empty())));
    }
  }

  private static Path readable(Source source, String entry, Path file) throws Failure {
    if (!Files.exists(file)) {
      throw unusable(source, entry, file, "does not exist");
    }
    if (!Files.isReadable(file)) {
      throw unusable(source, entry, file, "may not be read by this user");
    }
    return file;
  }

  private static Failure unusable(Source source, String entry, Path file, String why) {
    return new Failure(
        Failure.Kind.NOT_AUTHORISED,
        "cannot prepare TLS for source '%s': '%s' %s; correct '%s' of the source"
            .formatted(source.name(), file, why, entry));
  }
}
