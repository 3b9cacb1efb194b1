package dev.tributary.cli;

import dev.tributary.encode.FileLayout;
import dev.tributary.encode.Stamp;
import dev.tributary.inspect.FirstRows;
import dev.tributary.job.Column;
import dev.tributary.job.Failure;
import dev.tributary.query.Memory;
import java.io.IOException;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Shows how one file is built and where it comes from. */
@Command(
    name = "inspect",
    description = "Show a file's columns, row groups, statistics and provenance.",
    mixinStandardHelpOptions = true)
final class InspectCommand implements Callable<Integer> {

  private static final long MEMORY_BYTES = 256L << 20;

  /** Of a bound that is shown; strings may be long. */
  private static final int SHOWN = 26;

  private final Console console;

  @Parameters(paramLabel = "FILE", description = "A Parquet or Arrow IPC file.")
  private Path file = Path.of("");

  @Option(names = "--head", paramLabel = "N", description = "Show the first N rows, too.")
  private int head;

  @Option(names = "--json", description = "One JSON document on standard output.")
  private boolean json;

  InspectCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() throws Failure {
    Path path = console.directory().resolve(file);
    try (Memory memory = new Memory(MEMORY_BYTES);
        SeekableByteChannel channel = Files.newByteChannel(path)) {
      FileLayout layout = FileLayout.of(channel, memory);
      List<Map<String, String>> rows =
          head > 0 ? FirstRows.ofFile(path, layout.format(), head, memory) : List.of();
      if (json) {
        console.json(document(layout, rows));
      } else {
        show(layout, rows);
      }
      return ExitCode.DONE.number();
    } catch (NoSuchFileException e) {
      throw failure(Failure.Kind.NOT_FOUND, "there is no such file", e);
    } catch (IOException e) {
      throw failure(Failure.Kind.UNREACHABLE, "the disk says: " + e.getMessage(), e);
    } catch (Failure e) {
      throw failure(e.kind(), e.sentence(), e);
    }
  }

  private Failure failure(Failure.Kind kind, String what, Exception cause) {
    return new Failure(kind, "cannot inspect '" + file + "': " + what, cause);
  }

  private void show(FileLayout layout, List<Map<String, String>> rows) {
    console.out().println("file     " + file);
    console.out().println("format   " + layout.format());
    console.out().println("size     " + Texts.bytes(layout.bytes()));
    layout.rows().ifPresent(count -> console.out().println("rows     " + count));
    layout.stamp().ifPresent(this::show);
    console.out().println();
    Table columns = new Table(List.of("COLUMN", "TYPE", "NULLS"));
    for (Column column : layout.columns()) {
      columns.row(List.of(column.name(), column.type(), column.nullable() ? "allowed" : "none"));
    }
    columns.print(console.out());
    console.out().println();
    Table groups = new Table(List.of("ROW GROUP", "ROWS", "SIZE"));
    for (int i = 0; i < layout.groups().size(); i++) {
      FileLayout.Group group = layout.groups().get(i);
      groups.row(List.of(Integer.toString(i), text(group.rows()), Texts.bytes(group.bytes())));
    }
    groups.print(console.out());
    if (layout.format().equals("parquet")) {
      console.out().println();
      chunks(layout).print(console.out());
    }
    if (!rows.isEmpty()) {
      console.out().println();
      Table first = new Table(List.copyOf(rows.get(0).keySet()));
      rows.forEach(row -> first.row(List.copyOf(row.values())));
      first.print(console.out());
    }
  }

  private void show(Stamp stamp) {
    Map<String, Object> facts = new LinkedHashMap<>();
    put(stamp, facts);
    facts.forEach(
        (name, value) -> console.out().println(name + " ".repeat(9 - name.length()) + value));
  }

  private static void put(Stamp stamp, Map<String, Object> facts) {
    facts.put("job", stamp.attempt().job().value());
    facts.put("window", Texts.window(stamp.attempt().window()));
    facts.put("version", stamp.attempt().version());
    facts.put("attempt", stamp.attempt().id());
    facts.put("began", stamp.attempt().began().toString());
    facts.put("source", stamp.attempt().source());
    stamp.content().ifPresent(content -> facts.put("digest", content.digest()));
  }

  private static Table chunks(FileLayout layout) {
    Table table =
        new Table(
            List.of(
                "GROUP",
                "COLUMN",
                "CODEC",
                "ENCODINGS",
                "SIZE",
                "PLAIN",
                "NULLS",
                "LEAST",
                "MOST",
                "INDEXES"));
    for (int i = 0; i < layout.groups().size(); i++) {
      for (FileLayout.Chunk chunk : layout.groups().get(i).chunks()) {
        table.row(
            List.of(
                Integer.toString(i),
                chunk.column(),
                chunk.codec().toLowerCase(java.util.Locale.ROOT),
                String.join(" ", chunk.encodings()),
                Texts.bytes(chunk.bytes()),
                Texts.bytes(chunk.plainBytes()),
                text(chunk.nulls()),
                bound(chunk.least().orElse("")),
                bound(chunk.most().orElse("")),
                indexes(chunk)));
      }
    }
    return table;
  }

  private static String indexes(FileLayout.Chunk chunk) {
    List<String> indexes = new ArrayList<>();
    if (chunk.hasPageIndex()) {
      indexes.add("pages");
    }
    if (chunk.hasBloomFilter()) {
      indexes.add("bloom");
    }
    return String.join(" ", indexes);
  }

  private static String bound(String value) {
    return value.length() <= SHOWN ? value : value.substring(0, SHOWN - 1) + "\u2026";
  }

  private static String text(OptionalLong number) {
    return number.isPresent() ? Long.toString(number.getAsLong()) : "";
  }

  private Map<String, Object> document(FileLayout layout, List<Map<String, String>> rows) {
    Map<String, Object> document = new LinkedHashMap<>();
    document.put("file", file.toString());
    document.put("format", layout.format());
    document.put("bytes", layout.bytes());
    layout.rows().ifPresent(count -> document.put("rows", count));
    layout
        .stamp()
        .ifPresent(
            stamp -> {
              Map<String, Object> facts = new LinkedHashMap<>();
              put(stamp, facts);
              facts.put("generation", stamp.attempt().generation());
              facts.put("schema", stamp.attempt().schemaId());
              document.put("stamp", facts);
            });
    document.put(
        "columns",
        layout.columns().stream()
            .map(c -> Map.of("name", c.name(), "type", c.type(), "nullable", c.nullable()))
            .toList());
    document.put("row_groups", layout.groups().stream().map(InspectCommand::document).toList());
    if (head > 0) {
      document.put("head", rows);
    }
    return document;
  }

  private static Map<String, Object> document(FileLayout.Group group) {
    Map<String, Object> document = new LinkedHashMap<>();
    group.rows().ifPresent(count -> document.put("rows", count));
    document.put("bytes", group.bytes());
    if (!group.chunks().isEmpty()) {
      document.put("columns", group.chunks().stream().map(InspectCommand::document).toList());
    }
    return document;
  }

  private static Map<String, Object> document(FileLayout.Chunk chunk) {
    Map<String, Object> document = new LinkedHashMap<>();
    document.put("name", chunk.column());
    document.put("codec", chunk.codec());
    document.put("encodings", chunk.encodings());
    document.put("bytes", chunk.bytes());
    document.put("plain_bytes", chunk.plainBytes());
    chunk.nulls().ifPresent(nulls -> document.put("nulls", nulls));
    chunk.least().ifPresent(least -> document.put("least", least));
    chunk.most().ifPresent(most -> document.put("most", most));
    document.put("page_index", chunk.hasPageIndex());
    document.put("bloom_filter", chunk.hasBloomFilter());
    return document;
  }
}
