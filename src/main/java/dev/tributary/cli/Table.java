package dev.tributary.cli;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;

/** A table of text with columns as wide as their widest cell. */
final class Table {

  private final List<List<String>> rows = new ArrayList<>();

  Table(List<String> head) {
    rows.add(List.copyOf(head));
  }

  void row(List<String> cells) {
    rows.add(List.copyOf(cells));
  }

  void print(PrintStream out) {
    int[] widths = new int[rows.get(0).size()];
    for (List<String> row : rows) {
      for (int i = 0; i < widths.length; i++) {
        widths[i] = Math.max(widths[i], row.get(i).length());
      }
    }
    for (List<String> row : rows) {
      StringBuilder line = new StringBuilder();
      for (int i = 0; i < widths.length; i++) {
        String cell = row.get(i);
        line.append(cell).append(" ".repeat(widths[i] - cell.length() + 2));
      }
      out.println(line.toString().stripTrailing());
    }
  }
}
