package dev.tributary.definition;

import dev.tributary.job.Query;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Binds a job's one query, from the definition or from a file beside it. */
final class QueryBinder {

  private static final List<Key<String>> KEYS =
      List.of(JobKeys.SQL, JobKeys.SQL_FILE, JobKeys.INFLUXQL, JobKeys.INFLUXQL_FILE);

  private final String job;
  private final Fields fields;
  private final Path folder;
  private final Diagnostics diagnostics;

  /**
   * A query that was read, and how to report something about it.
   *
   * @param key under which it stands
   * @param file the file it came from; absent when it stands in the definition
   */
  record Bound(QueryText text, Key<String> key, Optional<SourceFile> file) {}

  QueryBinder(String job, Fields fields, Path folder, Diagnostics diagnostics) {
    this.job = job;
    this.fields = fields;
    this.folder = folder;
    this.diagnostics = diagnostics;
  }

  /** The query, checked by itself; absent when it is missing or wrong. */
  Optional<Bound> bind() {
    List<Key<String>> present = new ArrayList<>();
    for (Key<String> key : KEYS) {
      if (fields.isOwn(key)) {
        present.add(key);
      }
    }
    if (present.isEmpty()) {
      KEYS.stream().filter(key -> fields.entry(key).isPresent()).forEach(present::add);
    }
    if (present.isEmpty()) {
      fields.missing(
          "job '" + job + "' needs a query: one of sql, sql_file, influxql, influxql_file");
      return Optional.empty();
    }
    if (present.size() > 1) {
      fields.error(
          present.get(1),
          "job '"
              + job
              + "' has two queries, '"
              + present.get(0).name()
              + "' and '"
              + present.get(1).name()
              + "'; keep one");
      return Optional.empty();
    }
    Key<String> key = present.get(0);
    Query.Language language =
        key.name().startsWith("sql") ? Query.Language.SQL : Query.Language.INFLUXQL;
    boolean fromFile = key.name().endsWith("_file");
    Optional<String> value = fields.value(key);
    if (value.isEmpty()) {
      return Optional.empty();
    }
    Optional<SourceFile> file = Optional.empty();
    String text = value.orElseThrow();
    if (fromFile) {
      Optional<String> read = read(key, text);
      if (read.isEmpty()) {
        return Optional.empty();
      }
      file = Optional.of(SourceFile.of(named(key, text), read.orElseThrow()));
      text = read.orElseThrow();
    }
    Bound bound = new Bound(QueryText.read(language, text), key, file);
    bound.text().findings().forEach(finding -> report(bound, finding));
    return bound.text().isSound() ? Optional.of(bound) : Optional.empty();
  }

  /** As definitions are named: relative to the folder that was asked for. */
  private String named(Key<String> key, String name) {
    String beside = fields.entry(key).map(entry -> entry.file().name()).orElse("");
    return beside.substring(0, beside.lastIndexOf('/') + 1) + name;
  }

  private Optional<String> read(Key<String> key, String name) {
    Path path = folder.resolve(name);
    try {
      String text = Files.readString(path, StandardCharsets.UTF_8);
      if (!text.isBlank()) {
        return Optional.of(text);
      }
      fields.error(key, "file '" + name + "' is empty");
    } catch (CharacterCodingException e) {
      fields.error(key, "file '" + name + "' is not UTF-8 text");
    } catch (IOException e) {
      fields.error(key, "file '" + name + "' cannot be read; paths are relative to this file");
    }
    return Optional.empty();
  }

  /** Reports bounds that a windowed query lacks, and those that a snapshot has no use for. */
  void checkBounds(Bound bound, boolean windowed) {
    Query query = bound.text().query();
    if (!windowed) {
      query.placeholders().stream()
          .filter(placeholder -> placeholder.bound() == Query.Bound.END)
          .findFirst()
          .ifPresent(
              placeholder ->
                  report(
                      bound,
                      Finding.error(
                          placeholder.offset(),
                          placeholder.length(),
                          "'$end' has no meaning for a snapshot job; set 'window.every'")));
      return;
    }
    for (Query.Bound side : Query.Bound.values()) {
      if (!query.uses(side)) {
        report(
            bound,
            Finding.error(
                0,
                1,
                "the query of a windowed job must use '$"
                    + side.parameter()
                    + "', as in WHERE time >= $start AND time < $end"));
      }
    }
    bound
        .text()
        .usesNow()
        .ifPresent(
            offset ->
                report(
                    bound,
                    Finding.error(
                        offset,
                        1,
                        "a windowed query must not use the server's clock: the same window would"
                            + " give other rows on another day; use $start and $end")));
  }

  /** Reports a finding at its place in the definition or in the query's own file. */
  void report(Bound bound, Finding finding) {
    if (bound.file().isPresent()) {
      diagnostics.add(
          bound
              .file()
              .orElseThrow()
              .atOffset(
                  bound.text().query().text(),
                  finding.offset(),
                  finding.severity(),
                  finding.message()));
    } else {
      fields.finding(bound.key(), finding);
    }
  }
}
