package dev.tributary.land.objectstore;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tributary.job.DestinationSpec;
import dev.tributary.job.Secret;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Assumptions;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.MultipartUpload;

/**
 * S3 in a Java process of its own, for its libraries are not ours: started at the first use, ended
 * with the tests. It keeps objects in memory.
 */
public final class S3Proxy {

  public static final String ACCESS_KEY = "test-access";
  public static final String SECRET_KEY = "test-secret";

  private static final Path CLASS_PATH = Path.of("target/s3proxy.classpath");
  private static final AtomicInteger BUCKETS = new AtomicInteger();
  private static final Optional<URI> RUNNING = inMemory();

  private S3Proxy() {}

  /** Where it listens; a test that cannot have it is left out, and says so. */
  public static URI endpoint() {
    if (RUNNING.isEmpty()) {
      String left = "left out: no " + CLASS_PATH + ", which 'mvn generate-test-resources' writes";
      assertThat(System.getenv("CI")).as(left).isNotEqualTo("true");
      System.err.println(left);
      Assumptions.abort(left);
    }
    return RUNNING.orElseThrow();
  }

  /** A destination in a new bucket. */
  public static DestinationSpec spec(String prefix) {
    return at(endpoint(), newBucket(), prefix);
  }

  static String newBucket() {
    return newBucket(endpoint());
  }

  static String newBucket(URI endpoint) {
    String bucket = "lake-" + BUCKETS.incrementAndGet();
    try (S3Client client = S3Clients.client(at(endpoint, bucket, ""), S3Proxy::secret)) {
      client.createBucket(request -> request.bucket(bucket));
    }
    return bucket;
  }

  static DestinationSpec at(URI endpoint, String bucket, String prefix) {
    Map<String, String> settings = new HashMap<>();
    settings.put("endpoint", endpoint.toString());
    settings.put("path_style", "true");
    return new DestinationSpec(
        "lake",
        URI.create("s3://" + bucket + (prefix.isEmpty() ? "" : "/" + prefix)),
        false,
        settings,
        Map.of(
            "access_key", new Secret(Secret.Store.ENV, "ACCESS"),
            "secret_key", new Secret(Secret.Store.ENV, "SECRET")));
  }

  /** What the references of {@link #spec} stand for. */
  public static String secret(Secret secret) {
    return secret.name().equals("ACCESS") ? ACCESS_KEY : SECRET_KEY;
  }

  /** Names of the uploads in a destination's bucket that nobody has ended. */
  public static List<String> pending(DestinationSpec spec) {
    try (S3Client client = S3Clients.client(spec, S3Proxy::secret)) {
      return client
          .listMultipartUploads(request -> request.bucket(spec.url().getAuthority()))
          .uploads()
          .stream()
          .map(MultipartUpload::key)
          .toList();
    }
  }

  /** Another one, for objects that would not fit into memory: it keeps them in a folder. */
  static URI onDisk(Path folder) {
    endpoint();
    return start("filesystem-nio2", folder).orElseThrow();
  }

  private static Optional<URI> inMemory() {
    try {
      return start("transient-nio2", Files.createTempDirectory("s3proxy"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Optional<URI> start(String provider, Path folder) {
    if (!Files.exists(CLASS_PATH)) {
      return Optional.empty();
    }
    try {
      int port = freePort();
      URI endpoint = URI.create("http://127.0.0.1:" + port);
      Process process =
          new ProcessBuilder(
                  Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                  "-Xmx512m",
                  "-XX:+UseSerialGC",
                  "-XX:TieredStopAtLevel=1",
                  "-Dlogback.configurationFile=" + quiet(folder),
                  "-cp",
                  Files.readString(CLASS_PATH).strip(),
                  "org.gaul.s3proxy.Main",
                  "--properties",
                  settings(folder, endpoint, provider).toString())
              .redirectErrorStream(true)
              .redirectOutput(folder.resolve("log").toFile())
              .start();
      Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly));
      await(process, port, folder);
      return Optional.of(endpoint);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Path settings(Path folder, URI endpoint, String provider) throws IOException {
    Properties settings = new Properties();
    settings.setProperty("s3proxy.endpoint", endpoint.toString());
    settings.setProperty("s3proxy.authorization", "aws-v2-or-v4");
    settings.setProperty("s3proxy.identity", ACCESS_KEY);
    settings.setProperty("s3proxy.credential", SECRET_KEY);
    settings.setProperty("jclouds.provider", provider);
    settings.setProperty("jclouds.filesystem.basedir", folder.toString());
    Path file = folder.resolve("s3proxy.properties");
    try (var out = Files.newBufferedWriter(file)) {
      settings.store(out, null);
    }
    return file;
  }

  private static Path quiet(Path folder) throws IOException {
    return Files.writeString(
        folder.resolve("logback.xml"), "<configuration><root level=\"ERROR\"/></configuration>");
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  private static void await(Process process, int port, Path folder) throws IOException {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
    while (System.nanoTime() < deadline && process.isAlive()) {
      try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
        assertThat(socket.isConnected()).isTrue();
        return;
      } catch (java.net.ConnectException e) {
        LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(50));
      }
    }
    process.destroyForcibly();
    throw new IOException("s3proxy did not start: " + Files.readString(folder.resolve("log")));
  }
}
