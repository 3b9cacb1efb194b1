package dev.tributary.land.objectstore;

import static org.assertj.core.api.Assertions.assertThat;

import com.azure.storage.blob.BlobContainerClient;
import dev.tributary.job.DestinationSpec;
import dev.tributary.job.Secret;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Assumptions;

/** Azure Blob Storage in a process of its own, on a port of its own choosing. */
public final class Azurite implements AutoCloseable {

  public static final String ACCOUNT = "metricslake";
  public static final String ACCOUNT_KEY =
      Base64.getEncoder().encodeToString("a key for tests".getBytes(StandardCharsets.UTF_8));

  /** Where the program is; whoever says so must have it. */
  private static final String WHERE = "TRIBUTARY_TEST_AZURITE";

  private static final Path USUAL = Path.of("target/azurite/node_modules/.bin/azurite-blob");
  private static final Pattern LISTENING = Pattern.compile("listens on (http://\\S+)");
  private static final AtomicInteger CONTAINERS = new AtomicInteger();

  private final Process process;
  private final URI address;

  private Azurite(Process process, URI address) {
    this.process = process;
    this.address = address;
  }

  /**
   * Starts it; a test that cannot have it is left out, and says so.
   *
   * @param folder for its objects and its log
   */
  public static Azurite start(Path folder) throws IOException {
    Path log = folder.resolve("azurite.log");
    ProcessBuilder command =
        new ProcessBuilder(
            List.of(
                program().toAbsolutePath().toString(),
                "--blobHost",
                "127.0.0.1",
                "--blobPort",
                "0",
                "--location",
                folder.resolve("azurite").toString(),
                "--silent",
                "--disableTelemetry"));
    command.environment().put("AZURITE_ACCOUNTS", ACCOUNT + ":" + ACCOUNT_KEY);
    Process process = command.redirectErrorStream(true).redirectOutput(log.toFile()).start();
    Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly));
    return new Azurite(process, await(process, log));
  }

  private static Path program() {
    String named = System.getenv(WHERE);
    if (named == null && !Files.exists(USUAL)) {
      String left =
          "left out: no "
              + USUAL
              + "; install it with 'npm install --prefix target/azurite azurite@3.37.0', or name it"
              + " in "
              + WHERE;
      System.err.println(left);
      Assumptions.abort(left);
    }
    return named == null ? USUAL : Path.of(named);
  }

  private static URI await(Process process, Path log) throws IOException {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
    while (System.nanoTime() < deadline && process.isAlive()) {
      Matcher listening = LISTENING.matcher(Files.readString(log));
      if (listening.find()) {
        return URI.create(listening.group(1));
      }
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(20));
    }
    process.destroyForcibly();
    throw new IOException("Azurite did not start: " + Files.readString(log));
  }

  /** Where it listens, for all accounts. */
  public URI address() {
    return address;
  }

  /** The account's address, as a destination's {@code endpoint} has it. */
  public String endpoint() {
    return address + "/" + ACCOUNT;
  }

  /** A destination in a new container. */
  public DestinationSpec spec(String prefix) {
    String container = "lake-" + CONTAINERS.incrementAndGet();
    container(container).create();
    return at(container, prefix, "account_key");
  }

  BlobContainerClient container(String name) {
    try {
      return AzureContainer.of(at(name, "", "account_key"), secret -> ACCOUNT_KEY).client();
    } catch (StoreFault e) {
      throw new AssertionError(e);
    }
  }

  DestinationSpec at(String container, String prefix, String secret) {
    return new DestinationSpec(
        "lake",
        URI.create("az://" + container + (prefix.isEmpty() ? "" : "/" + prefix)),
        false,
        Map.of("account", ACCOUNT, "endpoint", endpoint()),
        Map.of(secret, new Secret(Secret.Store.ENV, "AZURE_SECRET")));
  }

  @Override
  public void close() {
    process.destroy();
    try {
      assertThat(process.waitFor(20, TimeUnit.SECONDS)).as("Azurite ended").isTrue();
    } catch (InterruptedException e) {
      throw new UncheckedIOException(new IOException(e));
    }
  }
}
