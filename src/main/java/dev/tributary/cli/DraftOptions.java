package dev.tributary.cli;

import dev.tributary.app.draft.DraftFile;
import dev.tributary.app.draft.JobDraft;
import dev.tributary.definition.DefinitionReader;
import dev.tributary.definition.Definitions;
import dev.tributary.definition.Diagnostic;
import dev.tributary.job.Failure;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options of commands that write definitions. */
final class DraftOptions {

  private static final String LOCAL = "grpc://127.0.0.1:8181";

  /** Variables that InfluxDB's own tools take a token from, after ours. */
  private static final List<String> TOKENS = List.of("INFLUX_TOKEN", "INFLUXDB3_AUTH_TOKEN");

  @Option(
      names = "--url",
      paramLabel = "URL",
      description =
          "The server: grpc://host:port, grpc+tls://host:port or https://host; default"
              + " $INFLUXDB3_HOST_URL, else "
              + LOCAL
              + ".")
  private @Nullable String url;

  @Option(
      names = "--token",
      paramLabel = "REFERENCE",
      description =
          "Where the token is: '$${env:NAME}', '$${file:/path}', '$${credential:NAME}'; default"
              + " $INFLUX_TOKEN or $INFLUXDB3_AUTH_TOKEN if set.")
  private @Nullable String token;

  @Option(
      names = "--to",
      paramLabel = "URL",
      description = "Where files shall go, such as s3://bucket/prefix; default ./lake.")
  private @Nullable String to;

  /** A file of jobs on the source and the destination that were named. */
  DraftFile file(List<String> head, List<JobDraft> jobs, Console console) {
    return new DraftFile(
        head, source(console.environment()), reference(console.environment()), lake(console), jobs);
  }

  /** InfluxDB's own tools say http where they mean a port that speaks gRPC as well. */
  private String source(Map<String, String> environment) {
    String named = url == null ? environment.getOrDefault("INFLUXDB3_HOST_URL", LOCAL) : url;
    String grpc = named.startsWith("http://") ? "grpc" + named.substring(4) : named;
    return grpc.endsWith("/") ? grpc.substring(0, grpc.length() - 1) : grpc;
  }

  private Optional<String> reference(Map<String, String> environment) {
    return token == null
        ? TOKENS.stream()
            .filter(environment::containsKey)
            .findFirst()
            .map(name -> "${env:" + name + "}")
        : Optional.of(token);
  }

  private String lake(Console console) {
    if (to != null) {
      return to;
    }
    URI folder = console.directory().resolve("lake").toAbsolutePath().normalize().toUri();
    String text = folder.toString();
    return text.endsWith("/") ? text.substring(0, text.length() - 1) : text;
  }

  /**
   * Reads what would be written, as every command will read it.
   *
   * @throws Failure of kind {@code CONFIGURATION} with its first mistake
   */
  static Definitions read(String text) throws Failure {
    try {
      Path file = Files.createTempFile("tributary", ".yaml");
      try {
        Files.writeString(file, text);
        Definitions definitions = DefinitionReader.read(file);
        Optional<Diagnostic> error =
            definitions.diagnostics().stream().filter(Diagnostic::isError).findFirst();
        if (error.isPresent()) {
          throw new Failure(
              Failure.Kind.CONFIGURATION,
              "cannot write definitions: " + error.orElseThrow().message());
        }
        return definitions;
      } finally {
        Files.deleteIfExists(file);
      }
    } catch (IOException e) {
      throw new Failure(
          Failure.Kind.CANNOT_WRITE, "cannot write a temporary file: " + e.getMessage(), e);
    }
  }

  /** Writes a new file, with its folders. */
  static void write(Path file, String text) throws Failure {
    try {
      Path folder = file.toAbsolutePath().getParent();
      if (folder != null) {
        Files.createDirectories(folder);
      }
      Files.writeString(file, text, StandardCharsets.UTF_8, StandardOpenOption.CREATE_NEW);
    } catch (FileAlreadyExistsException e) {
      throw new Failure(
          Failure.Kind.CANNOT_WRITE,
          "cannot write '" + file + "': it is there already; name another by --out",
          e);
    } catch (IOException e) {
      throw new Failure(
          Failure.Kind.CANNOT_WRITE, "cannot write '" + file + "': " + e.getMessage(), e);
    }
  }
}
