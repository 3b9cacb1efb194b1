package dev.tributary.inspect;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.tributary.inspect.Diagnosis.Part;
import dev.tributary.job.DestinationSpec;
import dev.tributary.job.Durations;
import dev.tributary.job.Failure;
import dev.tributary.job.Failure.Kind;
import dev.tributary.job.ObjectKey;
import dev.tributary.land.Condition;
import dev.tributary.land.Destination;
import dev.tributary.land.Landing;
import dev.tributary.land.StagedObject;
import dev.tributary.land.StoredObject;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Does at a destination, below {@code _tributary/doctor/}, what every commit relies upon, and
 * removes it again. Confined to one thread.
 */
public final class DestinationProbe {

  /** More than any store takes in one part. */
  private static final int LARGE = (8 << 20) + 1;

  private static final Duration WORTH_KNOWING = Duration.ofMinutes(1);

  private final DestinationSpec spec;
  private final Destination destination;
  private final InstantSource clock;
  private final Part part;
  private final ObjectKey folder;
  private final ObjectKey small;
  private final ObjectKey large;
  private final List<Diagnosis> found = new ArrayList<>();
  private String step = "look";

  /**
   * A probe of a destination.
   *
   * @param id that no other probe anywhere has
   */
  public DestinationProbe(
      DestinationSpec spec, Destination destination, InstantSource clock, String id) {
    this.spec = spec;
    this.destination = destination;
    this.clock = clock;
    this.part = new Part("destination", spec.name());
    this.folder = new ObjectKey("_tributary/doctor/" + id);
    this.small = folder.resolve("date=2026-11-22/a b é.txt");
    this.large = folder.resolve("large");
  }

  /** Probes until something fails; what was written is removed in any case. */
  public List<Diagnosis> diagnoses() {
    boolean wrote = false;
    try {
      destination.look(small);
      right("it answers, and what it holds may be seen");
      step = "create";
      wrote = true;
      create();
    } catch (Failure failure) {
      found.add(part.wrong(step, failure));
    } finally {
      if (wrote) {
        remove();
      }
    }
    return List.copyOf(found);
  }

  private void create() throws Failure {
    Instant before = clock.instant();
    StoredObject first =
        landed(destination.put(small, bytes("first"), Condition.ABSENT), "an object that is new");
    Instant after = clock.instant();
    right(spec.url().getScheme().equals("file") ? disk() : bucket());
    Optional<Instant> written = destination.written(small);
    step = "create only";
    conditions(
        destination.put(small, bytes("other"), Condition.ABSENT),
        "an object that is there is not overwritten");
    replace();
    step = "large";
    landed(large(large), "an object of several parts");
    right("an object of several parts can be created");
    conditions(large(small), "an object that is there is not overwritten by one of several parts");
    list(first);
    written.ifPresent(theirs -> clocks(SourceProbe.distance(theirs, before, after)));
    if (spec.url().getScheme().equals("file")) {
      found.add(DiskSpace.below(part, spec.url()));
    }
  }

  private void replace() throws Failure {
    step = "replace";
    StoredObject seen =
        destination.look(small).orElseThrow(() -> failed(small, "it is gone once it was written"));
    landed(
        destination.put(small, bytes("second"), Condition.unchanged(seen.version())),
        "the object that was seen");
    conditions(
        destination.put(small, bytes("stale!"), Condition.unchanged(seen.version())),
        "an object that changed since it was seen is not replaced");
  }

  private Landing large(ObjectKey key) throws Failure {
    byte[] content = new byte[LARGE];
    Arrays.fill(content, (byte) 'x');
    try (StagedObject staged = destination.stage(key)) {
      try (OutputStream stream = staged.stream()) {
        stream.write(content);
      } catch (IOException e) {
        throw new Failure(
            Kind.CANNOT_WRITE,
            "cannot write '" + destination.address(key) + "': " + e.getMessage(),
            e);
      }
      return staged.commit(Condition.ABSENT);
    }
  }

  private void list(StoredObject first) throws Failure {
    step = "list";
    List<ObjectKey> listed = destination.list(folder).stream().map(StoredObject::key).toList();
    if (!listed.equals(List.of(small, large))) {
      throw failed(folder, "of two objects that were written the listing shows " + listed.size());
    }
    right("what was written is listed at once, in the order of keys");
    step = "read";
    byte[] there = destination.read(small).orElse(new byte[0]);
    if (there.length == 0 || destination.look(large).map(StoredObject::bytes).orElse(0L) != LARGE) {
      throw failed(first.key(), "it does not hold what was written");
    }
    right("what was written is read back");
  }

  private void remove() {
    step = "delete";
    try {
      destination.delete(small);
      destination.delete(large);
      if (destination.look(small).isPresent() || destination.look(large).isPresent()) {
        throw failed(folder, "what was deleted is still there");
      }
      right("the probe's objects are removed");
    } catch (Failure failure) {
      found.add(part.wrong(step, failure));
    }
  }

  /** A condition that did not hold, and so must have been refused. */
  private void conditions(Landing landing, String kept) throws Failure {
    if (landing instanceof Landing.Refused) {
      right(kept);
      return;
    }
    if (landing instanceof Landing.Unknown unknown) {
      throw failed(small, unknown.reason());
    }
    String told = "the store ignores conditions, so two writers would overwrite each other; ";
    found.add(
        spec.singleWriter()
            ? part.doubtful(step, told + "'single_writer: true' says that nobody else writes there")
            : part.wrong(
                step,
                Kind.CONFIGURATION,
                told
                    + "use a store that keeps them, or, if nobody else ever writes there, say"
                    + " 'single_writer: true'"));
  }

  private StoredObject landed(Landing landing, String what) throws Failure {
    if (landing instanceof Landing.Landed landed) {
      return landed.object();
    }
    throw failed(
        folder,
        landing instanceof Landing.Unknown unknown
            ? unknown.reason()
            : "the store refuses " + what);
  }

  private Failure failed(ObjectKey key, String reason) {
    return new Failure(
        Kind.REFUSED,
        "cannot rely on '"
            + destination.address(key)
            + "': "
            + reason
            + "; no window may be committed there");
  }

  private String disk() {
    return spec.singleWriter()
        ? "a file can be created; 'single_writer: true' does without links and locks"
        : "a file can be created; the folder is this user's, with hard links and locks";
  }

  private String bucket() {
    return spec.singleWriter()
        ? "an object can be created; 'single_writer: true' looks before each write, so nobody else"
            + " may write there"
        : "an object can be created";
  }

  private void clocks(Duration apart) {
    found.add(
        apart.compareTo(WORTH_KNOWING) <= 0
            ? part.right("clock", "its clock and ours agree to within a minute")
            : part.doubtful(
                "clock",
                "its clock and ours are "
                    + Durations.text(apart)
                    + " apart; stores refuse requests whose signature is too old; set the clocks"));
  }

  private void right(String told) {
    found.add(part.right(step, told));
  }

  private static byte[] bytes(String text) {
    return text.getBytes(UTF_8);
  }
}
