package dev.tributary.run;

import dev.tributary.inspect.Finding;
import dev.tributary.inspect.Finding.Cause;
import dev.tributary.inspect.Verifier;
import dev.tributary.job.Failure;
import dev.tributary.job.History;
import dev.tributary.job.Job;
import dev.tributary.job.ObjectKey;
import dev.tributary.job.Window;
import dev.tributary.land.Destination;
import dev.tributary.ledger.Intent;
import dev.tributary.ledger.Ledger;
import dev.tributary.ledger.Manifest;
import dev.tributary.ledger.Manifests;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Holds everything that a job has at its destination against what its ledger says. Reads only.
 * Several windows at once, each read batch by batch; of all windows together only the names of
 * their manifests and a hash of each file's key are kept. Use an instance once.
 */
public final class Audit {

  private final Job job;
  private final Destination destination;
  private final Ledger ledger;
  private final Kit kit;
  private final Listener listener;
  private final Verifier verifier;
  private final SeenKeys files = new SeenKeys();
  private final SeenKeys windows = new SeenKeys();
  private final Queue<Finding> findings = new ConcurrentLinkedQueue<>();
  private final Queue<Manifests.Listed> again = new ConcurrentLinkedQueue<>();
  private final AtomicInteger checked = new AtomicInteger();
  private final AtomicInteger fileCount = new AtomicInteger();

  /** Hears how far the audit is, from several threads. */
  @FunctionalInterface
  public interface Listener {
    /** So many of all windows were checked, and so much was found by now. */
    void checked(int windows, int ofAll, int findings);
  }

  /**
   * What an audit came to.
   *
   * @param windows that have a manifest
   * @param files that those list
   */
  public record Report(int windows, int files, List<Finding> findings) {}

  /** Prepares an audit. */
  public Audit(Job job, Destination destination, Ledger ledger, Kit kit, Listener listener) {
    this.job = job;
    this.destination = destination;
    this.ledger = ledger;
    this.kit = kit;
    this.listener = listener;
    this.verifier = new Verifier(destination, kit.memory());
  }

  /**
   * Checks every window and looks for what belongs to none.
   *
   * @param threads windows at once, at least 1
   * @param stop after which no window is begun
   * @throws Failure if the destination cannot be read
   */
  public Report run(int threads, StopSignal stop) throws Failure {
    History history = history();
    Manifests manifests = ledger.manifests();
    ExecutorService workers = Executors.newFixedThreadPool(threads);
    try {
      List<Callable<@Nullable Void>> shifts = new ArrayList<>();
      for (int i = 0; i < threads; i++) {
        shifts.add(() -> shift(manifests, stop));
      }
      await(workers.invokeAll(shifts));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new Failure(Failure.Kind.TRY_AGAIN, "cannot verify to the end: it was interrupted", e);
    } finally {
      workers.shutdownNow();
    }
    if (stop.isStopped()) {
      return new Report(checked.get(), fileCount.get(), List.copyOf(findings));
    }
    for (Manifests.Listed alone : again) {
      check(manifests, alone);
    }
    unrecorded(history);
    unfinished();
    Set<Window> unclear = new HashSet<>();
    findings.stream()
        .filter(each -> each.cause() == Cause.MANIFEST || each.cause() == Cause.MISSING)
        .forEach(finding -> finding.window().ifPresent(unclear::add));
    new Strays(job, destination, ledger, kit, files)
        .find(history, finding -> stray(finding, unclear));
    return new Report(manifests.count(), fileCount.get(), List.copyOf(findings));
  }

  /** What is known by the index; where that cannot be read, the manifests are looked at anyhow. */
  private History history() throws Failure {
    try {
      return ledger.history();
    } catch (Failure failure) {
      if (failure.kind() == Failure.Kind.REFUSED) {
        return History.NONE;
      }
      throw failure;
    }
  }

  /** Files of a window whose manifest is gone or tells it wrongly would all seem unlisted. */
  private void stray(Finding finding, Set<Window> unclear) {
    if (finding.cause() == Cause.FOREIGN || finding.window().filter(unclear::contains).isEmpty()) {
      findings.add(finding);
    }
  }

  private static void await(List<Future<@Nullable Void>> shifts)
      throws InterruptedException, Failure {
    for (Future<@Nullable Void> shift : shifts) {
      try {
        shift.get();
      } catch (ExecutionException e) {
        if (e.getCause() instanceof Failure failure) {
          throw failure;
        }
        throw new IllegalStateException(e.getCause());
      }
    }
  }

  private @Nullable Void shift(Manifests manifests, StopSignal stop) throws Failure {
    for (Optional<Manifests.Listed> next = manifests.take();
        next.isPresent() && !stop.isStopped();
        next = manifests.take()) {
      try {
        check(manifests, next.orElseThrow());
      } catch (Failure failure) {
        // several at once may want more memory than there is; one alone finds enough
        if (failure.kind() != Failure.Kind.TRY_AGAIN) {
          throw failure;
        }
        again.add(next.orElseThrow());
      }
      listener.checked(checked.incrementAndGet(), manifests.count(), findings.size());
    }
    return null;
  }

  private void check(Manifests manifests, Manifests.Listed listed) throws Failure {
    windows.add(place(listed.window()));
    Optional<Manifest> read;
    try {
      read = manifests.read(listed);
    } catch (Failure failure) {
      if (failure.kind() != Failure.Kind.REFUSED) {
        throw failure;
      }
      found(listed.window(), listed.key(), Cause.MANIFEST, failure.sentence());
      return;
    }
    if (read.isPresent()) {
      check(listed.window(), read.orElseThrow());
    }
  }

  private void check(Window window, Manifest manifest) throws Failure {
    List<Finding> wrong = verify(manifest);
    if (wrong.isEmpty()) {
      count(manifest);
      return;
    }
    // somebody may have replaced it in the meantime, or be about to
    Manifest newest = Strays.newest(ledger, window).orElse(manifest);
    if (newest.attempt().generation() > manifest.attempt().generation()) {
      wrong = verify(newest);
    }
    count(newest);
    if (ledger.intent(window, newest.attempt().generation() + 1).isEmpty()) {
      findings.addAll(wrong);
    }
  }

  private List<Finding> verify(Manifest manifest) throws Failure {
    boolean sameDefinition =
        manifest.attempt().hashes().definition().equals(job.hashes().definition());
    return verifier.verify(
        manifest, job.timeColumn(), sameDefinition ? job.output().sort() : List.of());
  }

  private void count(Manifest manifest) {
    manifest.files().forEach(file -> files.add(file.key()));
    fileCount.addAndGet(manifest.files().size());
  }

  /** Windows that the index counts as settled, though nothing says so any more. */
  private void unrecorded(History history) throws Failure {
    for (History.Committed each : history.committed().values()) {
      Window window = each.window();
      if (!windows.contains(place(window)) && ledger.newest(window).isEmpty()) {
        found(
            window,
            Ledger.folder(job.name()),
            Cause.MANIFEST,
            "the manifest of window " + window + ", which the index counts as settled, is gone");
      }
    }
  }

  private void unfinished() throws Failure {
    for (Intent intent : ledger.pendingIntents()) {
      found(
          intent.window(),
          Ledger.folder(job.name()).resolve("intents"),
          Cause.UNFINISHED,
          "a publication of window "
              + intent.window()
              + ", generation "
              + intent.generation()
              + ", was begun at "
              + intent.began()
              + " and is not finished");
    }
  }

  private ObjectKey place(Window window) {
    return Ledger.folder(job.name()).resolve(window.start().toString());
  }

  private void found(Window window, ObjectKey key, Cause cause, String what) {
    findings.add(new Finding(job.name(), Optional.of(window), key, cause, what));
  }
}
