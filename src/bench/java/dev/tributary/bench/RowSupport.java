package dev.tributary.bench;

import java.util.Map;
import org.apache.arrow.vector.BigIntVector;
import org.apache.arrow.vector.BitVector;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.Float8Vector;
import org.apache.arrow.vector.TimeStampNanoVector;
import org.apache.arrow.vector.VarCharVector;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.parquet.conf.ParquetConfiguration;
import org.apache.parquet.hadoop.api.WriteSupport;
import org.apache.parquet.io.api.Binary;
import org.apache.parquet.io.api.RecordConsumer;
import org.apache.parquet.schema.LogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.TimeUnit;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;
import org.apache.parquet.schema.Types;
import org.jspecify.annotations.Nullable;

/** Hands a row of the batch at hand to parquet-java, value by value. */
final class RowSupport extends WriteSupport<Integer> {

  private static final MessageType SCHEMA =
      Types.buildMessage()
          .required(PrimitiveTypeName.INT64)
          .as(LogicalTypeAnnotation.timestampType(false, TimeUnit.NANOS))
          .named("time")
          .optional(PrimitiveTypeName.BINARY)
          .as(LogicalTypeAnnotation.stringType())
          .named("room")
          .optional(PrimitiveTypeName.DOUBLE)
          .named("temp")
          .optional(PrimitiveTypeName.DOUBLE)
          .named("hum")
          .optional(PrimitiveTypeName.DOUBLE)
          .named("temp_avg")
          .optional(PrimitiveTypeName.DOUBLE)
          .named("co2_avg")
          .optional(PrimitiveTypeName.INT64)
          .named("n")
          .optional(PrimitiveTypeName.BOOLEAN)
          .named("ok")
          .named("home");

  private final VectorSchemaRoot batch;
  private @Nullable RecordConsumer consumer;

  RowSupport(VectorSchemaRoot batch) {
    this.batch = batch;
  }

  @Override
  @SuppressWarnings("deprecation") // abstract still
  public WriteContext init(org.apache.hadoop.conf.Configuration configuration) {
    return new WriteContext(SCHEMA, Map.of());
  }

  @Override
  public WriteContext init(ParquetConfiguration configuration) {
    return new WriteContext(SCHEMA, Map.of());
  }

  @Override
  public void prepareForWrite(RecordConsumer recordConsumer) {
    consumer = recordConsumer;
  }

  @Override
  public void write(Integer row) {
    RecordConsumer out = consumer;
    if (out == null) {
      throw new IllegalStateException("a row came before the file was begun");
    }
    out.startMessage();
    int index = 0;
    for (FieldVector vector : batch.getFieldVectors()) {
      if (!vector.isNull(row)) {
        out.startField(vector.getName(), index);
        add(out, vector, row);
        out.endField(vector.getName(), index);
      }
      index++;
    }
    out.endMessage();
  }

  private static void add(RecordConsumer out, FieldVector vector, int row) {
    if (vector instanceof Float8Vector doubles) {
      out.addDouble(doubles.get(row));
    } else if (vector instanceof TimeStampNanoVector times) {
      out.addLong(times.get(row));
    } else if (vector instanceof BigIntVector integers) {
      out.addLong(integers.get(row));
    } else if (vector instanceof BitVector flags) {
      out.addBoolean(flags.get(row) != 0);
    } else {
      out.addBinary(Binary.fromConstantByteArray(((VarCharVector) vector).get(row)));
    }
  }
}
