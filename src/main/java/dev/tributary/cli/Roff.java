package dev.tributary.cli;

/** Writes a manual page in the man macros of roff; takes plain text everywhere. */
final class Roff {

  private final StringBuilder text = new StringBuilder();

  void title(String name, String source) {
    text.append(".TH ").append(quoted(name)).append(" 1 \"\" ").append(quoted(source));
    text.append(" \"User Commands\"\n");
    // words of a command line are never broken
    text.append(".nh\n.ad l\n");
  }

  void section(String name) {
    text.append(".SH ").append(quoted(name)).append('\n');
  }

  void subsection(String name) {
    text.append(".SS ").append(quoted(name)).append('\n');
  }

  void paragraph(String words) {
    text.append(".PP\n");
    line(words);
  }

  void line(String words) {
    words.lines().map(Roff::escaped).forEach(line -> text.append(line).append('\n'));
  }

  void bold(String name, String rest) {
    text.append("\\fB").append(escaped(name)).append("\\fR ").append(escaped(rest)).append('\n');
  }

  void item(String name, String meaning) {
    text.append(".TP\n\\fB").append(escaped(name)).append("\\fR\n");
    line(meaning);
  }

  String text() {
    return text.toString();
  }

  private static String quoted(String words) {
    return '"' + escaped(words).replace("\"", "\\(dq") + '"';
  }

  /** A hyphen is an option's, so it is a minus; a line must not begin like a request. */
  private static String escaped(String line) {
    String safe = line.replace("\\", "\\e").replace("-", "\\-");
    return safe.startsWith(".") || safe.startsWith("'") ? "\\&" + safe : safe;
  }
}
