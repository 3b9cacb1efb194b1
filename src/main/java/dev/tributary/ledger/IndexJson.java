package dev.tributary.ledger;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tributary.job.History;
import dev.tributary.job.History.Committed;
import dev.tributary.job.Window;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/** The index as JSON: runs of windows, and the few states that they are in. */
final class IndexJson {

  private IndexJson() {}

  /** What windows have in common. */
  private record State(History.Status status, int generation, String queryHash) {

    static State of(Committed committed) {
      return new State(committed.status(), committed.generation(), committed.queryHash());
    }

    Committed of(Window window) {
      return new Committed(window, status, generation, queryHash);
    }
  }

  static ObjectNode write(Index index, int schema) {
    Map<State, Integer> states = new LinkedHashMap<>();
    List<Run> runs = runs(index.committed().values(), states);
    ObjectNode record = Records.begin().put("schema", schema);
    ArrayNode palette = record.putArray("states");
    for (State state : states.keySet()) {
      palette
          .addObject()
          .put("status", ManifestJson.write(state.status()))
          .put("generation", state.generation())
          .put("query", state.queryHash());
    }
    ArrayNode windows = record.putArray("windows");
    for (Run run : runs) {
      windows
          .addObject()
          .put("start", run.start().toString())
          .put("seconds", run.seconds())
          .put("step", run.step())
          .put("states", Run.text(run.states()));
    }
    record.put("looked", index.looked().toString());
    ArrayNode looks = record.putArray("looks");
    index
        .looks()
        .forEach(
            (start, ages) -> {
              for (Duration age : ages) {
                looks.addObject().put("start", start.toString()).put("seconds", age.toSeconds());
              }
            });
    return record;
  }

  static Index read(Fields record) throws UnreadableRecord {
    List<State> states = new ArrayList<>();
    for (Fields state : record.list("states")) {
      states.add(
          new State(
              ManifestJson.readStatus(state.text("status")),
              state.smallCount("generation"),
              state.text("query")));
    }
    NavigableMap<Instant, Committed> committed = new TreeMap<>();
    for (Fields fields : record.list("windows")) {
      Run run =
          new Run(
              fields.instant("start"),
              fields.count("seconds"),
              fields.count("step"),
              Run.states(fields.text("states"), states.size()));
      run.forEach((window, state) -> committed.put(window.start(), states.get(state).of(window)));
    }
    return new Index(committed, readLooks(record.list("looks")), record.instant("looked"));
  }

  private static Map<Instant, List<Duration>> readLooks(List<Fields> list) throws UnreadableRecord {
    Map<Instant, List<Duration>> looks = new HashMap<>();
    for (Fields look : list) {
      looks
          .computeIfAbsent(look.instant("start"), start -> new ArrayList<>())
          .add(Duration.ofSeconds(look.count("seconds")));
    }
    return looks;
  }

  private static List<Run> runs(Collection<Committed> committed, Map<State, Integer> states) {
    Run.Gathering runs = new Run.Gathering();
    for (Committed window : committed) {
      if (Run.canHold(window.window())) {
        int state = states.computeIfAbsent(State.of(window), key -> states.size());
        runs.add(window.window(), state);
      }
    }
    return runs.finish();
  }
}
