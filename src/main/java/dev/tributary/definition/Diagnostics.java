package dev.tributary.definition;

import java.util.List;
import java.util.TreeSet;
import org.yaml.snakeyaml.nodes.Node;

/** Collects what is to be said about definitions, each thing once. Confined to one thread. */
final class Diagnostics {

  private final TreeSet<Diagnostic> all = new TreeSet<>();
  private int errors;

  void error(SourceFile file, Node node, String message) {
    add(file.diagnostic(node, 0, Finding.Severity.ERROR, message));
  }

  void warning(SourceFile file, Node node, String message) {
    add(file.diagnostic(node, 0, Finding.Severity.WARNING, message));
  }

  /** A finding about a scalar's text, at its place inside that text. */
  void finding(SourceFile file, Node node, Finding finding) {
    add(file.diagnostic(node, finding.offset(), finding.severity(), finding.message()));
  }

  void add(Diagnostic diagnostic) {
    if (diagnostic.isError()) {
      // counted even when it is said already: what stands under 'defaults' breaks every job
      errors++;
    }
    all.add(diagnostic);
  }

  /** Errors so far; a job during whose binding it rises is broken. */
  int errors() {
    return errors;
  }

  List<Diagnostic> sorted() {
    return List.copyOf(all);
  }
}
