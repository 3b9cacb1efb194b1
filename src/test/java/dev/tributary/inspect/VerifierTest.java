package dev.tributary.inspect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.tributary.encode.ResultSchema;
import dev.tributary.encode.Table;
import dev.tributary.encode.WrittenFile;
import dev.tributary.job.Column;
import dev.tributary.job.Content;
import dev.tributary.job.DestinationSpec;
import dev.tributary.job.Failure;
import dev.tributary.job.History;
import dev.tributary.job.ObjectKey;
import dev.tributary.job.Output;
import dev.tributary.job.Output.Format;
import dev.tributary.job.Output.TimestampUnit;
import dev.tributary.land.Destination;
import dev.tributary.land.LocalDestination;
import dev.tributary.ledger.Manifest;
import dev.tributary.query.Memory;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class VerifierTest {

  private static final Optional<String> TIME = Optional.of("time");

  private final Path folder;
  private final Memory memory = new Memory(64 << 20);

  VerifierTest(@TempDir Path folder) {
    this.folder = folder;
  }

  @AfterEach
  void nothingStaysReserved() {
    memory.close();
  }

  private Destination destination() throws Failure {
    URI prefix = URI.create("file://" + folder);
    return LocalDestination.open(new DestinationSpec("lake", prefix, false, Map.of(), Map.of()));
  }

  /** A manifest as a run would leave it, of a file that a run wrote. */
  private Manifest committed(Format format, Table table) throws Exception {
    Output output = WrittenFile.with(format, TimestampUnit.US);
    ObjectKey key = new ObjectKey("rows." + format.extension());
    Path file = folder.resolve(key.value());
    WrittenFile written = WrittenFile.of(file, output, table, memory.allocator());
    return manifest(
        key,
        written.content(),
        ResultSchema.of(table.schema(), output, TIME).columns(),
        Files.size(file));
  }

  private Manifest manifest(ObjectKey key, Content content, List<Column> columns, long bytes)
      throws Failure {
    try (Destination destination = destination()) {
      return new Manifest(
          WrittenFile.ATTEMPT,
          content.rows() == 0 ? History.Status.EMPTY : History.Status.DONE,
          content,
          columns,
          List.of(
              new Manifest.DataFile(
                  key,
                  bytes,
                  content.rows(),
                  Fingerprint.sha256(destination, key).orElseThrow(),
                  "v")),
          WrittenFile.ATTEMPT.began(),
          Optional.empty());
    }
  }

  private List<String> found(Manifest manifest) throws Failure {
    try (Destination destination = destination()) {
      return new Verifier(destination, memory)
          .verify(manifest, TIME).stream().map(Finding::what).toList();
    }
  }

  @ParameterizedTest
  @EnumSource(Format.class)
  void aFileThatIsWhatItsManifestSaysIsFoundRight(Format format) throws Exception {
    assertThat(found(committed(format, rows(3, 1, 2)))).isEmpty();
    assertThat(found(committed(format, Table.hardValues().sub(0, 0)))).isEmpty();
  }

  /** A row a second from the window's start. */
  private static Table rows(double... values) {
    Table table =
        Table.of(Table.required("time", Table.TIME_NS), Table.nullable("value", Table.DOUBLE));
    Instant time = WrittenFile.ATTEMPT.window().start();
    for (double value : values) {
      table = table.row(time.getEpochSecond() * 1_000_000_000L, value);
      time = time.plusSeconds(1);
    }
    return table;
  }

  @ParameterizedTest
  @EnumSource(Format.class)
  void rowsOutsideTheWindowOrOutOfTheirOrderAreFound(Format format) throws Exception {
    assertThat(found(committed(format, Table.hardValues())))
        .singleElement()
        .asString()
        .endsWith(" should be inside it, but found 1969-12-31T23:59:58.999999Z");

    Manifest manifest = committed(format, rows(1, 2, 2, 1.5));
    try (Destination destination = destination()) {
      Verifier verifier = new Verifier(destination, memory);
      assertThat(verifier.verify(manifest, TIME, List.of("value")))
          .extracting(Finding::what)
          .containsExactly(
              "rows should be sorted by value, but row 4 sorts before the row above it");
      assertThat(verifier.verify(manifest, TIME, List.of("time", "value"))).isEmpty();
    }
  }

  @Test
  void aFileThatIsGoneCutOrChangedIsFound() throws Exception {
    Manifest manifest = committed(Format.PARQUET, Table.hardValues());
    Path file = folder.resolve("rows.parquet");
    byte[] bytes = Files.readAllBytes(file);

    bytes[bytes.length / 2] ^= 1;
    Files.write(file, bytes);
    assertThat(found(manifest)).singleElement().asString().startsWith("sha-256 should be ");
    Files.write(file, Arrays.copyOf(bytes, 100));
    assertThat(found(manifest))
        .containsExactly("bytes should be " + bytes.length + ", but found 100");
    Files.writeString(file, "a text that somebody left");
    assertThat(found(manifest)).containsExactly("a file lies here that carries no stamp of ours");
    Files.delete(file);
    assertThat(found(manifest)).containsExactly("the file is gone");
  }

  @Test
  void rowsThatAreNotThoseOfTheManifestAreFound() throws Exception {
    Manifest said = committed(Format.PARQUET, Table.hardValues());
    ObjectKey key = said.files().get(0).key();
    long bytes = said.files().get(0).bytes();
    Content c = said.content();

    Content more = new Content(7, c.first(), c.last(), c.digest(), 0);
    assertThat(found(manifest(key, more, said.columns(), bytes)))
        .containsExactly("rows should be 7, but found 6");
    Content others = new Content(6, c.first(), c.last(), "rows-v1:00", 0);
    assertThat(found(manifest(key, others, said.columns(), bytes)))
        .containsExactly("digest of the rows should be rows-v1:00, but found " + c.digest());
    Content earlier =
        new Content(6, Optional.of(Instant.EPOCH), c.last(), c.digest(), c.truncated());
    assertThat(found(manifest(key, earlier, said.columns(), bytes)))
        .singleElement()
        .asString()
        .startsWith("first time should be 1970-01-01T00:00:00Z, but found ");
    assertThat(found(manifest(key, c, said.columns().subList(1, 7), bytes)))
        .singleElement()
        .asString()
        .startsWith("columns should be ");
  }

  @Test
  void aBudgetThatIsUsedUpIsNoFindingAboutTheFile() throws Exception {
    Manifest manifest = committed(Format.PARQUET, Table.hardValues());
    try (Destination destination = destination();
        Memory none = new Memory(1)) {
      Failure failure =
          catchThrowableOfType(
              Failure.class, () -> new Verifier(destination, none).verify(manifest, TIME));

      assertThat(failure.kind()).isEqualTo(Failure.Kind.TRY_AGAIN);
    }
  }
}
