package dev.tributary.definition;

import dev.tributary.job.Every;
import dev.tributary.job.JobName;
import dev.tributary.job.Secret;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** The types of values that keys have. */
final class KeyTypes {

  private static final Map<String, Object> STRING = Map.of("type", "string");

  private KeyTypes() {}

  static KeyType<String> text() {
    return KeyType.one(
        Map.of("type", "string", "minLength", 1),
        text -> text.isBlank() ? refused(text, "must not be empty") : Parsed.of(text));
  }

  /** The path of a file, absolute or relative to the file it is written in. */
  static KeyType<String> file() {
    return KeyType.one(
        Map.of("type", "string", "minLength", 1),
        text ->
            text.isBlank() || text.chars().anyMatch(Character::isISOControl)
                ? refused("", "must be the path of a file")
                : Parsed.of(text));
  }

  static KeyType<String> name() {
    return KeyType.one(
        Map.of("type", "string", "pattern", "^[a-z0-9][a-z0-9-]{0,62}$"),
        text ->
            JobName.isWellFormed(text)
                ? Parsed.of(text)
                : refused(text, "must match [a-z0-9][a-z0-9-]{0,62}, but was '" + text + "'"));
  }

  static KeyType<Boolean> flag() {
    return KeyType.one(
        Map.of("type", "boolean"),
        text ->
            switch (text) {
              case "true" -> Parsed.of(true);
              case "false" -> Parsed.of(false);
              default -> refused(text, "must be true or false, but was '" + text + "'");
            });
  }

  /** The same as a setting for an SDK, which takes text. */
  static KeyType<String> flagWord() {
    return KeyType.one(
        Map.of("type", "boolean"),
        text -> flag().parser().apply(text).fold(yes -> Parsed.of(text), Parsed::refused));
  }

  static KeyType<Long> number(long least, long most) {
    return KeyType.one(
        Map.of("type", "integer", "minimum", least, "maximum", most),
        text -> {
          boolean digits = text.matches("-?[0-9]{1,18}");
          if (!digits || Long.parseLong(text) < least || Long.parseLong(text) > most) {
            return refused(
                text,
                "must be a whole number from "
                    + least
                    + " to "
                    + most
                    + ", but was '"
                    + text
                    + "'");
          }
          return Parsed.of(Long.parseLong(text));
        });
  }

  static KeyType<Double> share() {
    return KeyType.one(
        Map.of("type", "number", "minimum", 0, "maximum", 1),
        text -> {
          boolean decimal = text.matches("[0-9]{1,3}(\\.[0-9]{1,18})?");
          return decimal && Double.parseDouble(text) <= 1
              ? Parsed.of(Double.parseDouble(text))
              : refused(text, "must be a share from 0 to 1, but was '" + text + "'");
        });
  }

  static KeyType<Duration> duration(Duration least) {
    return KeyType.one(
        STRING,
        text ->
            DurationText.parse(text)
                .fold(
                    duration ->
                        duration.compareTo(least) < 0
                            ? refused(
                                text,
                                "must be at least "
                                    + dev.tributary.job.Durations.text(least)
                                    + ", but was "
                                    + text)
                            : Parsed.of(duration),
                    Parsed::refused));
  }

  static KeyType<Long> size(long least, long most) {
    return KeyType.one(
        STRING,
        text ->
            SizeText.parse(text)
                .fold(
                    bytes ->
                        bytes < least || bytes > most
                            ? refused(
                                text,
                                "must be from "
                                    + SizeText.of(least)
                                    + " to "
                                    + SizeText.of(most)
                                    + ", but was "
                                    + text)
                            : Parsed.of(bytes),
                    Parsed::refused));
  }

  /** One of a closed set of words, each the lower-case name of a constant. */
  static <E extends Enum<E>> KeyType<E> choice(Class<E> constants) {
    return choice(constants, Arrays.asList(constants.getEnumConstants()));
  }

  static <E extends Enum<E>> KeyType<E> choice(Class<E> constants, List<E> allowed) {
    List<String> words = allowed.stream().map(KeyTypes::word).toList();
    return KeyType.one(
        Map.of("enum", words),
        text -> {
          int index = words.indexOf(text);
          return index >= 0 ? Parsed.of(allowed.get(index)) : refused(text, oneOf(words, text));
        });
  }

  static KeyType<String> word(String... words) {
    List<String> allowed = List.of(words);
    return KeyType.one(
        Map.of("enum", allowed),
        text -> allowed.contains(text) ? Parsed.of(text) : refused(text, oneOf(allowed, text)));
  }

  static String oneOf(List<String> words, String text) {
    Optional<String> near = Suggestion.closest(text, words);
    return "must be one of "
        + String.join(", ", words)
        + ", but was '"
        + text
        + "'"
        + near.map(word -> "; did you mean '" + word + "'?").orElse("");
  }

  private static String word(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  static KeyType<ZoneId> zone() {
    return KeyType.one(
        STRING,
        text -> {
          if (Zones.NAMES.contains(text)) {
            return Parsed.of(ZoneId.of(text));
          }
          return refused(
              text,
              "unknown time zone '"
                  + text
                  + "'"
                  + Suggestion.closest(text, Zones.NAMES)
                      .map(zone -> "; did you mean '" + zone + "'?")
                      .orElse("; use an IANA name such as 'Europe/Berlin'"));
        });
  }

  static KeyType<Every> every() {
    return KeyType.one(
        STRING,
        text -> {
          for (Every.Calendar calendar : Every.Calendar.values()) {
            if (calendar.toString().equals(text)) {
              return Parsed.of(calendar);
            }
          }
          return DurationText.parse(text)
              .fold(
                  length ->
                      Every.Fixed.fits(length)
                          ? Parsed.of((Every) new Every.Fixed(length))
                          : refused(
                              text,
                              "must be 1m to 12h and divide a day, or 1d, 1w, 1mo or 1y, but was "
                                  + text),
                  finding ->
                      refused(
                          text,
                          "must be 1m to 12h and divide a day, or 1d, 1w, 1mo or 1y, but was '"
                              + text
                              + "'"));
        });
  }

  /** A reference to a secret: {@code ${env:X}}, {@code ${file:/path}}, {@code ${credential:x}}. */
  static KeyType<Secret> reference() {
    return new KeyType<>(KeyType.Form.ONE, SecretText::parse, STRING, true);
  }

  /** A URL without secrets, or a reference to one that may hold some. */
  static KeyType<String> webhook() {
    return new KeyType<>(
        KeyType.Form.ONE,
        text ->
            SecretText.looksLikeReference(text)
                ? SecretText.parse(text).fold(secret -> Parsed.of(text), Parsed::refused)
                : url(text, List.of("http", "https")).fold(url -> Parsed.of(text), Parsed::refused),
        STRING,
        true);
  }

  /** Bounds of a count, which may be one number. */
  static KeyType<String> count() {
    return KeyType.one(
        Map.of("type", List.of("string", "integer")),
        text -> ExpectText.parse(text).fold(bounds -> Parsed.of(text), Parsed::refused));
  }

  /** The URL of a compatible store. */
  static KeyType<String> address() {
    return KeyType.one(
        STRING,
        text -> url(text, List.of("http", "https")).fold(url -> Parsed.of(text), Parsed::refused));
  }

  /** An age at which a window is looked at again, or none. */
  static KeyType<String> age() {
    return KeyType.one(
        STRING,
        text ->
            text.equals("none")
                ? Parsed.of(text)
                : DurationText.parse(text)
                    .fold(
                        age ->
                            age.isZero()
                                ? refused(text, "must be none or longer than 0s")
                                : Parsed.of(text),
                        finding ->
                            refused(
                                text,
                                "must be none or durations after the window's end, but has '"
                                    + text
                                    + "'")));
  }

  static KeyType<URI> url(String... schemes) {
    List<String> allowed = List.of(schemes);
    return KeyType.one(STRING, text -> url(text, allowed));
  }

  private static Parsed<URI> url(String text, List<String> schemes) {
    String forms =
        (schemes.size() > 1 ? "one of " : "")
            + String.join(", ", schemes.stream().map(scheme -> scheme + "://…").toList());
    URI url;
    try {
      url = new URI(text);
    } catch (URISyntaxException e) {
      return refused("", "is not a URL; write " + forms);
    }
    if (url.getScheme() == null || !schemes.contains(url.getScheme())) {
      return refused("", "must begin with " + forms);
    }
    if (url.getRawUserInfo() != null) {
      return refused("", "must not hold a user or password; give secrets by reference");
    }
    if (url.getRawQuery() != null || url.getRawFragment() != null) {
      return refused("", "must not hold a query string or fragment; give secrets by reference");
    }
    return Parsed.of(url);
  }

  static <T> Parsed<T> refused(String text, String message) {
    return Parsed.refused(0, text.length(), message);
  }
}
