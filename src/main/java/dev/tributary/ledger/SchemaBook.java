package dev.tributary.ledger;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tributary.job.Column;
import dev.tributary.job.Failure;
import dev.tributary.job.Failure.Kind;
import dev.tributary.job.JobName;
import dev.tributary.job.Output.SchemaPolicy;
import dev.tributary.land.StoredObject;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A job's schemas, each one the last with something added. */
final class SchemaBook {

  private final Records records;
  private final LedgerKeys keys;
  private final JobName job;

  /** The newest that was seen: newer ones are asked for by number. */
  private SettledSchema seen = SettledSchema.NONE;

  SchemaBook(Records records, LedgerKeys keys, JobName job) {
    this.records = records;
    this.keys = keys;
    this.job = job;
  }

  synchronized SettledSchema newest() throws Failure {
    if (seen.id() == 0) {
      List<StoredObject> known = records.list(keys.schemas());
      if (known.isEmpty()) {
        return seen;
      }
      for (int id = known.size(); id > 0 && seen.id() == 0; id--) {
        seen = read(id).orElse(seen);
      }
    }
    Optional<SettledSchema> next = read(seen.id() + 1);
    while (next.isPresent()) {
      seen = next.get();
      next = read(seen.id() + 1);
    }
    return seen;
  }

  synchronized SettledSchema settle(List<Column> result, SchemaPolicy policy) throws Failure {
    while (true) {
      SettledSchema newest = newest();
      List<Column> merged = merged(newest, byName(result), policy);
      if (merged.equals(newest.columns())) {
        return newest;
      }
      SettledSchema next = new SettledSchema(newest.id() + 1, merged);
      if (records.create(keys.schema(next.id()), write(next))) {
        seen = next;
        return next;
      }
    }
  }

  private List<Column> merged(SettledSchema known, Map<String, Column> result, SchemaPolicy policy)
      throws Failure {
    if (result.isEmpty()) {
      return known.columns();
    }
    SchemaMerge merge = new SchemaMerge(job, known, policy);
    for (Column column : known.columns()) {
      merge.keep(column, Optional.ofNullable(result.remove(column.name())));
    }
    for (Column added : result.values()) {
      merge.add(added);
    }
    return merge.columns();
  }

  private Map<String, Column> byName(List<Column> columns) throws Failure {
    Map<String, Column> byName = new LinkedHashMap<>();
    for (Column column : columns) {
      if (byName.put(column.name(), column) != null) {
        throw refused(
            "its result has two columns '" + column.name() + "'; name them apart in the query");
      }
    }
    return byName;
  }

  private Failure refused(String what) {
    return new Failure(Kind.REFUSED, "cannot write '" + job + "': " + what);
  }

  private Optional<SettledSchema> read(int id) throws Failure {
    return records.read(
        keys.schema(id),
        fields -> new SettledSchema(id, ManifestJson.readColumns(fields.list("columns"))));
  }

  private ObjectNode write(SettledSchema schema) {
    ObjectNode record = Records.begin().put("job", job.value()).put("schema", schema.id());
    ManifestJson.writeColumns(record.putArray("columns"), schema.columns());
    return record;
  }
}
