package dev.tributary.sandbox;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.arrow.flight.CallOption;
import org.apache.arrow.flight.FlightCallHeaders;
import org.apache.arrow.flight.FlightClient;
import org.apache.arrow.flight.FlightRuntimeException;
import org.apache.arrow.flight.FlightStream;
import org.apache.arrow.flight.HeaderCallOption;
import org.apache.arrow.flight.Location;
import org.apache.arrow.flight.Ticket;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.apache.arrow.vector.BitVector;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.NullVector;
import org.apache.arrow.vector.TimeStampVector;
import org.apache.arrow.vector.UInt8Vector;
import org.apache.arrow.vector.VarCharVector;
import org.apache.arrow.vector.complex.StructVector;
import org.apache.arrow.vector.types.pojo.Schema;
import org.jspecify.annotations.Nullable;

/** All that a client sees of one call: status, message, schema, rows, the sizes of its batches. */
@SuppressWarnings("try") // a close that an interrupt ends fails the test, as it should
record Answer(
    String status,
    String message,
    @Nullable Schema schema,
    List<List<@Nullable Object>> rows,
    List<Integer> batches) {

  /** Calls DoGet with the bytes of a ticket; an empty authorization sends no header. */
  static Answer to(int port, byte[] ticket, String authorization) throws Exception {
    Schema schema = null;
    List<List<@Nullable Object>> rows = new ArrayList<>();
    List<Integer> batches = new ArrayList<>();
    try (BufferAllocator allocator = new RootAllocator();
        FlightClient client =
            FlightClient.builder(allocator, Location.forGrpcInsecure("127.0.0.1", port)).build();
        FlightStream stream = client.getStream(new Ticket(ticket), options(authorization))) {
      try {
        schema = stream.getSchema();
        while (stream.next()) {
          int count = stream.getRoot().getRowCount();
          batches.add(count);
          for (int row = 0; row < count; row++) {
            List<@Nullable Object> values = new ArrayList<>();
            for (FieldVector vector : stream.getRoot().getFieldVectors()) {
              values.add(value(vector, row));
            }
            rows.add(values);
          }
        }
        return new Answer("OK", "", schema, rows, batches);
      } catch (FlightRuntimeException e) {
        return new Answer(
            e.status().code().name(),
            String.valueOf(e.status().description()),
            schema,
            rows,
            batches);
      }
    }
  }

  static Answer toSql(int port, String database, String sql) throws Exception {
    String ticket =
        new ObjectMapper().writeValueAsString(Map.of("database", database, "sql_query", sql));
    return to(port, ticket.getBytes(StandardCharsets.UTF_8), "");
  }

  String columnName(int column) {
    return Objects.requireNonNull(schema).getFields().get(column).getName();
  }

  private static CallOption[] options(String authorization) {
    if (authorization.isEmpty()) {
      return new CallOption[0];
    }
    FlightCallHeaders headers = new FlightCallHeaders();
    headers.insert("authorization", authorization);
    return new CallOption[] {new HeaderCallOption(headers)};
  }

  private static @Nullable Object value(FieldVector vector, int row) {
    if (vector instanceof NullVector || vector.isNull(row)) {
      return null;
    }
    if (vector instanceof TimeStampVector times) {
      return times.get(row);
    }
    if (vector instanceof VarCharVector texts) {
      return texts.getObject(row).toString();
    }
    if (vector instanceof UInt8Vector unsigned) {
      return unsigned.getObjectNoOverflow(row).toString();
    }
    if (vector instanceof BitVector booleans) {
      return booleans.get(row) == 1;
    }
    if (vector instanceof StructVector struct) {
      Map<String, @Nullable Object> members = new LinkedHashMap<>();
      for (FieldVector member : struct.getChildrenFromFields()) {
        members.put(member.getName(), value(member, row));
      }
      return members;
    }
    return vector.getObject(row);
  }
}
