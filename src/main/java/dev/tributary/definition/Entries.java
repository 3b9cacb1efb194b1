package dev.tributary.definition;

import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;

/** The entries of a YAML mapping by key, merge keys followed, duplicates reported. */
final class Entries {

  private static final String MERGE = "<<";

  /**
   * A key with its value.
   *
   * @param file where both stand
   * @param repeated whether its mapping has the key again, so that nobody knows which is meant
   */
  record Entry(SourceFile file, ScalarNode key, Node value, boolean repeated) {}

  private Entries() {}

  /** The mapping's own entries first, then what merge keys bring, each key once. */
  static Map<String, Entry> of(SourceFile file, MappingNode mapping, Diagnostics diagnostics) {
    Map<String, Entry> entries = new LinkedHashMap<>();
    collect(
        file, mapping, diagnostics, entries, Collections.newSetFromMap(new IdentityHashMap<>()));
    return entries;
  }

  private static void collect(
      SourceFile file,
      MappingNode mapping,
      Diagnostics diagnostics,
      Map<String, Entry> into,
      Set<Node> seen) {
    if (!seen.add(mapping)) {
      // what it holds is there already; without this, merges of merges would multiply
      return;
    }
    Map<String, Entry> own = new LinkedHashMap<>();
    List<Node> merged = new ArrayList<>();
    for (NodeTuple tuple : mapping.getValue()) {
      if (!(tuple.getKeyNode() instanceof ScalarNode key)) {
        diagnostics.error(file, tuple.getKeyNode(), "a key must be a word");
      } else if (key.getValue().equals(MERGE)) {
        merged.add(tuple.getValueNode());
      } else {
        Entry before = own.get(key.getValue());
        own.put(
            key.getValue(),
            before == null
                ? new Entry(file, key, tuple.getValueNode(), false)
                : new Entry(file, before.key(), before.value(), true));
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
      merge(file, node, diagnostics, into, seen);
    }
  }

  private static void merge(
      SourceFile file,
      Node node,
      Diagnostics diagnostics,
      Map<String, Entry> into,
      Set<Node> seen) {
    if (node instanceof MappingNode mapping) {
      collect(file, mapping, diagnostics, into, seen);
    } else if (node instanceof SequenceNode sequence) {
      if (seen.add(sequence)) {
        sequence.getValue().forEach(each -> merge(file, each, diagnostics, into, seen));
      }
    } else {
      diagnostics.error(file, node, "'<<' must name a mapping");
    }
  }
}
