package dev.tributary.encode;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tributary.job.Content;
import dev.tributary.job.Failure;
import dev.tributary.job.Output;
import dev.tributary.job.Output.Format;
import dev.tributary.job.Output.TimestampUnit;
import dev.tributary.testing.Counts;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.Random;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.ipc.ArrowFileWriter;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ReadBackTest {

  private static final Optional<String> TIME = Optional.of("time");

  private final Path folder;
  private final BufferAllocator memory = new RootAllocator(64 << 20);

  ReadBackTest(@TempDir Path folder) {
    this.folder = folder;
  }

  @AfterEach
  void nothingStaysReserved() {
    memory.close();
  }

  private Path file() {
    return folder.resolve("rows");
  }

  private Optional<ReadBack> readBack() throws Exception {
    return readBack(memory);
  }

  private Optional<ReadBack> readBack(BufferAllocator budget) throws Exception {
    try (SeekableByteChannel channel = Files.newByteChannel(file())) {
      Optional<ReadBack> read = ReadBack.of(channel, budget, TIME);
      assertThat(channel.isOpen()).isTrue();
      return read;
    }
  }

  @ParameterizedTest
  @EnumSource(Format.class)
  void aFileTellsWhoWroteItAndWhatItsRowsAmountTo(Format format) throws Exception {
    Output output = WrittenFile.with(format, TimestampUnit.NS);
    for (Table table : new Table[] {Table.hardValues(), Table.hardValues().sub(0, 0)}) {
      WrittenFile written = WrittenFile.of(file(), output, table, memory);

      ReadBack read = readBack().orElseThrow();
      assertThat(read.attempt()).isEqualTo(WrittenFile.ATTEMPT);
      assertThat(read.content()).isEqualTo(written.content());
      assertThat(read.columns()).isEqualTo(ResultSchema.of(table.schema(), output, TIME).columns());
    }
  }

  @Test
  void bothFormatsHaveTheSameDigest() throws Exception {
    Content parquet =
        WrittenFile.of(
                file(),
                WrittenFile.with(Format.PARQUET, TimestampUnit.MS),
                Table.hardValues(),
                memory)
            .content();
    Content arrow =
        WrittenFile.of(
                file(),
                WrittenFile.with(Format.ARROW, TimestampUnit.MS),
                Table.hardValues(),
                memory)
            .content();

    assertThat(parquet).isEqualTo(arrow);
    assertThat(readBack().orElseThrow().content().digest()).isEqualTo(parquet.digest());
  }

  @ParameterizedTest
  @EnumSource(Format.class)
  void aFileThatEndsTooEarlyIsNoneOfOurs(Format format) throws Exception {
    WrittenFile.of(file(), WrittenFile.with(format, TimestampUnit.US), Table.hardValues(), memory);
    byte[] whole = Files.readAllBytes(file());
    for (int length = 0; length < whole.length; length += 1 + length / 40) {
      Files.write(file(), Arrays.copyOf(whole, length));
      assertThat(readBack()).as("cut at " + length).isEmpty();
    }
    Files.write(file(), Arrays.copyOf(whole, whole.length - 1));
    assertThat(readBack()).isEmpty();
  }

  @ParameterizedTest
  @EnumSource(Format.class)
  void spoiltBytesAreNeverABugOfOurs(Format format) throws Exception {
    WrittenFile.of(file(), WrittenFile.with(format, TimestampUnit.US), Table.hardValues(), memory);
    byte[] whole = Files.readAllBytes(file());
    for (int round = 0; round < Counts.of(400, 20_000); round++) {
      Random random = new Random(round);
      byte[] spoilt = whole.clone();
      for (int i = 0; i < 1 + random.nextInt(20); i++) {
        spoilt[random.nextInt(spoilt.length)] = (byte) random.nextInt();
      }
      Files.write(file(), spoilt);
      try {
        // Arrow itself loses hold of the buffers of a batch that it cannot make sense of
        readBack(new RootAllocator(64 << 20));
      } catch (Failure sentence) {
        assertThat(sentence.sentence()).as("seed " + round).startsWith("cannot ");
      } catch (IOException e) {
        assertThat(e.getMessage()).as("seed " + round).isNotBlank();
      } catch (Exception | AssertionError e) {
        throw new AssertionError("seed " + round, e);
      }
    }
  }

  @Test
  void filesOfStrangersAreNotOurs() throws Exception {
    Duck.run("COPY (SELECT 1 AS a, 'b' AS b) TO '" + file() + "' (FORMAT parquet)");
    assertThat(readBack()).isEmpty();

    Files.writeString(file(), "time,room\n1,kitchen\n");
    assertThat(readBack()).isEmpty();
    Files.writeString(file(), "PAR1 and then something that is no footer, ending in PAR1");
    assertThat(readBack()).isEmpty();
    Files.writeString(file(), "ARROW1 and then something that is no footer, ending in ARROW1");
    assertThat(readBack()).isEmpty();
    Files.writeString(file(), "");
    assertThat(readBack()).isEmpty();

    try (VectorSchemaRoot batch = Table.hardValues().batch(memory);
        OutputStream out = Files.newOutputStream(file());
        ArrowFileWriter writer = new ArrowFileWriter(batch, null, Channels.newChannel(out))) {
      writer.start();
      writer.writeBatch();
      writer.end();
    }
    assertThat(readBack()).isEmpty();
  }
}
