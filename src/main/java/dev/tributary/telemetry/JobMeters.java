package dev.tributary.telemetry;

import dev.tributary.job.JobName;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** The meters of each job, made at its first mention and gone when its definition is. */
final class JobMeters {

  private final MeterRegistry registry;
  private final InstantSource clock;
  private final Map<JobName, JobMeter> jobs = new ConcurrentHashMap<>();

  JobMeters(MeterRegistry registry, InstantSource clock) {
    this.registry = registry;
    this.clock = clock;
    Gauge.builder(
            "tributary.windows.running",
            () -> jobs.values().stream().mapToInt(JobMeter::running).sum())
        .description("Windows being settled now")
        .register(registry);
    Gauge.builder(
            "tributary.windows.waiting",
            () -> jobs.values().stream().mapToInt(JobMeter::waiting).sum())
        .description("Due windows that nobody has begun")
        .register(registry);
    Gauge.builder("tributary.jobs", jobs::size).description("Jobs known").register(registry);
  }

  JobMeter of(JobName name) {
    return jobs.computeIfAbsent(name, job -> new JobMeter(job, registry, clock));
  }

  void keep(Set<JobName> names, Map<JobName, Duration> maxAges) {
    if (jobs.keySet().retainAll(names)) {
      forget(names);
    }
    names.forEach(name -> of(name).maxAge(maxAges.get(name)));
  }

  private void forget(Set<JobName> names) {
    for (Meter meter : List.copyOf(registry.getMeters())) {
      String job = meter.getId().getTag("job");
      if (job != null && !names.contains(new JobName(job))) {
        registry.remove(meter);
      }
    }
  }
}
