package dev.tributary.land.objectstore;

import dev.tributary.job.Failure;
import dev.tributary.job.ObjectKey;
import dev.tributary.land.Condition;
import dev.tributary.land.Landing;
import dev.tributary.land.StagedObject;
import dev.tributary.land.StoredObject;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * An object on its way: one request if it fits into one part, else an upload of parts. At most one
 * part is held in memory. Once a write has failed it can only be discarded.
 */
final class StagedUpload implements StagedObject {

  private final ObjectStore store;
  private final Conditions conditions;
  private final ObjectKey key;
  private final String name;
  private final URI address;
  private final Map<String, String> metadata;
  private final OutputStream stream = new Parts();
  private final Body body = new Body();
  private ObjectStore.@Nullable Upload upload;
  private int parts;
  private long bytes;
  private boolean over;
  private @Nullable StoreFault broken;

  StagedUpload(
      ObjectStore store,
      Conditions conditions,
      ObjectKey key,
      String name,
      URI address,
      Map<String, String> metadata) {
    this.store = store;
    this.conditions = conditions;
    this.key = key;
    this.name = name;
    this.address = address;
    this.metadata = metadata;
  }

  @Override
  public OutputStream stream() {
    return stream;
  }

  @Override
  public Landing commit(Condition condition) throws Failure {
    if (over) {
      throw new IllegalStateException("'" + key + "' was committed or discarded before");
    }
    over = true;
    try {
      if (broken != null) {
        throw Complaints.cannotWrite(address, broken);
      }
      return publish(condition);
    } finally {
      discard();
    }
  }

  private Landing publish(Condition condition) throws Failure {
    try {
      if (upload != null && body.length() > 0) {
        upload.part(body);
      }
    } catch (StoreFault e) {
      throw Complaints.cannotWrite(address, e);
    }
    return landing(
        address,
        () ->
            conditions.mayHold(name, condition)
                ? Optional.of(new StoredObject(key, bytes, published(condition)))
                : Optional.empty());
  }

  private String published(Condition condition) throws StoreFault {
    return upload == null
        ? store.put(name, body, metadata, Optional.of(condition))
        : upload.complete(condition);
  }

  /** What became of a request that publishes. */
  static Landing landing(URI address, Publication publication) throws Failure {
    try {
      return publication
          .publish()
          .<Landing>map(Landing.Landed::new)
          .orElseGet(Landing.Refused::new);
    } catch (StoreFault e) {
      return switch (e.sort()) {
        case REFUSED -> new Landing.Refused();
        case UNCLEAR -> new Landing.Unknown(e.reason());
        default -> throw Complaints.cannotWrite(address, e);
      };
    }
  }

  /** The one request after which an object is there; empty if its condition does not hold. */
  @FunctionalInterface
  interface Publication {
    Optional<StoredObject> publish() throws StoreFault;
  }

  @Override
  public void close() {
    if (!over) {
      over = true;
      discard();
    }
  }

  /** Also after a completion that was refused or went unanswered: its parts would stay. */
  private void discard() {
    if (upload != null) {
      try {
        upload.abort();
      } catch (StoreFault e) {
        // a leftover is the sweep's
      }
    }
  }

  private final class Parts extends OutputStream {

    @Override
    public void write(int b) throws IOException {
      write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] source, int offset, int length) throws IOException {
      if (over) {
        throw new IOException("it was committed or discarded before");
      }
      int done = 0;
      while (done < length) {
        if (body.length() == PartSizes.of(parts)) {
          send();
        }
        done += body.take(source, offset + done, length - done, PartSizes.of(parts));
      }
      bytes += length;
    }

    private void send() throws IOException {
      if (broken != null) {
        throw new IOException(broken.reason(), broken);
      }
      // the last part is sent by the commit
      if (parts == PartSizes.MOST - 1) {
        throw new IOException("an object of more than " + PartSizes.largest() + " bytes");
      }
      try {
        if (upload == null) {
          upload = store.begin(name, metadata);
        }
        upload.part(body);
      } catch (StoreFault e) {
        broken = e;
        throw new IOException(e.reason(), e);
      }
      parts++;
      body.clear();
    }
  }
}
