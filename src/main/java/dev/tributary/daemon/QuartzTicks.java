package dev.tributary.daemon;

import dev.tributary.job.JobName;
import java.time.Instant;
import java.util.Date;
import java.util.Properties;
import java.util.function.Consumer;
import org.quartz.Job;
import org.quartz.JobBuilder;
import org.quartz.JobKey;
import org.quartz.Scheduler;
import org.quartz.SchedulerException;
import org.quartz.SimpleScheduleBuilder;
import org.quartz.Trigger;
import org.quartz.TriggerBuilder;
import org.quartz.TriggerKey;
import org.quartz.impl.StdSchedulerFactory;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Ticks by Quartz, which learns the names of jobs and instants, and nothing else. Safe for use by
 * several threads.
 */
final class QuartzTicks implements Ticks, AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger(QuartzTicks.class);
  private static final JobKey LOOK = new JobKey("look");
  private static final int THREADS = 2;

  private final Scheduler scheduler;

  /**
   * Starts to tick.
   *
   * @param look what to do with the name at each tick; must not linger
   */
  QuartzTicks(Consumer<JobName> look) {
    try {
      StdSchedulerFactory factory = new StdSchedulerFactory(properties());
      scheduler = factory.getScheduler();
      scheduler.setJobFactory((bundle, by) -> tick(look));
      scheduler.addJob(
          JobBuilder.newJob(Job.class).withIdentity(LOOK).storeDurably().build(), true);
      scheduler.start();
    } catch (SchedulerException e) {
      throw new IllegalStateException("a scheduler in memory always starts", e);
    }
  }

  private static Job tick(Consumer<JobName> look) {
    return context -> look.accept(new JobName(context.getTrigger().getKey().getName()));
  }

  private static Properties properties() {
    Properties properties = new Properties();
    properties.setProperty("org.quartz.scheduler.instanceName", "tributary-" + System.nanoTime());
    properties.setProperty("org.quartz.scheduler.makeSchedulerThreadDaemon", "true");
    properties.setProperty("org.quartz.scheduler.skipUpdateCheck", "true");
    properties.setProperty("org.quartz.jobStore.class", "org.quartz.simpl.RAMJobStore");
    properties.setProperty("org.quartz.threadPool.class", "org.quartz.simpl.SimpleThreadPool");
    properties.setProperty("org.quartz.threadPool.threadCount", Integer.toString(THREADS));
    properties.setProperty("org.quartz.threadPool.makeThreadsDaemons", "true");
    return properties;
  }

  @Override
  public void set(JobName job, Instant at) {
    TriggerKey key = new TriggerKey(job.value());
    Trigger trigger =
        TriggerBuilder.newTrigger()
            .withIdentity(key)
            .forJob(LOOK)
            .startAt(Date.from(at))
            .withSchedule(
                SimpleScheduleBuilder.simpleSchedule().withMisfireHandlingInstructionFireNow())
            .build();
    try {
      if (scheduler.rescheduleJob(key, trigger) == null) {
        scheduler.scheduleJob(trigger);
      }
    } catch (SchedulerException e) {
      // the next look at all jobs does without
      log.debug("no tick for job '{}' at {}", job, at, e);
    }
  }

  @Override
  public void close() {
    try {
      scheduler.shutdown(false);
    } catch (SchedulerException e) {
      log.debug("ticks go on", e);
    }
  }
}
