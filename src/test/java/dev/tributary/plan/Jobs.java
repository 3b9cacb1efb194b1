package dev.tributary.plan;

import dev.tributary.job.DestinationSpec;
import dev.tributary.job.Every;
import dev.tributary.job.Expect;
import dev.tributary.job.Job;
import dev.tributary.job.JobName;
import dev.tributary.job.Output;
import dev.tributary.job.Query;
import dev.tributary.job.Source;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Jobs of which only what the plan reads is of interest. */
record Jobs(
    ZoneId zone,
    Optional<Every> every,
    Optional<Instant> start,
    Optional<String> schedule,
    Job.Catchup catchup,
    String queryHash) {

  static final Duration DELAY = Duration.ofMinutes(5);

  static Jobs windows(Every every) {
    return new Jobs(
        ZoneOffset.UTC,
        Optional.of(every),
        Optional.empty(),
        Optional.empty(),
        Job.Catchup.ALL,
        "q1");
  }

  static Jobs hourly() {
    return windows(new Every.Fixed(Duration.ofHours(1)));
  }

  static Jobs snapshot() {
    return new Jobs(
        ZoneOffset.UTC,
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Job.Catchup.ALL,
        "q1");
  }

  Jobs in(ZoneId other) {
    return new Jobs(other, every, start, schedule, catchup, queryHash);
  }

  Jobs from(String instant) {
    return new Jobs(zone, every, Optional.of(Instant.parse(instant)), schedule, catchup, queryHash);
  }

  Jobs at(String cron) {
    return new Jobs(zone, every, start, Optional.of(cron), catchup, queryHash);
  }

  Jobs catching(Job.Catchup other) {
    return new Jobs(zone, every, start, schedule, other, queryHash);
  }

  Jobs asking(String otherQueryHash) {
    return new Jobs(zone, every, start, schedule, catchup, otherQueryHash);
  }

  Job job() {
    return new Job(
        new JobName("cpu"),
        new Source(
            "plant",
            URI.create("grpc://127.0.0.1:8181"),
            Optional.empty(),
            Source.Tls.SYSTEM,
            Optional.empty(),
            Source.Parameters.BIND,
            Source.Timeouts.DEFAULT,
            2,
            Optional.empty()),
        "home",
        new Query(Query.Language.SQL, "SELECT 1", List.of()),
        zone,
        every.map(length -> new Job.Windowing(length, DELAY, start, Optional.empty())),
        schedule.map(TestCron::of),
        catchup,
        List.of(),
        Optional.of("time"),
        false,
        false,
        3,
        Duration.ofMinutes(5),
        Expect.ANYTHING,
        Output.DEFAULT,
        new Job.Target(
            new DestinationSpec("lake", URI.create("file:///lake"), false, Map.of(), Map.of()),
            PathTemplate.DEFAULT),
        Job.Ages.NONE,
        new Job.Hashes(queryHash, "d1"));
  }
}
