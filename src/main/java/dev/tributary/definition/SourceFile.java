package dev.tributary.definition;

import java.util.BitSet;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.yaml.snakeyaml.DumperOptions.ScalarStyle;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.ScalarNode;

/**
 * A file's text, from which places are told.
 *
 * @param name as the operator named it, {@code /} between folders
 * @param lines without line ends
 * @param secret lines, from 0, that are known to be no one's to show
 */
record SourceFile(String name, List<String> lines, BitSet secret) {

  /** What a line that may hold a secret has in it: such a line is never shown. */
  private static final Pattern SECRET =
      Pattern.compile(
          "(?i)token|passw|secret|access_key|account_key|credential|webhook|://\\S*[@?#]");

  private static final int LONGEST_EXCERPT = 200;

  /** Lines longer than this are not searched for secrets, and so not shown. */
  private static final int LONGEST_LINE = 4_000;

  /** How far the key of a value is looked for before the line is not shown. */
  private static final int FARTHEST = 500;

  private static final Pattern CONTROL = Pattern.compile("\\p{Cntrl}");
  private static final Pattern KEY =
      Pattern.compile("(?<![A-Za-z_-])([A-Za-z_-]{2,40}+)[\"']?\\s{0,9}:");

  /** Even mistyped, these are followed by a secret. */
  private static final Vocabulary SECRET_KEYS =
      new Vocabulary(
          Keys.SECTIONS.values().stream()
              .flatMap(List::stream)
              .filter(key -> key.type().secret())
              .map(Key::name)
              .distinct()
              .toList());

  static SourceFile of(String name, String text) {
    return new SourceFile(name, text.lines().toList(), new BitSet());
  }

  /** The same file, once it is known where in it secrets may be. */
  SourceFile hushing(BitSet lines) {
    return new SourceFile(name, this.lines, lines);
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
    String text = line < lines.size() && !isHushed(line) ? lines.get(line) : "";
    return new Diagnostic(
        name, line + 1, column + 1, severity, shown(message, 1_000), excerpt(text, column));
  }

  /** A diagnostic at an offset of a file that is one text. */
  Diagnostic atOffset(String text, int offset, Finding.Severity severity, String message) {
    String before = text.substring(0, Math.min(offset, text.length()));
    int line = (int) before.chars().filter(c -> c == '\n').count();
    return at(line, before.length() - (before.lastIndexOf('\n') + 1), severity, message);
  }

  /** Where a key was written: {@code file:line:column}. */
  String place(Node node) {
    Mark mark = node.getStartMark();
    return name + ":" + (mark.getLine() + 1) + ":" + (mark.getColumn() + 1);
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

  private static String excerpt(String line, int column) {
    return column > LONGEST_EXCERPT ? "" : shown(line, LONGEST_EXCERPT);
  }

  /** For a terminal: nothing that moves its cursor, nothing without end. */
  private static String shown(String text, int most) {
    String cut = text.length() > most ? text.substring(0, most) + "…" : text;
    return CONTROL.matcher(cut).replaceAll(" ");
  }

  /** Whether a line may hold a secret, by itself or as the value of a key above it. */
  boolean isHushed(int line) {
    if (line >= lines.size() || lines.get(line).isBlank()) {
      return false;
    }
    if (secret.get(line)
        || lines.get(line).length() > LONGEST_LINE
        || holdsSecret(lines.get(line))) {
      return true;
    }
    int indent = indent(line);
    for (int above = line - 1; indent > 0 && above >= 0; above--) {
      if (line - above > FARTHEST) {
        return true;
      }
      if (indent(above) < indent) {
        return lines.get(above).length() > LONGEST_LINE || holdsSecret(lines.get(above));
      }
    }
    return false;
  }

  private int indent(int line) {
    String text = lines.get(line);
    return text.isBlank() ? Integer.MAX_VALUE : text.length() - text.stripLeading().length();
  }

  private static boolean holdsSecret(String line) {
    if (SECRET.matcher(line).find()) {
      return true;
    }
    Matcher key = KEY.matcher(line);
    while (key.find()) {
      if (SECRET_KEYS.isNear(key.group(1))) {
        return true;
      }
    }
    return false;
  }
}
