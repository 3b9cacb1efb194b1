package dev.tributary.query;

import io.grpc.netty.GrpcSslContexts;
import io.netty.handler.ssl.ClientAuth;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/** Certificates made on the spot by the JDK's keytool, as PEM files in one folder. */
final class Certificates {

  private static final String PASSWORD = "changeit";

  private final Path folder;
  private final Path store;

  private Certificates(Path folder) {
    this.folder = folder;
    this.store = folder.resolve("all.p12");
  }

  /** An authority {@code ca}; what else is needed is issued by it. */
  static Certificates in(Path folder) throws Exception {
    Certificates certificates = new Certificates(folder);
    certificates.make("ca", "-ext", "bc:c", "-validity", "3650");
    return certificates;
  }

  /** Another authority, which issued nothing. */
  Path stranger() throws Exception {
    make("stranger", "-ext", "bc:c", "-validity", "3650");
    return cert("stranger");
  }

  /** A certificate for loopback, issued by the authority. */
  Certificates issue(String name, String... options) throws Exception {
    return issueFor(name, "ip:127.0.0.1,dns:localhost", options);
  }

  /** A certificate for these alternative names. */
  Certificates issueFor(String name, String names, String... options) throws Exception {
    List<String> all = new ArrayList<>(List.of("-signer", "ca", "-ext", "san=" + names));
    all.addAll(List.of(options));
    make(name, all.toArray(String[]::new));
    return this;
  }

  Path cert(String name) {
    return folder.resolve(name + ".pem");
  }

  Path key(String name) {
    return folder.resolve(name + ".key");
  }

  /** A server that shows this certificate, and wants none itself. */
  SslContext server(String name) throws IOException {
    return GrpcSslContexts.configure(
            SslContextBuilder.forServer(cert(name).toFile(), key(name).toFile()))
        .build();
  }

  /** A server that shows this certificate, and wants one of our authority from its clients. */
  SslContext strictServer(String name) throws IOException {
    return GrpcSslContexts.configure(
            SslContextBuilder.forServer(cert(name).toFile(), key(name).toFile()))
        .trustManager(cert("ca").toFile())
        .clientAuth(ClientAuth.REQUIRE)
        .build();
  }

  private void make(String name, String... options) throws Exception {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair",
                "-alias",
                name,
                "-dname",
                "CN=" + name,
                "-keyalg",
                "EC",
                "-storetype",
                "PKCS12",
                "-keystore",
                store.toString(),
                "-storepass",
                PASSWORD));
    command.addAll(List.of(options));
    Path said = folder.resolve(name + ".txt");
    Process keytool =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(said.toFile()).start();
    if (keytool.waitFor() != 0) {
      throw new IOException(Files.readString(said));
    }
    export(name);
  }

  private void export(String name) throws IOException, GeneralSecurityException {
    KeyStore keys = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(store)) {
      keys.load(in, PASSWORD.toCharArray());
    }
    Files.writeString(cert(name), pem("CERTIFICATE", keys.getCertificate(name).getEncoded()));
    Files.writeString(
        key(name), pem("PRIVATE KEY", keys.getKey(name, PASSWORD.toCharArray()).getEncoded()));
  }

  private static String pem(String kind, byte[] bytes) {
    Base64.Encoder lines = Base64.getMimeEncoder(64, "\n".getBytes(StandardCharsets.US_ASCII));
    return "-----BEGIN "
        + kind
        + "-----\n"
        + lines.encodeToString(bytes)
        + "\n-----END "
        + kind
        + "-----\n";
  }
}
