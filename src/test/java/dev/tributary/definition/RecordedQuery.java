package dev.tributary.definition;

import dev.tributary.job.Query.Language;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;

/** Queries that were sent to a real server, and whether it answered them. */
record RecordedQuery(String name, Language language, String status, String text) {

  static List<RecordedQuery> all() {
    List<RecordedQuery> queries = new ArrayList<>();
    for (String block : file().split("(?m)^=== ", -1)) {
      if (!block.isBlank()) {
        int line = block.indexOf('\n');
        String[] head = block.substring(0, line).split(" ", 3);
        queries.add(
            new RecordedQuery(
                head[0],
                Language.valueOf(head[1].toUpperCase(Locale.ROOT)),
                head[2],
                block.substring(line + 1).stripTrailing()));
      }
    }
    return queries;
  }

  static RecordedQuery named(String name) {
    return all().stream().filter(query -> query.name.equals(name)).findFirst().orElseThrow();
  }

  QueryText read() {
    return QueryText.read(language, text);
  }

  @Override
  public String toString() {
    return name;
  }

  private static String file() {
    try (InputStream in = RecordedQuery.class.getResourceAsStream("recorded-queries.txt")) {
      return new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
