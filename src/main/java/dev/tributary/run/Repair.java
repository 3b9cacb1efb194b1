package dev.tributary.run;

import dev.tributary.encode.ReadBack;
import dev.tributary.inspect.Finding;
import dev.tributary.inspect.Finding.Cause;
import dev.tributary.inspect.Fingerprint;
import dev.tributary.inspect.Verifier;
import dev.tributary.job.Failure;
import dev.tributary.job.History;
import dev.tributary.job.Job;
import dev.tributary.job.ObjectKey;
import dev.tributary.job.Window;
import dev.tributary.land.Destination;
import dev.tributary.land.StoredObject;
import dev.tributary.ledger.Ledger;
import dev.tributary.ledger.Manifest;
import dev.tributary.ledger.Manifests;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;

/**
 * Puts right what an {@link Audit} found, as far as that can be done without touching what is not
 * ours: a manifest is written again from the whole file that it is the receipt of, a part that
 * nobody lists is removed, and every other window is queried again. Confined to one thread.
 */
public final class Repair {

  private final Lane lane;
  private final Job job;
  private final Destination destination;
  private final Ledger ledger;
  private final Kit kit;
  private final Keys keys;
  private final Stamps stamps;
  private final Verifier verifier;
  private final Settling settling;
  private final Retrying retrying;
  private final StopSignal stop;
  private final RunListener listener;
  private final List<History.Committed> settled = new ArrayList<>();

  /**
   * What was done about one finding.
   *
   * @param words what was done, in a few words
   * @param failure why it stays as it was; absent when it was put right
   */
  public record Done(Finding finding, String words, Optional<Failure> failure) {

    /** Whether what was found is right now. */
    public boolean mended() {
      return failure.isEmpty();
    }
  }

  /** Prepares a repair. */
  public Repair(Lane lane, Kit kit, StopSignal stop, RunListener listener) {
    this.lane = lane;
    this.job = lane.job();
    this.destination = lane.destination();
    this.ledger = lane.ledger();
    this.kit = kit;
    this.stop = stop;
    this.listener = listener;
    this.keys = new Keys(job);
    this.stamps = new Stamps(job, destination, kit);
    this.verifier = new Verifier(destination, kit.memory());
    this.settling = new Settling(kit, listener);
    this.retrying = new Retrying(stop::pause, new Random(), listener);
  }

  /** Hears of each finding once it was dealt with. */
  @FunctionalInterface
  public interface Listener {
    /** This was done about it. */
    void done(Done done);
  }

  /**
   * Deals with findings of this job, window by window, and notes what was settled in the index.
   *
   * @throws Failure if the index cannot be written
   */
  public void of(List<Finding> findings, Listener listener) throws Failure {
    Map<Optional<Window>, List<Finding>> byWindow = new LinkedHashMap<>();
    findings.forEach(
        each -> byWindow.computeIfAbsent(each.window(), window -> new ArrayList<>()).add(each));
    for (Map.Entry<Optional<Window>, List<Finding>> entry : byWindow.entrySet()) {
      if (stop.isStopped()) {
        break;
      }
      List<Finding> open = new ArrayList<>();
      for (Finding finding : entry.getValue()) {
        if (isLeft(finding)) {
          listener.done(left(finding));
        } else {
          open.add(finding);
        }
      }
      if (!open.isEmpty()) {
        boolean strange = open.size() < entry.getValue().size();
        ofWindow(entry.getKey().orElseThrow(), open, strange).forEach(listener::done);
      }
    }
    if (!settled.isEmpty()) {
      ledger.writeIndex(ledger.history().with(settled));
    }
  }

  private static boolean isLeft(Finding finding) {
    return finding.cause() == Cause.FOREIGN || finding.cause() == Cause.COPY;
  }

  private Done left(Finding finding) {
    String whose = finding.cause() == Cause.COPY ? "is a copy" : "is not ours";
    return failed(
        finding,
        refused(
            "cannot repair "
                + destination.address(finding.key())
                + ": it "
                + whose
                + " and is left alone; move it away"));
  }

  private List<Done> ofWindow(Window window, List<Finding> open, boolean strange) {
    List<Done> done = new ArrayList<>();
    List<Finding> rerun = new ArrayList<>();
    for (Finding finding : open) {
      try {
        if (finding.cause() == Cause.ORPHAN) {
          remove(window, finding.key());
          done.add(new Done(finding, "removed", Optional.empty()));
        } else {
          rerun.add(finding);
        }
      } catch (Failure failure) {
        done.add(failed(finding, failure));
      }
    }
    if (!rerun.isEmpty()) {
      Done whole = strange && keys.parted() ? besideStrangers(rerun.get(0)) : again(window, rerun);
      rerun.forEach(each -> done.add(new Done(each, whole.words(), whole.failure())));
    }
    return done;
  }

  /** A window of several files is replaced as a whole, and a stranger is among them. */
  private Done besideStrangers(Finding finding) {
    return failed(
        finding,
        refused(
            "cannot repair the window: a file that is not ours lies among its files; move it away"));
  }

  private void remove(Window window, ObjectKey key) throws Failure {
    Destination.Lock lock = destination.lock(job.name());
    try {
      OptionalInt generation = keys.parts(window).generationOf(key);
      Optional<Manifest> newest = ledger.newest(window);
      boolean nobodys =
          newest.isPresent()
              && generation.isPresent()
              && generation.getAsInt() <= newest.orElseThrow().attempt().generation()
              && newest.orElseThrow().files().stream().noneMatch(file -> file.key().equals(key))
              && stamps.isOf(key, window);
      if (!nobodys) {
        throw refused(
            "cannot remove "
                + destination.address(key)
                + ": a writer may still come to list it; run the window first");
      }
      destination.delete(key);
    } finally {
      lock.close();
    }
  }

  private Done again(Window window, List<Finding> findings) {
    Finding first = findings.get(0);
    try {
      if (findings.stream().allMatch(Repair::isOfManifest)) {
        Optional<Manifests.Listed> listed = ledger.manifests(window.start(), window.end()).take();
        if (listed.isPresent() && recordedAgain(window, listed.orElseThrow())) {
          return new Done(first, "recorded again from its file", Optional.empty());
        }
        if (listed.isPresent() && !isReadable(window)) {
          ledger.setAside(window, listed.orElseThrow().generation());
        }
      }
      return rerun(window, first);
    } catch (Failure failure) {
      return failed(first, failure);
    }
  }

  private static boolean isOfManifest(Finding finding) {
    return finding.cause() == Cause.MANIFEST || finding.cause() == Cause.MISSING;
  }

  private boolean isReadable(Window window) throws Failure {
    try {
      ledger.newest(window);
      return true;
    } catch (Failure failure) {
      if (failure.kind() == Failure.Kind.REFUSED) {
        return false;
      }
      throw failure;
    }
  }

  /** Whether the window's one file is whole by its own account, and so vouches for a manifest. */
  private boolean recordedAgain(Window window, Manifests.Listed listed) throws Failure {
    if (keys.parted()) {
      return false;
    }
    Destination.Lock lock = destination.lock(job.name());
    try {
      ObjectKey key = keys.file(window);
      Optional<StoredObject> there = destination.look(key);
      Optional<ReadBack> said = there.isPresent() ? stamps.of(key) : Optional.empty();
      if (said.isEmpty()
          || !said.orElseThrow().attempt().job().equals(job.name())
          || !said.orElseThrow().attempt().window().equals(window)
          || said.orElseThrow().attempt().generation() != listed.generation()) {
        return false;
      }
      ReadBack stamped = said.orElseThrow();
      Optional<String> sha256 = Fingerprint.sha256(destination, key);
      if (sha256.isEmpty()) {
        return false;
      }
      Manifest.DataFile file =
          new Manifest.DataFile(
              key,
              there.orElseThrow().bytes(),
              stamped.content().rows(),
              sha256.orElseThrow(),
              there.orElseThrow().version());
      Manifest manifest =
          kit.manifest(job, stamped.attempt(), stamped.columns(), stamped.content(), List.of(file));
      if (!verifier.verify(manifest, job.timeColumn()).isEmpty()) {
        return false;
      }
      ledger.recordAgain(manifest);
      settled.add(manifest.committed(manifest.ended()));
      return true;
    } finally {
      lock.close();
    }
  }

  private Done rerun(Window window, Finding finding) {
    Aim aim = finding.cause() == Cause.UNFINISHED ? Aim.RESUME : Aim.REPAIR;
    Outcome outcome = settling.settle(lane, window, aim, History.NONE, retrying).outcome();
    listener.ended(outcome);
    Settling.committed(outcome).ifPresent(settled::add);
    return outcome.fold(
        new Outcome.Cases<Done>() {
          @Override
          public Done settled(Outcome.Settled done) {
            return new Done(finding, words(done), Optional.empty());
          }

          @Override
          public Done failed(Outcome.Failed outcome) {
            return Repair.failed(finding, outcome.failure());
          }
        });
  }

  private static String words(Outcome.Settled done) {
    int generation = done.manifest().attempt().generation();
    return switch (done.how()) {
      case PUBLISHED, REPLACED -> "queried again, generation " + generation;
      case ROLLED_FORWARD -> "recorded from what lies there";
      case UNCHANGED -> "queried again, and nothing is new";
      case FOUND -> "found settled";
    };
  }

  private static Done failed(Finding finding, Failure failure) {
    return new Done(finding, failure.sentence(), Optional.of(failure));
  }

  private static Failure refused(String sentence) {
    return new Failure(Failure.Kind.REFUSED, sentence);
  }
}
