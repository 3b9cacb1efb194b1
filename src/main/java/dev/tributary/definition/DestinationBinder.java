package dev.tributary.definition;

import dev.tributary.job.DestinationSpec;
import dev.tributary.job.Secret;
import java.net.URI;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Binds one destination. */
final class DestinationBinder {

  /** Keys that mean something for each kind of store. */
  private static final Map<String, Set<String>> SCHEMES =
      Map.of(
          "s3",
          Set.of(
              "endpoint",
              "region",
              "path_style",
              "checksums",
              "storage_class",
              "encryption",
              "access_key",
              "secret_key",
              "session_token"),
          "az",
          Set.of("endpoint", "account", "account_key", "sas"),
          "gs",
          Set.of("credentials", "endpoint"));

  private DestinationBinder() {}

  /** Names of the keys that one kind of store alone has. */
  static Set<String> keysOf(String scheme) {
    return SCHEMES.getOrDefault(scheme, Set.of());
  }

  static Optional<DestinationSpec> bind(String name, Fields fields) {
    Optional<URI> url = fields.value(DestinationKeys.URL);
    if (url.isEmpty()) {
      if (fields.entry(DestinationKeys.URL).isEmpty()) {
        fields.missing("destination '" + name + "' needs 'url'");
      }
      return Optional.empty();
    }
    URI address = url.orElseThrow();
    boolean local = "file".equals(address.getScheme());
    String path = address.getPath();
    if (local
        && (address.getRawAuthority() != null
            || path == null
            || !path.startsWith("/")
            || path.length() < 2)) {
      fields.error(
          DestinationKeys.URL,
          "'url' must be file:/// and an absolute path, such as file:///srv/lake");
    } else if (!local && address.getRawAuthority() == null) {
      fields.error(DestinationKeys.URL, "'url' must name a bucket, such as s3://bucket/prefix");
    } else if (path != null && (path + "/").contains("/../")) {
      fields.error(DestinationKeys.URL, "'url' must not hold '..'");
    }
    Map<String, String> settings = new HashMap<>();
    DestinationKeys.SETTINGS.forEach(
        key -> fields.value(key).ifPresent(value -> settings.put(key.name(), value)));
    Map<String, Secret> secrets = new HashMap<>();
    DestinationKeys.SECRETS.forEach(
        key -> fields.value(key).ifPresent(value -> secrets.put(key.name(), value)));
    Set<String> meant = SCHEMES.getOrDefault(address.getScheme(), Set.of());
    Stream.concat(DestinationKeys.SETTINGS.stream(), DestinationKeys.SECRETS.stream())
        .filter(key -> !meant.contains(key.name()) && fields.entry(key).isPresent())
        .forEach(
            key ->
                fields.error(
                    key, "'" + key.name() + "' has no meaning for " + address.getScheme() + "://"));
    together(fields, "access_key", "secret_key");
    checkSession(fields);
    if ("az".equals(address.getScheme())) {
      checkAzure(fields, settings);
    }
    if ("gs".equals(address.getScheme())) {
      checkGoogle(fields, settings.getOrDefault("endpoint", ""));
    }
    String text = address.toString();
    while (text.endsWith("/") && !text.endsWith(":///")) {
      text = text.substring(0, text.length() - 1);
    }
    return Optional.of(
        new DestinationSpec(
            name,
            URI.create(text),
            fields.valueOrFallback(DestinationKeys.SINGLE_WRITER),
            settings,
            secrets));
  }

  /** Reports two secrets of which only one is given. */
  private static void together(Fields fields, String one, String other) {
    List<Key<Secret>> given =
        DestinationKeys.SECRETS.stream()
            .filter(key -> key.name().equals(one) || key.name().equals(other))
            .filter(key -> fields.entry(key).isPresent())
            .toList();
    if (given.size() == 1) {
      Key<Secret> key = given.get(0);
      String missing = key.name().equals(one) ? other : one;
      fields.error(
          key, "'" + one + "' and '" + other + "' go together, but there is no '" + missing + "'");
    }
  }

  private static void checkSession(Fields fields) {
    if (!isGiven(fields, "secret_key")) {
      DestinationKeys.SECRETS.stream()
          .filter(key -> key.name().equals("session_token") && isGiven(fields, key.name()))
          .forEach(key -> fields.error(key, "'session_token' needs 'access_key' and 'secret_key'"));
    }
  }

  private static void checkAzure(Fields fields, Map<String, String> settings) {
    boolean key = isGiven(fields, "account_key");
    boolean sas = isGiven(fields, "sas");
    String endpoint = settings.get("endpoint");
    if (!settings.containsKey("account") && (endpoint == null || key)) {
      fields.error(DestinationKeys.URL, "az:// needs 'account', the storage account");
    }
    if (key && sas) {
      error(fields, "sas", "'account_key' and 'sas' exclude each other; leave one of them out");
    }
    if (!key && !sas && endpoint != null && endpoint.startsWith("http:")) {
      error(
          fields,
          "endpoint",
          "without 'account_key' or 'sas', 'endpoint' must be https://, for a token would go in"
              + " the clear");
    }
  }

  private static void error(Fields fields, String name, String message) {
    Stream.concat(DestinationKeys.SETTINGS.stream(), DestinationKeys.SECRETS.stream())
        .filter(key -> key.name().equals(name))
        .forEach(key -> fields.error(key, message));
  }

  private static void checkGoogle(Fields fields, String endpoint) {
    if (isGiven(fields, "credentials") && endpoint.startsWith("http:")) {
      error(
          fields,
          "endpoint",
          "with 'credentials', 'endpoint' must be https://, for a token would go in the clear");
    }
  }

  private static boolean isGiven(Fields fields, String name) {
    return DestinationKeys.SECRETS.stream()
        .anyMatch(key -> key.name().equals(name) && fields.entry(key).isPresent());
  }
}
