package dev.tributary.ledger;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tributary.job.Failure;
import dev.tributary.job.Failure.Kind;
import dev.tributary.job.ObjectKey;
import dev.tributary.land.Condition;
import dev.tributary.land.Destination;
import dev.tributary.land.Landing;
import dev.tributary.land.StoredObject;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** JSON records at a destination: each created once and whole, or overwritten as a mere hint. */
final class Records {

  /** The newest format that this program writes and reads. */
  private static final int FORMAT = 1;

  private static final int ATTEMPTS = 3;

  private static final JsonMapper MAPPER =
      JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

  private final Destination destination;

  Records(Destination destination) {
    this.destination = destination;
  }

  /** Makes a fact of a record's fields. */
  @FunctionalInterface
  interface Reading<T> {
    T of(Fields fields) throws UnreadableRecord, Failure;
  }

  /** What became of a lost answer, once looked at. */
  private enum Fate {
    OURS,
    TAKEN,
    LOST
  }

  /** An empty record, its format named first. */
  static ObjectNode begin() {
    return JsonNodeFactory.instance.objectNode().put("format", FORMAT);
  }

  static byte[] bytes(ObjectNode record) {
    try {
      return (MAPPER.writeValueAsString(record) + "\n").getBytes(StandardCharsets.UTF_8);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a tree of JSON that cannot be written", e);
    }
  }

  /** The record at a key, if there is one. */
  <T> Optional<T> read(ObjectKey key, Reading<T> reading) throws Failure {
    Optional<byte[]> content = destination.read(key);
    if (content.isEmpty()) {
      return Optional.empty();
    }
    try {
      Fields fields = new Fields(parsed(content.get()));
      long format = fields.count("format");
      if (format > FORMAT) {
        throw new Failure(
            Kind.CONFIGURATION,
            "cannot read '"
                + destination.address(key)
                + "': it has format "
                + format
                + ", and this version reads up to "
                + FORMAT
                + "; use the newer version that wrote it");
      }
      return Optional.of(reading.of(fields));
    } catch (UnreadableRecord e) {
      throw new Failure(
          Kind.REFUSED,
          "cannot read '"
              + destination.address(key)
              + "': "
              + e.getMessage()
              + "; it is damaged, restore it or move it away",
          e);
    }
  }

  /** The record at a key; one that is missing or damaged counts as none. */
  <T> Optional<T> readHint(ObjectKey key, Reading<T> reading) throws Failure {
    try {
      return read(key, reading);
    } catch (Failure e) {
      if (e.kind() == Kind.REFUSED || e.kind() == Kind.CONFIGURATION) {
        return Optional.empty();
      }
      throw e;
    }
  }

  /**
   * Creates a record where none is.
   *
   * @return whether it is ours that is there now; a lost answer is settled by looking
   */
  boolean create(ObjectKey key, ObjectNode record) throws Failure {
    return put(key, record, Condition.ABSENT);
  }

  /** The same where a condition holds: no record is there, or still the one that was seen. */
  boolean put(ObjectKey key, ObjectNode record, Condition condition) throws Failure {
    byte[] content = bytes(record);
    String reason = "";
    for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
      Landing landing = destination.put(key, content, condition);
      Fate fate = fate(landing, key, content);
      if (fate != Fate.LOST) {
        return fate == Fate.OURS;
      }
      reason = reasonOf(landing);
    }
    throw new Failure(
        Kind.UNREACHABLE,
        "cannot write '" + destination.address(key) + "': " + reason + "; nothing is there yet");
  }

  private Fate fate(Landing landing, ObjectKey key, byte[] content) throws Failure {
    if (landing instanceof Landing.Landed) {
      return Fate.OURS;
    }
    if (landing instanceof Landing.Refused) {
      return Fate.TAKEN;
    }
    Optional<byte[]> there = destination.read(key);
    if (there.isEmpty()) {
      return Fate.LOST;
    }
    return Arrays.equals(there.get(), content) ? Fate.OURS : Fate.TAKEN;
  }

  Optional<String> version(ObjectKey key) throws Failure {
    return destination.look(key).map(StoredObject::version);
  }

  void overwrite(ObjectKey key, ObjectNode record) throws Failure {
    destination.overwrite(key, bytes(record));
  }

  void delete(ObjectKey key) throws Failure {
    destination.delete(key);
  }

  List<StoredObject> list(ObjectKey prefix) throws Failure {
    return destination.list(prefix);
  }

  List<StoredObject> list(ObjectKey prefix, ObjectKey from, ObjectKey until) throws Failure {
    return destination.list(prefix, from, until);
  }

  private static String reasonOf(Landing landing) {
    return landing instanceof Landing.Unknown unknown ? unknown.reason() : "no answer";
  }

  private static JsonNode parsed(byte[] content) throws UnreadableRecord {
    try {
      return MAPPER.readTree(content);
    } catch (IOException e) {
      throw new UnreadableRecord("it is not JSON", e);
    }
  }
}
