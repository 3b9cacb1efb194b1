package dev.tributary.definition;

import dev.tributary.job.Secret;
import java.util.Locale;

/** Reads references to secrets; never repeats what was written, for it may be the secret itself. */
final class SecretText {

  private static final String FORMS = "${env:NAME}, ${file:/path} or ${credential:NAME}";

  private SecretText() {}

  static boolean looksLikeReference(String text) {
    return text.contains("${");
  }

  static Parsed<Secret> parse(String text) {
    if (!text.startsWith("${") || !text.endsWith("}")) {
      return Parsed.refused(0, 0, "must be a reference, " + FORMS + ", not the secret itself");
    }
    String inner = text.substring(2, text.length() - 1);
    int colon = inner.indexOf(':');
    String name = inner.substring(colon + 1);
    for (Secret.Store store : Secret.Store.values()) {
      if (colon > 0 && inner.substring(0, colon).equals(store.name().toLowerCase(Locale.ROOT))) {
        return checked(store, name);
      }
    }
    return Parsed.refused(0, 0, "must be a reference, " + FORMS);
  }

  private static Parsed<Secret> checked(Secret.Store store, String name) {
    boolean sound =
        switch (store) {
          case ENV -> name.matches("[A-Za-z_][A-Za-z0-9_]*");
          case FILE -> name.startsWith("/");
          case CREDENTIAL -> name.matches("[A-Za-z0-9._-]+") && !name.startsWith(".");
        };
    return sound
        ? Parsed.of(new Secret(store, name))
        : Parsed.refused(
            0,
            0,
            switch (store) {
              case ENV -> "must name an environment variable, as in ${env:INFLUX_TOKEN}";
              case FILE ->
                  "must name a file by its absolute path, as in ${file:/run/secrets/influx}";
              case CREDENTIAL -> "must name a credential, as in ${credential:influx-token}";
            });
  }
}
