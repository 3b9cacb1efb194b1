package dev.tributary.query;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.apache.arrow.vector.BigIntVector;
import org.apache.arrow.vector.IntVector;
import org.apache.arrow.vector.VarCharVector;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.dictionary.Dictionary;
import org.apache.arrow.vector.dictionary.DictionaryProvider;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.apache.arrow.vector.types.pojo.DictionaryEncoding;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.FieldType;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Columns that a server sends as numbers into a dictionary. */
class DictionaryColumnsTest {

  private static final List<String> ROOMS = List.of("kitchen", "hall", "cellar");

  private final BufferAllocator memory = new RootAllocator();

  @AfterEach
  void nothingIsKept() {
    assertThat(memory.getAllocatedMemory()).as("bytes kept").isZero();
    memory.close();
  }

  @Test
  void theirValuesAreSeenInEveryBatchWithTheFieldsMetadata() throws Exception {
    try (ReplayServer server =
            ReplayServer.scripted((ticket, answer) -> DictionaryColumnsTest.rooms(answer));
        FlightSource source = source(server);
        BatchStream stream = source.open(Sources.request(Sources.SELECT))) {
      Field room = stream.schema().findField("room");
      assertThat(room.getType()).isEqualTo(ArrowType.Utf8.INSTANCE);
      assertThat(room.getDictionary()).isNull();
      assertThat(room.getMetadata()).containsEntry("kind", "tag");

      List<String> seen = new ArrayList<>();
      while (stream.next()) {
        VectorSchemaRoot batch = stream.batch();
        for (int row = 0; row < batch.getRowCount(); row++) {
          seen.add(
              batch.getVector("room").getObject(row) + "=" + batch.getVector("n").getObject(row));
        }
      }
      assertThat(seen)
          .containsExactly(
              "cellar=0", "null=1", "kitchen=2", "cellar=100", "null=101", "kitchen=102");
    }
  }

  private FlightSource source(ReplayServer server) {
    return FlightSource.open(
        Sources.at(server.url()), Sources.NO_SECRETS, memory, FlightSource.STREAM_BYTES);
  }

  private static void rooms(ReplayServer.Answer answer) throws Exception {
    DictionaryEncoding encoding =
        new DictionaryEncoding(7, false, new ArrowType.Int(Integer.SIZE, true));
    FieldType numbers =
        new FieldType(true, new ArrowType.Int(Integer.SIZE, true), encoding, Map.of("kind", "tag"));
    try (VarCharVector names = new VarCharVector("names", answer.allocator());
        IntVector room = new IntVector("room", numbers, answer.allocator());
        BigIntVector count = new BigIntVector("n", answer.allocator())) {
      for (int i = 0; i < ROOMS.size(); i++) {
        names.setSafe(i, ROOMS.get(i).getBytes(StandardCharsets.UTF_8));
      }
      names.setValueCount(ROOMS.size());
      DictionaryProvider known =
          new DictionaryProvider.MapDictionaryProvider(new Dictionary(names, encoding));
      VectorSchemaRoot root = new VectorSchemaRoot(Arrays.asList(room, count));
      answer.columns(root, known);
      for (int batch = 0; batch < 2; batch++) {
        room.setSafe(0, 2);
        room.setNull(1);
        room.setSafe(2, 0);
        for (int row = 0; row < 3; row++) {
          count.setSafe(row, batch * 100L + row);
        }
        room.setValueCount(3);
        count.setValueCount(3);
        root.setRowCount(3);
        answer.batch();
      }
    }
  }
}
