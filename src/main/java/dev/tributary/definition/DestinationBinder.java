package dev.tributary.definition;

import dev.tributary.job.DestinationSpec;
import dev.tributary.job.Secret;
import java.net.URI;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Binds one destination. */
final class DestinationBinder {

  private DestinationBinder() {}

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
    if (local) {
      java.util.stream.Stream.concat(
              DestinationKeys.SETTINGS.stream(), DestinationKeys.SECRETS.stream())
          .filter(key -> fields.entry(key).isPresent())
          .forEach(key -> fields.error(key, "'" + key.name() + "' has no meaning for file://"));
    }
    String text = address.toString();
    while (text.endsWith("/") && !text.endsWith("://")) {
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
}
