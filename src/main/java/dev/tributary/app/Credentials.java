package dev.tributary.app;

import dev.tributary.job.Failure;
import dev.tributary.job.Secret;
import dev.tributary.job.SecretReader;
import dev.tributary.telemetry.Redactor;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads secrets from the environment, from files, and from systemd's credentials directory; outside
 * systemd credentials lie in {@code /etc/tributary/credentials}. Every read is fresh, so a rotated
 * secret is taken up at its next use; from then on no log line shows it. Safe for use by several
 * threads.
 */
public final class Credentials implements SecretReader {

  private static final Path DEFAULT_DIRECTORY = Path.of("/etc/tributary/credentials");

  private static final Logger log = LoggerFactory.getLogger(Credentials.class);

  private final Map<String, String> environment;
  private final Set<Secret> tooShort = ConcurrentHashMap.newKeySet();

  public Credentials(Map<String, String> environment) {
    this.environment = Map.copyOf(environment);
  }

  @Override
  public String read(Secret secret) throws Failure {
    String value =
        switch (secret.store()) {
          case ENV -> fromEnvironment(secret);
          case FILE -> fromFile(secret, Path.of(secret.name()));
          case CREDENTIAL -> fromFile(secret, directory().resolve(secret.name()));
        };
    if (value.endsWith("\n")) {
      value = value.substring(0, value.length() - (value.endsWith("\r\n") ? 2 : 1));
    }
    if (value.isEmpty()) {
      throw unusable(secret, "it is empty");
    }
    if (value.chars().anyMatch(Character::isISOControl)) {
      throw unusable(secret, "it holds control characters, such as a line break");
    }
    if (!Redactor.ofProcess().learn(value) && tooShort.add(secret)) {
      log.warn(
          "secret {} has under four characters, so it is not taken out of logs, where so short a"
              + " text stands everywhere; it is no secret for long either: use a longer one",
          secret);
    }
    return value;
  }

  private Path directory() {
    String systemd = environment.get("CREDENTIALS_DIRECTORY");
    return systemd == null ? DEFAULT_DIRECTORY : Path.of(systemd);
  }

  private String fromEnvironment(Secret secret) throws Failure {
    String value = environment.get(secret.name());
    if (value == null) {
      throw unusable(secret, "the environment has no such variable");
    }
    return value;
  }

  private static String fromFile(Secret secret, Path file) throws Failure {
    try {
      return Files.readString(file, StandardCharsets.UTF_8);
    } catch (NoSuchFileException e) {
      throw unusable(secret, "there is no file '" + file + "'");
    } catch (IOException e) {
      // a malformed-input message could quote the bytes, so only the file is named
      throw unusable(secret, "file '" + file + "' cannot be read as text");
    }
  }

  private static Failure unusable(Secret secret, String why) {
    return new Failure(Failure.Kind.NOT_AUTHORISED, "cannot read secret " + secret + ": " + why);
  }
}
