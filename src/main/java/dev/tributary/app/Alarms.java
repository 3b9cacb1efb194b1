package dev.tributary.app;

import dev.tributary.definition.Definitions;
import dev.tributary.job.Failure;
import dev.tributary.job.Job;
import dev.tributary.job.JobName;
import dev.tributary.job.SecretReader;
import dev.tributary.run.RunListener;
import dev.tributary.telemetry.Delivery;
import dev.tributary.telemetry.Notice;
import dev.tributary.telemetry.Occasion;
import dev.tributary.telemetry.Redactor;
import dev.tributary.telemetry.Watch;
import dev.tributary.telemetry.Webhook;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Collection;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/**
 * Notices to whom the definitions name: of a job that fails, recovers or falls silent. Without such
 * a section nothing is watched and nothing sent. Safe for use by several threads.
 */
public final class Alarms implements AutoCloseable {

  /** Long enough for a receiver that restarts, short enough for a one-shot command. */
  public static final Duration LAST_TRIES = Duration.ofSeconds(20);

  private static final Duration FIRST_PAUSE = Duration.ofSeconds(1);

  private final Watch watch;
  private final Webhook webhook;

  private Alarms(Watch watch, Webhook webhook) {
    this.watch = watch;
    this.webhook = webhook;
  }

  /**
   * What the definitions ask for; empty when they name nobody.
   *
   * @param told hears what became of each notice
   */
  public static Optional<Alarms> of(
      Definitions definitions,
      Map<String, String> environment,
      InstantSource clock,
      Consumer<Delivery> told) {
    return definitions
        .notice()
        .map(
            notify -> {
              Webhook webhook =
                  new Webhook(address(notify, new Credentials(environment)), FIRST_PAUSE, told);
              Consumer<Notice> send = webhook::send;
              return new Alarms(new Watch(occasions(notify), clock, send), webhook);
            });
  }

  private static Webhook.Address address(Definitions.Notify notify, SecretReader secrets) {
    return () ->
        notify.reference().isPresent()
            ? parsed(secrets.read(notify.reference().get()))
            : notify.address().orElseThrow();
  }

  /** A URL that is a secret gives nothing away in parts, either. */
  private static URI parsed(String text) throws Failure {
    try {
      URI url = URI.create(text);
      if (url.getRawPath() != null && url.getRawPath().length() > 1) {
        Redactor.ofProcess().learn(url.getRawPath().substring(1));
      }
      return url;
    } catch (IllegalArgumentException e) {
      throw new Failure(
          Failure.Kind.CONFIGURATION, "cannot use 'notify.webhook': the secret is no URL");
    }
  }

  private static Set<Occasion> occasions(Definitions.Notify notify) {
    EnumSet<Occasion> on = EnumSet.noneOf(Occasion.class);
    for (Definitions.Occasion each : notify.on()) {
      on.add(
          switch (each) {
            case FAILURE -> Occasion.FAILURE;
            case RECOVERY -> Occasion.RECOVERY;
            case SILENCE -> Occasion.SILENCE;
          });
    }
    return on;
  }

  /** To be told of every pass. */
  public RunListener listener() {
    return watch;
  }

  /** Tells of jobs that are silent; forgets jobs that are not among these. */
  public void look(Collection<Job> jobs) {
    Map<JobName, Duration> maxAges = new HashMap<>();
    jobs.forEach(job -> job.ages().maxAge().ifPresent(age -> maxAges.put(job.name(), age)));
    look(jobs.stream().map(Job::name).collect(Collectors.toUnmodifiableSet()), maxAges);
  }

  /**
   * The same.
   *
   * @param names of all jobs
   * @param maxAges of those that have one
   */
  public void look(Set<JobName> names, Map<JobName, Duration> maxAges) {
    watch.look(names, maxAges);
  }

  /** Sends what is left, for at most {@link #LAST_TRIES}. */
  @Override
  public void close() {
    try {
      webhook.flush(LAST_TRIES);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      webhook.close();
    }
  }
}
