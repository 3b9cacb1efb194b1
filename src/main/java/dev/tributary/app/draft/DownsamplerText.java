package dev.tributary.app.draft;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Finds settings of the downsampler plugin: a trigger's arguments, or a file in TOML. */
final class DownsamplerText {

  private static final Pattern IN_QUOTES = arguments("(?<=')", "[^,']*");
  private static final Pattern IN_DOUBLE_QUOTES = arguments("(?<=\")", "[^,\"]*");
  private static final Pattern BARE = arguments("(?<![\\w'\"])", "[^,'\"\\s]*");
  private static final Pattern DATABASE = Pattern.compile("--database[ =]+['\"]?([^'\"\\s]+)");
  private static final Pattern SPECIFICATION =
      Pattern.compile("--trigger-spec[ =]+(?:'([^']*)'|\"([^\"]*)\"|(\\S+))");
  private static final Pattern TOML = Pattern.compile("(?m)^\\s*source_measurement\\s*=\\s*[\"']");
  private static final Pattern TOML_ENTRY =
      Pattern.compile("(?m)^\\s*([A-Za-z0-9_.\"'-]+)\\s*=\\s*(\\[[\\s\\S]*?\\]\\s*$|.*$)");
  private static final Pattern TOML_TABLE = Pattern.compile("(?m)^\\s*\\[([A-Za-z0-9_]+)\\]\\s*$");
  private static final Pattern TOML_TEXT = Pattern.compile("\"([^\"]*)\"|'([^']*)'");

  private DownsamplerText() {}

  /**
   * Settings of one trigger.
   *
   * @param line where they begin, counted from 1
   * @param values by their keys; lists are written as the plugin's arguments write them
   * @param database of the command that creates the trigger
   * @param specification of the trigger, such as {@code every:1h}
   */
  record Settings(
      int line,
      Map<String, String> values,
      Optional<String> database,
      Optional<String> specification) {}

  private static Pattern arguments(String before, String value) {
    String pair = "[a-z_]+=" + value;
    return Pattern.compile(before + "(?=[^\\n]*source_measurement=)" + pair + "(?:," + pair + ")*");
  }

  static List<Settings> in(String text) {
    if (TOML.matcher(text).find()) {
      return List.of(toml(text));
    }
    List<Settings> found = new ArrayList<>();
    for (Pattern pattern : List.of(IN_QUOTES, IN_DOUBLE_QUOTES, BARE)) {
      Matcher matcher = pattern.matcher(text);
      while (matcher.find()) {
        if (matcher.group().contains("source_measurement=")) {
          found.add(arguments(text, matcher.start(), matcher.group()));
        }
      }
    }
    return found;
  }

  private static Settings arguments(String text, int begin, String arguments) {
    Map<String, String> values = new LinkedHashMap<>();
    for (String pair : arguments.split(",", -1)) {
      int equals = pair.indexOf('=');
      values.put(pair.substring(0, equals), pair.substring(equals + 1));
    }
    // what belongs to the same command stands on the same line, or on lines that go on
    String joined = text.replaceAll("\\\\\\r?\\n", "  ");
    boolean aligned = joined.length() == text.length();
    int from = aligned ? joined.lastIndexOf('\n', begin) + 1 : 0;
    int to = aligned ? joined.indexOf('\n', begin) : joined.length();
    String command = joined.substring(from, to < 0 ? joined.length() : to);
    return new Settings(
        line(text, begin), values, first(DATABASE, command), first(SPECIFICATION, command));
  }

  private static int line(String text, int offset) {
    return 1 + (int) text.substring(0, offset).chars().filter(c -> c == '\n').count();
  }

  private static Optional<String> first(Pattern pattern, String text) {
    Matcher matcher = pattern.matcher(text);
    if (!matcher.find()) {
      return Optional.empty();
    }
    for (int group = 1; group <= matcher.groupCount(); group++) {
      if (matcher.group(group) != null) {
        return Optional.of(matcher.group(group));
      }
    }
    return Optional.empty();
  }

  private static Settings toml(String text) {
    String bare = text.replaceAll("(?m)^(\\s*)#.*$", "$1").replaceAll("(?m)\\s+#[^\"'\\n]*$", "");
    int table = bare.length();
    Map<String, String> values = new LinkedHashMap<>();
    Matcher tables = TOML_TABLE.matcher(bare);
    if (tables.find()) {
      table = tables.start();
      if (tables.group(1).equals("tag_values")) {
        values.put("tag_values", tags(bare.substring(tables.end())));
      }
    }
    Matcher entries = TOML_ENTRY.matcher(bare.substring(0, table));
    while (entries.find()) {
      values.put(entries.group(1), value(entries.group(1), entries.group(2).strip()));
    }
    Matcher begin = TOML.matcher(text);
    return new Settings(
        begin.find() ? line(text, begin.end()) : 1, values, Optional.empty(), Optional.empty());
  }

  private static String value(String key, String written) {
    List<String> texts = texts(written);
    if (!written.startsWith("[")) {
      return texts.isEmpty() ? written : texts.get(0);
    }
    if (!key.equals("calculations")) {
      return String.join(".", texts);
    }
    List<String> pairs = new ArrayList<>();
    for (int i = 0; i + 1 < texts.size(); i += 2) {
      pairs.add(texts.get(i) + ":" + texts.get(i + 1));
    }
    return String.join(".", pairs);
  }

  private static String tags(String table) {
    List<String> tags = new ArrayList<>();
    Matcher entries = TOML_ENTRY.matcher(table);
    while (entries.find()) {
      String tag = entries.group(1).replaceAll("[\"']", "");
      tags.add(tag + ":" + String.join("@", texts(entries.group(2))));
    }
    return String.join(".", tags);
  }

  private static List<String> texts(String written) {
    List<String> texts = new ArrayList<>();
    Matcher matcher = TOML_TEXT.matcher(written);
    while (matcher.find()) {
      texts.add(matcher.group(1) == null ? matcher.group(2) : matcher.group(1));
    }
    return texts;
  }
}
