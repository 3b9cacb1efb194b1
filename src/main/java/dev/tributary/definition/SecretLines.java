package dev.tributary.definition;

import java.util.BitSet;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.yaml.snakeyaml.nodes.CollectionNode;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;

/**
 * Finds the lines of a file that may hold a secret, rightly or by mistake, so that no message shows
 * them: what stands under a key for secrets, under one that sounds or is spelt like one, and,
 * except in jobs, under any key that is not known.
 */
final class SecretLines {

  private static final List<String> TELLING =
      List.of("token", "pass", "pwd", "secret", "key", "sas", "credential", "auth", "webhook");
  private static final Vocabulary SECRETS = words(true);
  private static final Vocabulary HARMLESS = words(false);
  private static final Set<String> GROUPS = groups();
  private static final Set<String> OPEN_SECTIONS = Set.of("jobs", "defaults", "limits", "daemon");

  private static final Set<String> ADDRESSES = Set.of("url", "proxy", "endpoint");

  /** An address that can hold neither password nor query. */
  private static final Pattern PLAIN_URL =
      Pattern.compile("[a-z0-9+]{1,9}:[\\w.:/\\[\\]-]*|[\\w./-]*|\\$\\{[a-z]{1,10}:[\\w./-]*\\}");

  private static final Pattern PLAIN_VALUE = Pattern.compile("[0-9]{1,6}[A-Za-z]{0,3}|true|false");

  private final BitSet lines = new BitSet();
  private final Set<Node> seen = Collections.newSetFromMap(new IdentityHashMap<>());

  private SecretLines() {}

  private static Vocabulary words(boolean secret) {
    return new Vocabulary(
        keys()
            .filter(key -> key.type().secret() == secret)
            .map(key -> key.name().substring(key.name().lastIndexOf('.') + 1))
            .distinct()
            .toList());
  }

  private static Stream<Key<?>> keys() {
    return Keys.SECTIONS.values().stream().flatMap(List::stream);
  }

  /** Words under which mappings stand, and so no value is right. */
  private static Set<String> groups() {
    return Stream.concat(
            Keys.SECTIONS.keySet().stream(),
            keys()
                .filter(key -> key.name().indexOf('.') > 0)
                .map(key -> key.name().substring(0, key.name().indexOf('.'))))
        .collect(Collectors.toUnmodifiableSet());
  }

  /** Lines, from 0, of a file whose structure is known. */
  static BitSet of(MappingNode document) {
    SecretLines secrets = new SecretLines();
    for (NodeTuple tuple : document.getValue()) {
      secrets.entry(tuple, OPEN_SECTIONS.contains(word(tuple.getKeyNode())));
    }
    return secrets.lines;
  }

  private void entry(NodeTuple tuple, boolean open) {
    String key = word(tuple.getKeyNode());
    Node value = tuple.getValueNode();
    boolean leaf = !(value instanceof MappingNode);
    if (isSecret(key) || (leaf && !open && !isHarmless(key, value))) {
      mark(tuple.getKeyNode());
      mark(value);
    } else if (leaf && ADDRESSES.contains(key) && !PLAIN_URL.matcher(word(value)).matches()) {
      mark(value);
    } else {
      descend(value, open);
    }
  }

  private void descend(Node node, boolean open) {
    if (!seen.add(node)) {
      return;
    }
    if (node instanceof MappingNode mapping) {
      mapping.getValue().forEach(tuple -> entry(tuple, open));
    } else if (node instanceof CollectionNode<?> list) {
      for (Object each : list.getValue()) {
        descend((Node) each, open);
      }
    }
  }

  private void mark(Node node) {
    int first = node.getStartMark().getLine();
    int last = node.getEndMark() == null ? first : node.getEndMark().getLine();
    lines.set(first, Math.max(first, last) + 1);
  }

  private static boolean isHarmless(String key, Node value) {
    return (!GROUPS.contains(key) && HARMLESS.isNear(key))
        || (key.equals("<<") && value instanceof CollectionNode<?>)
        || PLAIN_VALUE.matcher(word(value)).matches()
        || (key.startsWith("x-") && value instanceof CollectionNode<?>);
  }

  private static boolean isSecret(String key) {
    String folded = key.toLowerCase(Locale.ROOT);
    return TELLING.stream().anyMatch(folded::contains)
        || (!HARMLESS.contains(key) && SECRETS.isNear(key));
  }

  private static String word(Node node) {
    return node instanceof ScalarNode scalar ? scalar.getValue() : "";
  }
}
