package dev.tributary.daemon;

import dev.tributary.job.Job;
import dev.tributary.job.Source;
import dev.tributary.run.Circuit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Gives each job of a set its post: the one it has, if its definition is the same. */
final class Staff {

  private final Map<String, Circuit> circuits = new HashMap<>();
  private final Map<String, Source> sources = new HashMap<>();

  synchronized List<Post> posts(JobSet set, Roster roster) {
    List<Post> posts = new ArrayList<>();
    for (Job job : set.jobs()) {
      Circuit circuit = circuit(job.source());
      Optional<Post> there = roster.post(job.name());
      posts.add(
          there
              .map(post -> post.job().equals(job) ? post : post.redefined(job, circuit))
              .orElseGet(() -> new Post(job, circuit)));
    }
    circuits.keySet().retainAll(set.jobs().stream().map(job -> job.source().name()).toList());
    return posts;
  }

  /** A source that was defined anew begins with a good name. */
  private Circuit circuit(Source source) {
    Circuit circuit = circuits.get(source.name());
    if (circuit == null || !source.equals(sources.get(source.name()))) {
      circuit = new Circuit();
      circuits.put(source.name(), circuit);
      sources.put(source.name(), source);
    }
    return circuit;
  }

  synchronized List<DaemonState.OpenCircuit> open() {
    List<DaemonState.OpenCircuit> open = new ArrayList<>();
    circuits.forEach(
        (source, circuit) ->
            circuit
                .probe()
                .ifPresent(
                    probe ->
                        open.add(
                            new DaemonState.OpenCircuit(
                                source, circuit.reason().orElse(""), probe))));
    return open;
  }
}
