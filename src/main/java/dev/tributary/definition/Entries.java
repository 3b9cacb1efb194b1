package dev.tributary.definition;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;

/** The entries of a YAML mapping by key, merge keys followed, duplicates reported. */
final class Entries {

  private static final String MERGE = "<<";
  private static final int DEEPEST = 16;

  /**
   * A key with its value.
   *
   * @param file where both stand
   */
  record Entry(SourceFile file, ScalarNode key, Node value) {}

  private Entries() {}

  /** The mapping's own entries first, then what merge keys bring, each key once. */
  static Map<String, Entry> of(SourceFile file, MappingNode mapping, Diagnostics diagnostics) {
    Map<String, Entry> entries = new LinkedHashMap<>();
    collect(file, mapping, diagnostics, entries, 0);
    return entries;
  }

  private static void collect(
      SourceFile file,
      MappingNode mapping,
      Diagnostics diagnostics,
      Map<String, Entry> into,
      int depth) {
    Map<String, Entry> own = new LinkedHashMap<>();
    List<Node> merged = new ArrayList<>();
    for (NodeTuple tuple : mapping.getValue()) {
      if (!(tuple.getKeyNode() instanceof ScalarNode key)) {
        diagnostics.error(file, tuple.getKeyNode(), "a key must be a word");
      } else if (key.getValue().equals(MERGE)) {
        merged.add(tuple.getValueNode());
      } else {
        Entry before = own.putIfAbsent(key.getValue(), new Entry(file, key, tuple.getValueNode()));
        if (before != null) {
          diagnostics.error(
              file,
              key,
              "duplicate key '" + key.getValue() + "'; it is also at " + file.place(before.key()));
        }
      }
    }
    own.forEach(into::putIfAbsent);
    for (Node node : merged) {
      merge(file, node, diagnostics, into, depth);
    }
  }

  private static void merge(
      SourceFile file, Node node, Diagnostics diagnostics, Map<String, Entry> into, int depth) {
    if (depth == DEEPEST) {
      diagnostics.error(file, node, "merge keys are nested more than " + DEEPEST + " deep");
    } else if (node instanceof MappingNode mapping) {
      collect(file, mapping, diagnostics, into, depth + 1);
    } else if (node instanceof SequenceNode sequence) {
      sequence.getValue().forEach(each -> merge(file, each, diagnostics, into, depth + 1));
    } else {
      diagnostics.error(file, node, "'<<' must name a mapping");
    }
  }
}
