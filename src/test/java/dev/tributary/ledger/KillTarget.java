package dev.tributary.ledger;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.tributary.job.Attempt;
import dev.tributary.job.Content;
import dev.tributary.job.DestinationSpec;
import dev.tributary.job.History;
import dev.tributary.job.ObjectKey;
import dev.tributary.job.Window;
import dev.tributary.land.Condition;
import dev.tributary.land.Destination;
import dev.tributary.land.Landing;
import dev.tributary.land.LocalDestination;
import dev.tributary.land.StagedObject;
import dev.tributary.land.StoredObject;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;

/**
 * A process that settles windows as a run does, look and publish and manifest, without a query; the
 * careless one writes straight to the final names.
 */
final class KillTarget {

  private final Path prefix;
  private final Destination destination;
  private final Ledger ledger;
  private final String name;
  private int attempts;

  private KillTarget(Path prefix, String name) throws Exception {
    this.prefix = prefix;
    this.destination = open(prefix);
    this.ledger = Ledger.of(destination, ManifestSamples.JOB, InstantSource.system());
    this.name = name;
  }

  static Destination open(Path prefix) throws Exception {
    URI url = URI.create("file://" + prefix);
    return LocalDestination.open(new DestinationSpec("lake", url, false, Map.of(), Map.of()));
  }

  /** Prefix, number of windows, a name of its own, careful or careless. */
  public static void main(String[] arguments) throws Exception {
    KillTarget target = new KillTarget(Path.of(arguments[0]), arguments[2]);
    boolean careful = arguments[3].equals("careful");
    target.destination.sweep();
    for (int i = 0; i < Integer.parseInt(arguments[1]); i++) {
      System.out.println(i);
      Window window = ManifestSamples.hour(i);
      if (!careful) {
        target.settleCarelessly(window, i);
        continue;
      }
      while (!target.settle(window, i)) {
        // a rival was faster: look again
      }
    }
    System.out.println("done");
  }

  static ObjectKey key(int number) {
    return new ObjectKey("data/w" + number + ".csv");
  }

  /** Every third window is replaced once it is committed. */
  static int generations(int number) {
    return number % 3 == 0 ? 2 : 1;
  }

  private boolean settle(Window window, int number) throws Exception {
    if (isSettled(window, number)) {
      return true;
    }
    Destination.Lock lock = destination.lock(ManifestSamples.JOB);
    try {
      Optional<Manifest> newest = ledger.newest(window);
      int generation = newest.map(manifest -> manifest.attempt().generation()).orElse(0) + 1;
      if (generation > generations(number)) {
        return true;
      }
      if (generation > 1) {
        ledger.beginReplacement(attempt(window, generation, nextId()));
      }
      if (!isPublished(number, generation)
          && publish(number, generation, newest) instanceof Landing.Refused) {
        return false;
      }
      commit(window, number);
      if (generation > 1) {
        ledger.endReplacement(window, generation);
      }
      return generation == generations(number);
    } finally {
      lock.close();
    }
  }

  private boolean isSettled(Window window, int number) throws Exception {
    Optional<Manifest> newest = ledger.newest(window);
    if (newest.isEmpty() || newest.get().attempt().generation() < generations(number)) {
      return false;
    }
    for (Intent intent : ledger.pendingIntents()) {
      if (intent.window().equals(window)) {
        ledger.endReplacement(window, intent.generation());
      }
    }
    return true;
  }

  private boolean isPublished(int number, int generation) throws Exception {
    Optional<byte[]> there = destination.read(key(number));
    return there.isPresent() && Stamp.of(there.get()).generation() == generation;
  }

  private Landing publish(int number, int generation, Optional<Manifest> newest) throws Exception {
    Condition condition =
        newest
            .map(manifest -> Condition.unchanged(manifest.files().get(0).version()))
            .orElse(Condition.ABSENT);
    try (StagedObject staged = destination.stage(key(number))) {
      try (OutputStream stream = staged.stream()) {
        stream.write(content(number, generation, nextId()));
      }
      return staged.commit(condition);
    }
  }

  /** The receipt of whatever is there, ours or a dead process's. */
  private void commit(Window window, int number) throws Exception {
    byte[] bytes = destination.read(key(number)).orElseThrow();
    StoredObject object = destination.look(key(number)).orElseThrow();
    ledger.commit(manifest(window, number, bytes, object.version()));
  }

  private static Manifest manifest(Window window, int number, byte[] bytes, String version)
      throws Exception {
    Stamp stamp = Stamp.of(bytes);
    return new Manifest(
        attempt(window, stamp.generation(), stamp.attempt()),
        History.Status.DONE,
        new Content(stamp.rows(), Optional.empty(), Optional.empty(), "none:0", 0),
        List.of(),
        List.of(
            new Manifest.DataFile(key(number), bytes.length, stamp.rows(), sha256(bytes), version)),
        Instant.EPOCH,
        Optional.empty());
  }

  private void settleCarelessly(Window window, int number) throws Exception {
    if (ledger.newest(window).isPresent()) {
      return;
    }
    Path file = prefix.resolve(key(number).value());
    Files.createDirectories(file.getParent());
    byte[] bytes = content(number, 1, nextId());
    try (OutputStream stream = Files.newOutputStream(file)) {
      for (int done = 0; done < bytes.length; done += 512) {
        stream.write(bytes, done, Math.min(512, bytes.length - done));
      }
    }
    ledger.commit(manifest(window, number, bytes, "none"));
  }

  private String nextId() {
    return name + "-" + attempts++;
  }

  private static Attempt attempt(Window window, int generation, String id) {
    return ManifestSamples.attempt(window, generation, id);
  }

  static byte[] content(int number, int generation, String attempt) {
    int rows = 200 + new Random(number * 31L + generation).nextInt(2000);
    StringBuilder text = new StringBuilder();
    text.append(generation).append(' ').append(attempt).append(' ').append(rows).append('\n');
    for (int row = 0; row < rows; row++) {
      text.append(number).append(',').append(row).append('\n');
    }
    return text.append("END\n").toString().getBytes(UTF_8);
  }

  static String sha256(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError(e);
    }
  }

  /** What a file says of itself. */
  record Stamp(int generation, String attempt, int rows) {

    static Stamp of(byte[] bytes) throws IOException {
      String[] words = new String(bytes, UTF_8).split("\n", 2)[0].split(" ", -1);
      if (words.length != 3) {
        throw new IOException("no stamp");
      }
      return new Stamp(Integer.parseInt(words[0]), words[1], Integer.parseInt(words[2]));
    }
  }
}
