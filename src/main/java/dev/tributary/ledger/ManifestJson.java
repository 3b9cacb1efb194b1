package dev.tributary.ledger;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tributary.job.Attempt;
import dev.tributary.job.Column;
import dev.tributary.job.Content;
import dev.tributary.job.History;
import dev.tributary.job.Job;
import dev.tributary.job.JobName;
import dev.tributary.job.ObjectKey;
import dev.tributary.job.Window;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Manifests as JSON, their fields always in one order. */
final class ManifestJson {

  private ManifestJson() {}

  static ObjectNode write(Manifest manifest) {
    Attempt attempt = manifest.attempt();
    Content content = manifest.content();
    ObjectNode record = Records.begin().put("job", attempt.job().value());
    putWindow(record, attempt.window());
    record
        .put("generation", attempt.generation())
        .put("status", write(manifest.status()))
        .put("rows", content.rows());
    content.first().ifPresent(first -> record.put("first", first.toString()));
    content.last().ifPresent(last -> record.put("last", last.toString()));
    record.put("digest", content.digest()).put("truncated", content.truncated());
    writeFiles(record.putArray("files"), manifest.files());
    record.put("schema", attempt.schemaId());
    writeColumns(record.putArray("columns"), manifest.columns());
    record
        .put("source", attempt.source())
        .put("query", attempt.hashes().query())
        .put("definition", attempt.hashes().definition())
        .put("attempt", attempt.id())
        .put("began", attempt.began().toString())
        .put("ended", manifest.ended().toString())
        .put("version", attempt.version());
    manifest.reason().ifPresent(reason -> record.put("reason", reason));
    return record;
  }

  static Manifest read(Fields record) throws UnreadableRecord {
    int generation = record.smallCount("generation");
    if (generation == 0) {
      throw new UnreadableRecord("its 'generation' is 0");
    }
    Attempt attempt =
        new Attempt(
            job(record.text("job")),
            readWindow(record),
            generation,
            record.text("attempt"),
            new Job.Hashes(record.text("query"), record.text("definition")),
            record.smallCount("schema"),
            record.text("source"),
            record.instant("began"),
            record.text("version"));
    return new Manifest(
        attempt,
        readStatus(record.text("status")),
        new Content(
            record.count("rows"),
            record.maybeInstant("first"),
            record.maybeInstant("last"),
            record.text("digest"),
            record.count("truncated")),
        readColumns(record.list("columns")),
        readFiles(record.list("files")),
        record.instant("ended"),
        record.maybeText("reason"));
  }

  static String write(History.Status status) {
    return status.name().toLowerCase(Locale.ROOT);
  }

  static History.Status readStatus(String text) throws UnreadableRecord {
    for (History.Status status : History.Status.values()) {
      if (write(status).equals(text)) {
        return status;
      }
    }
    throw new UnreadableRecord("its 'status' is '" + text + "'");
  }

  static void putWindow(ObjectNode record, Window window) {
    record
        .putObject("window")
        .put("start", window.start().toString())
        .put("end", LedgerKeys.end(window).toString());
  }

  static Window readWindow(Fields record) throws UnreadableRecord {
    Fields window = record.fields("window");
    Instant start = window.instant("start");
    Instant end = window.instant("end");
    return LedgerKeys.window(start, end)
        .orElseThrow(() -> new UnreadableRecord("its 'window' ends before it starts"));
  }

  static void writeColumns(ArrayNode list, List<Column> columns) {
    for (Column column : columns) {
      list.addObject()
          .put("name", column.name())
          .put("type", column.type())
          .put("nullable", column.nullable());
    }
  }

  static List<Column> readColumns(List<Fields> list) throws UnreadableRecord {
    List<Column> columns = new ArrayList<>();
    for (Fields column : list) {
      columns.add(new Column(column.text("name"), column.text("type"), column.truth("nullable")));
    }
    return columns;
  }

  private static void writeFiles(ArrayNode list, List<Manifest.DataFile> files) {
    for (Manifest.DataFile file : files) {
      list.addObject()
          .put("key", file.key().value())
          .put("bytes", file.bytes())
          .put("rows", file.rows())
          .put("sha256", file.sha256())
          .put("version", file.version());
    }
  }

  private static List<Manifest.DataFile> readFiles(List<Fields> list) throws UnreadableRecord {
    List<Manifest.DataFile> files = new ArrayList<>();
    for (Fields file : list) {
      files.add(
          new Manifest.DataFile(
              key(file.text("key")),
              file.count("bytes"),
              file.count("rows"),
              file.text("sha256"),
              file.text("version")));
    }
    return files;
  }

  private static JobName job(String text) throws UnreadableRecord {
    if (!JobName.isWellFormed(text) || text.equals(LedgerKeys.STAGING)) {
      throw new UnreadableRecord("its 'job' is no job's name");
    }
    return new JobName(text);
  }

  private static ObjectKey key(String text) throws UnreadableRecord {
    try {
      return new ObjectKey(text);
    } catch (IllegalArgumentException e) {
      throw new UnreadableRecord("it lists a file whose key leads elsewhere", e);
    }
  }
}
