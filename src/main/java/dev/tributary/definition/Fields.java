package dev.tributary.definition;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;

/**
 * The values of one mapping, each checked against the table of keys when it was read. What was
 * refused has been reported, and reads as if it were absent.
 */
final class Fields {

  private final Map<String, Entries.Entry> entries = new HashMap<>();
  private final Map<String, Object> values = new HashMap<>();

  /** Groups of keys that were something else than a mapping. */
  private final Set<String> misread = new HashSet<>();

  private final List<Key<?>> keys;
  private final KeyIndex index;
  private final String what;
  private final Diagnostics diagnostics;
  private final @Nullable Fields defaults;
  private final SourceFile file;
  private final Node node;

  private Fields(
      SourceFile file,
      Node node,
      List<Key<?>> keys,
      String what,
      Diagnostics diagnostics,
      @Nullable Fields defaults) {
    this.file = file;
    this.node = node;
    this.keys = keys;
    this.index = KeyIndex.of(keys);
    this.what = what;
    this.diagnostics = diagnostics;
    this.defaults = defaults;
  }

  /**
   * Reads a mapping.
   *
   * @param what it is, for messages: {@code source 'plant'}
   * @param defaults where to look for what it lacks
   */
  static Fields read(
      SourceFile file,
      Node node,
      String what,
      List<Key<?>> keys,
      Diagnostics diagnostics,
      @Nullable Fields defaults) {
    Fields fields = new Fields(file, node, keys, what, diagnostics, defaults);
    if (node instanceof MappingNode mapping) {
      fields.walk(file, mapping, "");
    } else {
      diagnostics.error(file, node, what + " must be a mapping of keys to values");
    }
    return fields;
  }

  private void walk(SourceFile file, MappingNode mapping, String prefix) {
    Entries.of(file, mapping, diagnostics)
        .forEach(
            (name, entry) -> {
              String path = prefix + name;
              boolean isWord = name.indexOf('.') < 0;
              Optional<Key<?>> key = isWord ? index.key(path) : Optional.empty();
              boolean isGroup = isWord && index.isGroup(path);
              if (isGroup && entry.value() instanceof MappingNode nested) {
                walk(file, nested, path + ".");
              } else if (key.isPresent()) {
                entries.put(path, entry);
                read(key.orElseThrow(), entry);
              } else if (isGroup) {
                misread.add(path);
                diagnostics.error(
                    file,
                    entry.value(),
                    "'" + path + "' must be a mapping of " + among(path + "."));
              } else {
                unknown(entry, prefix, name);
              }
            });
  }

  private void unknown(Entries.Entry entry, String prefix, String name) {
    TreeSet<String> known = new TreeSet<>();
    for (Key<?> key : keys) {
      if (key.name().startsWith(prefix)) {
        String rest = key.name().substring(prefix.length());
        int dot = rest.indexOf('.');
        known.add(dot < 0 ? rest : rest.substring(0, dot));
      }
    }
    String where = prefix.isEmpty() ? what : "'" + prefix.substring(0, prefix.length() - 1) + "'";
    diagnostics.error(
        entry.file(),
        entry.key(),
        "unknown key '"
            + name
            + "' in "
            + where
            + nested(name)
                .or(
                    () ->
                        Suggestion.closest(name, known)
                            .map(near -> "; did you mean '" + near + "'?"))
                .orElse("; known are " + String.join(", ", known)));
  }

  /** Some write the path of a key as one word. */
  private Optional<String> nested(String name) {
    int dot = name.lastIndexOf('.');
    return keys.stream().anyMatch(key -> dot > 0 && key.name().equals(name))
        ? Optional.of(
            "; write '" + name.substring(dot + 1) + "' inside '" + name.substring(0, dot) + "'")
        : Optional.empty();
  }

  private String among(String prefix) {
    return String.join(
        ", ",
        keys.stream()
            .map(Key::name)
            .filter(name -> name.startsWith(prefix))
            .map(name -> name.substring(prefix.length()))
            .toList());
  }

  private <T> void read(Key<T> key, Entries.Entry entry) {
    switch (key.type().form()) {
      case ONE ->
          scalar(key, entry.file(), entry.value())
              .ifPresent(value -> values.put(key.name(), value));
      case MANY -> many(key, entry).ifPresent(list -> values.put(key.name(), list));
      case MAP -> map(key, entry).ifPresent(map -> values.put(key.name(), map));
    }
  }

  private <T> Optional<List<T>> many(Key<T> key, Entries.Entry entry) {
    List<Node> nodes =
        entry.value() instanceof SequenceNode sequence
            ? sequence.getValue()
            : List.of(entry.value());
    List<T> list = new ArrayList<>();
    for (Node node : nodes) {
      Optional<T> value = scalar(key, entry.file(), node);
      if (value.isPresent() && list.contains(value.orElseThrow())) {
        diagnostics.error(entry.file(), node, "'" + key.name() + "' has this twice");
      } else {
        value.ifPresent(list::add);
      }
    }
    return list.size() == nodes.size() ? Optional.of(list) : Optional.empty();
  }

  private <T> Optional<Map<String, T>> map(Key<T> key, Entries.Entry entry) {
    if (!(entry.value() instanceof MappingNode mapping)) {
      diagnostics.error(
          entry.file(),
          entry.value(),
          "'" + key.name() + "' must be a mapping from columns to values");
      return Optional.empty();
    }
    Map<String, T> map = new LinkedHashMap<>();
    Entries.of(entry.file(), mapping, diagnostics)
        .forEach(
            (name, each) ->
                scalar(key, entry.file(), each.value()).ifPresent(value -> map.put(name, value)));
    return Optional.of(map);
  }

  private <T> Optional<T> scalar(Key<T> key, SourceFile file, Node node) {
    if (!(node instanceof ScalarNode scalar)) {
      String one =
          key.type().form() == KeyType.Form.MANY ? "one value or a list of them" : "one value";
      diagnostics.error(file, node, "'" + key.name() + "' must be " + one);
      return Optional.empty();
    }
    String text = scalar.getValue();
    if (text.isEmpty()) {
      diagnostics.error(file, node, "'" + key.name() + "' has no value");
      return Optional.empty();
    }
    if (!key.type().secret() && SecretText.looksLikeReference(text)) {
      diagnostics.finding(
          file,
          node,
          Finding.error(
              text.indexOf("${"),
              2,
              "'"
                  + key.name()
                  + "' is no secret, and references are for secrets only; write the value"));
      return Optional.empty();
    }
    return key.type()
        .parser()
        .apply(text)
        .fold(
            Optional::of,
            finding -> {
              diagnostics.finding(file, node, named(key, finding));
              return Optional.empty();
            });
  }

  /** Messages of general types begin with a verb; the key's name goes before it. */
  private static Finding named(Key<?> key, Finding finding) {
    String message = finding.message();
    boolean verb = message.startsWith("must ") || message.startsWith("is ");
    return verb
        ? new Finding(
            finding.severity(),
            finding.offset(),
            finding.length(),
            "'" + key.name() + "' " + message)
        : finding;
  }

  /** The value, here or in the defaults. */
  @SuppressWarnings("unchecked") // read() put a value of the key's own type
  <T> Optional<T> value(Key<T> key) {
    Object own = values.get(key.name());
    if (own != null || entries.containsKey(key.name())) {
      return Optional.ofNullable((T) own);
    }
    return defaults == null ? Optional.empty() : defaults.value(key);
  }

  /** The value, or the key's default. */
  <T> T valueOrFallback(Key<T> key) {
    return value(key).orElseGet(key::fallbackValue);
  }

  @SuppressWarnings("unchecked") // read() put a list of the key's own type
  <T> Optional<List<T>> list(Key<T> key) {
    return (Optional<List<T>>) (Optional<?>) value(key);
  }

  @SuppressWarnings("unchecked") // read() put a map of the key's own type
  <T> Optional<Map<String, T>> mapping(Key<T> key) {
    return (Optional<Map<String, T>>) (Optional<?>) value(key);
  }

  /** Where a value stands, here or in the defaults. */
  Optional<Entries.Entry> entry(Key<?> key) {
    Entries.Entry own = entries.get(key.name());
    if (own != null) {
      return Optional.of(own);
    }
    return defaults == null ? Optional.empty() : defaults.entry(key);
  }

  /** Whether the key was written, here or in the defaults, be it rightly or wrongly. */
  boolean mentions(Key<?> key) {
    return entries.containsKey(key.name())
        || misread.contains(key.head())
        || (defaults != null && defaults.mentions(key));
  }

  /** Whether the value stands here itself, not in the defaults. */
  boolean isOwn(Key<?> key) {
    return entries.containsKey(key.name());
  }

  /** Reports an error at a key's value. */
  void error(Key<?> key, String message) {
    entry(key).ifPresent(entry -> diagnostics.error(entry.file(), entry.value(), message));
  }

  /** Reports that something is missing, at the place where it should stand. */
  void missing(String message) {
    diagnostics.error(file, node, message);
  }

  /** Reports a finding inside a key's text. */
  void finding(Key<?> key, Finding finding) {
    entry(key).ifPresent(entry -> diagnostics.finding(entry.file(), entry.value(), finding));
  }

  void warning(Key<?> key, String message) {
    entry(key).ifPresent(entry -> diagnostics.warning(entry.file(), entry.value(), message));
  }
}
