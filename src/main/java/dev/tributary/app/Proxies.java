package dev.tributary.app;

import dev.tributary.job.Source;
import java.net.URI;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The proxy that a source without one of its own is reached through, by {@code HTTPS_PROXY} and
 * {@code NO_PROXY}, as other programs read them: for encrypted connections only, and not for this
 * machine.
 *
 * @param environment of the process
 */
record Proxies(Map<String, String> environment) {

  Source on(Source source) {
    String host = source.url().getHost();
    if (source.proxy().isPresent() || !source.encrypted() || host == null || isExcepted(host)) {
      return source;
    }
    return variable("HTTPS_PROXY").flatMap(Proxies::address).map(source::through).orElse(source);
  }

  private boolean isExcepted(String host) {
    String name = host.toLowerCase(Locale.ROOT);
    if (name.equals("localhost") || name.startsWith("127.") || name.equals("[::1]")) {
      return true;
    }
    return Stream.of(variable("NO_PROXY").orElse("").split(","))
        .map(each -> each.strip().toLowerCase(Locale.ROOT))
        .filter(each -> !each.isEmpty())
        .map(each -> each.startsWith(".") ? each.substring(1) : each)
        .anyMatch(each -> each.equals("*") || name.equals(each) || name.endsWith("." + each));
  }

  /** Without user and password, which are never sent. */
  private static Optional<URI> address(String text) {
    try {
      URI uri = URI.create(text.contains("://") ? text : "http://" + text);
      if (uri.getHost() == null) {
        return Optional.empty();
      }
      int port = uri.getPort() < 0 ? 80 : uri.getPort();
      return Optional.of(URI.create("http://" + uri.getHost() + ":" + port));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  private Optional<String> variable(String name) {
    return Optional.ofNullable(environment.get(name))
        .or(() -> Optional.ofNullable(environment.get(name.toLowerCase(Locale.ROOT))))
        .filter(value -> !value.isBlank());
  }
}
