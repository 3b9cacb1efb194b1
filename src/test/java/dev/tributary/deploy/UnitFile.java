package dev.tributary.deploy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * The settings of a systemd unit.
 *
 * @param settings {@code [Section]} headings and {@code Key=value} lines, in their order
 */
record UnitFile(List<String> settings) {

  UnitFile {
    settings = List.copyOf(settings);
  }

  static UnitFile read(Path file) throws IOException {
    List<String> settings = new ArrayList<>();
    for (String line : Files.readAllLines(file)) {
      if (!line.isBlank() && !line.startsWith("#")) {
        settings.add(line.strip());
      }
    }
    return new UnitFile(settings);
  }

  /** Every value of a key, whatever its section. */
  List<String> values(String key) {
    return settings.stream()
        .filter(setting -> setting.startsWith(key + "="))
        .map(setting -> setting.substring(key.length() + 1))
        .toList();
  }

  String value(String key) {
    List<String> values = values(key);
    if (values.size() != 1) {
      throw new AssertionError(key + " has the values " + values);
    }
    return values.get(0);
  }

  /** The words of the command after the program. */
  List<String> arguments() {
    return Stream.of(value("ExecStart").split(" ", -1)).skip(1).toList();
  }

  /** The variables that it sets, one a line. */
  Map<String, String> environment() {
    Map<String, String> environment = new TreeMap<>();
    for (String value : values("Environment")) {
      String[] variable = value.replace("\"", "").split("=", 2);
      environment.put(variable[0], variable[1]);
    }
    return environment;
  }

  /** What confines the service: everything from its user on. */
  List<String> confinement() {
    return settings.subList(settings.indexOf("User=tributary"), settings.size()).stream()
        .takeWhile(setting -> !setting.startsWith("["))
        .toList();
  }
}
