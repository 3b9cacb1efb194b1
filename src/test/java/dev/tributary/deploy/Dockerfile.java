package dev.tributary.deploy;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * The instructions of a Dockerfile, with the values of its arguments put in.
 *
 * @param stages each begins with its {@code FROM}
 */
record Dockerfile(List<List<Instruction>> stages) {

  private static final ObjectMapper JSON = new ObjectMapper();

  static Dockerfile read(Path file) throws IOException {
    return parse(Files.readString(file));
  }

  static Dockerfile parse(String text) {
    List<List<Instruction>> stages = new ArrayList<>();
    Map<String, String> arguments = new HashMap<>();
    for (String line : text.replace("\\\n", " ").lines().toList()) {
      if (line.isBlank() || line.startsWith("#")) {
        continue;
      }
      String[] parts = line.strip().split("\\s+", 2);
      String value = parts[1];
      for (Map.Entry<String, String> argument : arguments.entrySet()) {
        value = value.replace("${" + argument.getKey() + "}", argument.getValue());
      }
      Instruction instruction = new Instruction(parts[0].toUpperCase(Locale.ROOT), value);
      switch (instruction.name()) {
        case "FROM" -> stages.add(new ArrayList<>());
        case "ARG" -> arguments.put(value.split("=", 2)[0], value.split("=", 2)[1]);
        default -> {}
      }
      stages.get(stages.size() - 1).add(instruction);
    }
    return new Dockerfile(stages);
  }

  List<Instruction> all() {
    return stages.stream().flatMap(List::stream).toList();
  }

  List<Instruction> last() {
    return stages.get(stages.size() - 1);
  }

  /** The last word of an instruction in the image that is made. */
  Instruction of(String name) {
    return last().stream()
        .filter(instruction -> instruction.name().equals(name))
        .reduce((earlier, later) -> later)
        .orElseThrow(() -> new AssertionError("the image has no " + name));
  }

  /** One instruction. */
  record Instruction(String name, String value) {

    /** The words of the exec form; the shell form fails. */
    List<String> words() {
      try {
        return List.of(JSON.readValue(value, String[].class));
      } catch (IOException e) {
        throw new AssertionError(name + " " + value + " is not in exec form", e);
      }
    }

    /** What a COPY takes from the folder of the build; nothing when it copies between stages. */
    List<String> sources() {
      List<String> words = List.of(value.split("\\s+", -1));
      if (words.get(0).startsWith("--from=")) {
        return List.of();
      }
      return words.subList(0, words.size() - 1).stream()
          .filter(word -> !word.startsWith("--"))
          .toList();
    }
  }
}
