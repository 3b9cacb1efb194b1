package dev.tributary.definition;

import java.util.List;
import org.yaml.snakeyaml.DumperOptions.ScalarStyle;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.ScalarNode;

/**
 * A file's text, from which places are told.
 *
 * @param name as the operator named it, {@code /} between folders
 * @param lines without line ends
 */
record SourceFile(String name, List<String> lines) {

  /** Words in a key after which a line is not shown, for it may hold a secret. */
  private static final List<String> HUSHED =
      List.of("token", "password", "secret", "key", "sas", "url", "webhook");

  static SourceFile of(String name, String text) {
    return new SourceFile(name, text.lines().toList());
  }

  /** A diagnostic at an offset inside a node's text. */
  Diagnostic diagnostic(Node node, int offset, Finding.Severity severity, String message) {
    Mark mark = node.getStartMark();
    int line = mark.getLine();
    int column = mark.getColumn();
    if (node instanceof ScalarNode scalar) {
      if (scalar.getScalarStyle() == ScalarStyle.LITERAL) {
        int[] place = insideBlock(scalar, offset);
        line = place[0];
        column = place[1];
      } else if (!scalar.getValue().contains("\n") && node.getEndMark().getLine() == line) {
        column += offset + (scalar.getScalarStyle() == ScalarStyle.PLAIN ? 0 : 1);
      }
    }
    return at(line, column, severity, message);
  }

  /** A diagnostic at a line and a column, both from 0. */
  Diagnostic at(int line, int column, Finding.Severity severity, String message) {
    String text = line < lines.size() ? lines.get(line) : "";
    return new Diagnostic(
        name, line + 1, column + 1, severity, message, isHushed(text) ? "" : text);
  }

  /** A diagnostic at an offset of a file that is one text. */
  Diagnostic atOffset(String text, int offset, Finding.Severity severity, String message) {
    String before = text.substring(0, Math.min(offset, text.length()));
    int line = (int) before.chars().filter(c -> c == '\n').count();
    return at(line, before.length() - (before.lastIndexOf('\n') + 1), severity, message);
  }

  /** Where a key was written: {@code file:line}. */
  String place(Node node) {
    return name + ":" + (node.getStartMark().getLine() + 1);
  }

  private int[] insideBlock(ScalarNode scalar, int offset) {
    String before = scalar.getValue().substring(0, Math.min(offset, scalar.getValue().length()));
    int down = (int) before.chars().filter(c -> c == '\n').count();
    int across = before.length() - (before.lastIndexOf('\n') + 1);
    int first = scalar.getStartMark().getLine() + 1;
    int indent = 0;
    for (int i = first; i < lines.size(); i++) {
      if (!lines.get(i).isBlank()) {
        indent = lines.get(i).length() - lines.get(i).stripLeading().length();
        break;
      }
    }
    return new int[] {first + down, indent + across};
  }

  private static boolean isHushed(String line) {
    String key =
        line.substring(0, Math.max(0, line.indexOf(':'))).toLowerCase(java.util.Locale.ROOT);
    boolean flow = line.contains("{");
    String searched = flow ? line.toLowerCase(java.util.Locale.ROOT) : key;
    return HUSHED.stream().anyMatch(searched::contains);
  }
}
