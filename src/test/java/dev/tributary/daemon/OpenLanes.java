package dev.tributary.daemon;

import dev.tributary.app.Workshop;
import dev.tributary.job.Failure;
import dev.tributary.job.Job;
import dev.tributary.run.Lane;
import java.util.Collection;

/** The lanes of a workshop that stays open. */
record OpenLanes(Workshop workshop) implements Lanes {

  static Lanes of(Workshop workshop) {
    return new OpenLanes(workshop);
  }

  @Override
  public Lane lane(Job job) throws Failure {
    return workshop.lane(job);
  }

  @Override
  public void keepOnly(Collection<Job> jobs) {
    workshop.keepOnly(jobs);
  }

  @Override
  public void hangUp() {
    workshop.hangUp();
  }
}
