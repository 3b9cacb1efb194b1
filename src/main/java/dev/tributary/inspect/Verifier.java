package dev.tributary.inspect;

import dev.tributary.encode.ContentTally;
import dev.tributary.encode.Imprint;
import dev.tributary.inspect.Finding.Cause;
import dev.tributary.job.Attempt;
import dev.tributary.job.Failure;
import dev.tributary.job.ObjectKey;
import dev.tributary.job.Output;
import dev.tributary.land.Destination;
import dev.tributary.land.StoredObject;
import dev.tributary.ledger.Ledger;
import dev.tributary.ledger.Manifest;
import dev.tributary.query.Memory;
import java.io.IOException;
import java.nio.channels.SeekableByteChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Holds committed files against their manifests, reading them through Arrow C++, which shares no
 * code with what wrote them. Batches are read one at a time. Safe for use by several threads.
 */
public final class Verifier {

  private final Destination destination;
  private final Memory memory;

  public Verifier(Destination destination, Memory memory) {
    this.destination = destination;
    this.memory = memory;
  }

  /** The same for files that claim an order by themselves or not at all. */
  public List<Finding> verify(Manifest manifest, Optional<String> timeColumn) throws Failure {
    return verify(manifest, timeColumn, List.of());
  }

  /**
   * Checks every file of a manifest: that it is there, its size, its sha-256 and its stamp, and,
   * read back, its rows, their columns and their order; and of all files together the digest and
   * the times, which must lie in the window. Columns that a file lacks are those of its folders.
   *
   * @param timeColumn the column that first and last time are of
   * @param sorted the columns that rows are sorted by where a file does not say so itself
   * @return what is wrong; empty when all is right
   * @throws Failure if the destination cannot be read or memory is used up
   */
  public List<Finding> verify(Manifest manifest, Optional<String> timeColumn, List<String> sorted)
      throws Failure {
    SaidContent said = new SaidContent(manifest, timeColumn);
    List<Finding> findings = new ArrayList<>();
    ContentTally window = new ContentTally(timeColumn);
    List<Imprint> imprints = new ArrayList<>();
    for (Manifest.DataFile file : manifest.files()) {
      Optional<Finding> wrong = bytesOf(manifest, file, imprints);
      if (wrong.isEmpty()) {
        Imprint imprint = imprints.get(imprints.size() - 1);
        List<String> claimed = imprint.sorted().isEmpty() ? sorted : imprint.sorted();
        wrong = rowsOf(manifest, file, window, claimed);
      }
      wrong.ifPresent(findings::add);
    }
    if (findings.isEmpty()) {
      said.withItself()
          .map(what -> finding(manifest, placeOf(manifest), Cause.MANIFEST, what))
          .ifPresent(findings::add);
    }
    if (findings.isEmpty() && !manifest.files().isEmpty()) {
      Manifest.DataFile first = manifest.files().get(0);
      said.withRows(window.content())
          .or(() -> stamps(said, imprints))
          .map(what -> finding(manifest, first.key(), Cause.MANIFEST, what))
          .or(
              () ->
                  said.withWindow(window.content())
                      .map(what -> finding(manifest, first.key(), Cause.DAMAGED, what)))
          .ifPresent(findings::add);
    }
    return findings;
  }

  /** What a finding about a manifest without files names. */
  private static ObjectKey placeOf(Manifest manifest) {
    return manifest.files().isEmpty()
        ? Ledger.folder(manifest.attempt().job())
        : manifest.files().get(0).key();
  }

  private static Optional<String> stamps(SaidContent said, List<Imprint> imprints) {
    boolean alone = imprints.size() == 1;
    for (Imprint imprint : imprints) {
      Optional<String> wrong = said.withStamp(imprint, alone);
      if (wrong.isPresent()) {
        return wrong;
      }
    }
    return Optional.empty();
  }

  private static Finding finding(Manifest manifest, ObjectKey key, Cause cause, String what) {
    Attempt attempt = manifest.attempt();
    return new Finding(attempt.job(), Optional.of(attempt.window()), key, cause, what);
  }

  private Optional<Finding> bytesOf(
      Manifest manifest, Manifest.DataFile file, List<Imprint> imprints) throws Failure {
    Optional<StoredObject> there = destination.look(file.key());
    Optional<String> read =
        there.isEmpty() ? Optional.empty() : Fingerprint.sha256(destination, file.key());
    if (read.isEmpty()) {
      return Optional.of(finding(manifest, file.key(), Cause.MISSING, "the file is gone"));
    }
    long bytes = there.orElseThrow().bytes();
    String sha256 = read.orElseThrow();
    Imprint imprint = imprint(destination, file.key());
    imprints.add(imprint);
    Optional<String> size =
        bytes == file.bytes()
            ? Optional.empty()
            : SaidContent.differs("bytes", file.bytes(), bytes);
    if (sha256.equals(file.sha256())) {
      return size.map(what -> finding(manifest, file.key(), Cause.MANIFEST, what));
    }
    if (!imprint.isRemainderOf(manifest.attempt())) {
      return Optional.of(finding(manifest, file.key(), Cause.FOREIGN, strangeness(imprint)));
    }
    return size.or(() -> SaidContent.differs("sha-256", file.sha256(), sha256))
        .map(what -> finding(manifest, file.key(), Cause.DAMAGED, what));
  }

  /** Why a file is not the one that was published, in one clause. */
  public static String strangeness(Imprint imprint) {
    return imprint
        .stamped()
        .map(
            said ->
                "a file lies here that job '"
                    + said.job()
                    + "' made of window "
                    + said.window()
                    + ", generation "
                    + said.generation()
                    + ", attempt "
                    + said.id())
        .orElse("a file lies here that carries no stamp of ours");
  }

  /**
   * What the object at a key tells of itself; broken if it is gone.
   *
   * @throws Failure if it cannot be read
   */
  public static Imprint imprint(Destination destination, ObjectKey key) throws Failure {
    Optional<SeekableByteChannel> channel = destination.open(key);
    if (channel.isEmpty()) {
      return new Imprint(Optional.empty(), Optional.empty(), false, List.of());
    }
    try (SeekableByteChannel bytes = channel.orElseThrow()) {
      return Imprint.of(bytes);
    } catch (IOException e) {
      throw new Failure(
          Failure.Kind.UNREACHABLE,
          "cannot read " + destination.address(key) + ": " + e.getMessage(),
          e);
    }
  }

  private Optional<Finding> rowsOf(
      Manifest manifest, Manifest.DataFile file, ContentTally window, List<String> sorted)
      throws Failure {
    FileFolders folders = new FileFolders(manifest, file);
    Reading reading;
    try (NearFile near = NearFile.of(destination, file.key())) {
      reading =
          Reading.of(
              near.address(),
              Output.Format.of(file.key()),
              memory.allocator(),
              columns -> folders.beside(columns, memory.allocator()),
              window,
              sorted,
              manifest.attempt());
    } catch (Failure unreadable) {
      if (unreadable.kind().retryable()) {
        throw unreadable;
      }
      return Optional.of(finding(manifest, file.key(), Cause.DAMAGED, unreadable.sentence()));
    }
    // its bytes are those that were published, so it is the manifest that tells it wrongly
    Optional<String> told =
        reading.rows() != file.rows()
            ? SaidContent.differs("rows", file.rows(), reading.rows())
            : folders.agreeWith(reading.columns())
                ? Optional.empty()
                : SaidContent.differs("columns", manifest.columns(), reading.columns());
    return told.map(what -> finding(manifest, file.key(), Cause.MANIFEST, what))
        .or(
            () ->
                reading.disorder().map(what -> finding(manifest, file.key(), Cause.DAMAGED, what)));
  }
}
