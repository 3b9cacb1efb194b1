package dev.tributary.ledger;

import static dev.tributary.ledger.ManifestSamples.JOB;
import static dev.tributary.ledger.ManifestSamples.NOW;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tributary.job.Column;
import dev.tributary.job.Failure.Kind;
import dev.tributary.job.Output.SchemaPolicy;
import dev.tributary.land.InMemoryDestination;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

class SchemaTest {

  private static final Column TIME = new Column("time", "timestamp[us, UTC]", false);
  private static final Column ROOM = new Column("room", "string", true);
  private static final Column TEMP = new Column("temp", "double", false);

  private final InMemoryDestination destination = new InMemoryDestination();
  private final Ledger ledger = ledger();

  private Ledger ledger() {
    return Ledger.of(destination, JOB, InstantSource.fixed(NOW));
  }

  private SettledSchema add(Column... columns) throws Exception {
    return ledger().settleSchema(List.of(columns), SchemaPolicy.ADD);
  }

  @Test
  void theFirstResultMakesTheFirstSchemaAndTheSameOneKeepsIt() throws Exception {
    SettledSchema first = add(TIME, ROOM, TEMP);

    assertThat(first).isEqualTo(new SettledSchema(1, List.of(TIME, ROOM, TEMP)));
    assertThat(add(TEMP, TIME, ROOM)).isEqualTo(first);
    assertThat(destination.keys()).containsExactly("_tributary/room-climate/schema/0001.json");
  }

  @Test
  void aNewColumnComesLastUnderTheNextId() throws Exception {
    add(TIME, TEMP);
    assertThat(add(ROOM, TIME, TEMP)).isEqualTo(new SettledSchema(2, List.of(TIME, TEMP, ROOM)));
    assertThat(ledger().newestSchema().id()).isEqualTo(2);
  }

  @Test
  void aColumnThatTheResultLacksStaysAndMayBeNull() throws Exception {
    add(TIME, TEMP);
    Column nullable = new Column("temp", "double", true);
    SettledSchema second = add(TIME);

    assertThat(second).isEqualTo(new SettledSchema(2, List.of(TIME, nullable)));
    assertThat(add(TIME, TEMP)).isEqualTo(second);
    assertThat(add(TIME)).isEqualTo(second);
  }

  @Test
  void aColumnWithoutATypeCountsAsLacking() throws Exception {
    Column untyped = new Column("temp", "null", true);
    assertThat(add(TIME, untyped)).isEqualTo(new SettledSchema(1, List.of(TIME)));
    add(TIME, TEMP);
    assertThat(add(TIME, untyped).columns())
        .containsExactly(TIME, new Column("temp", "double", true));
  }

  @Test
  void aChangedTypeIsRefusedWithBothTypesAndTheWayOut() throws Exception {
    add(TIME, TEMP);
    LedgerTest.assertFails(
        () -> add(TIME, new Column("temp", "int64", false)),
        Kind.REFUSED,
        "cannot write 'room-climate': column 'temp' is int64 in this result and double in its files"
            + " (schema 1); cast it in the query, or give the job a new name");
  }

  @Test
  void aFrozenSchemaTakesNoNewColumn() throws Exception {
    ledger.settleSchema(List.of(TIME), SchemaPolicy.FREEZE);
    LedgerTest.assertFails(
        () -> ledger.settleSchema(List.of(TIME, ROOM), SchemaPolicy.FREEZE),
        Kind.REFUSED,
        "column 'room' (string) is new and the schema is frozen");
    assertThat(ledger.newestSchema()).isEqualTo(new SettledSchema(1, List.of(TIME)));
  }

  private void assertFrozenRefuses(String sentence, Column... columns) throws Exception {
    LedgerTest.assertFails(
        () -> ledger().settleSchema(List.of(columns), SchemaPolicy.FREEZE), Kind.REFUSED, sentence);
    assertThat(ledger().newestSchema().id()).isEqualTo(1);
  }

  @Test
  void aFrozenSchemaLacksNoColumnEvenOneThatMayBeNull() throws Exception {
    add(TIME, ROOM);
    assertFrozenRefuses(
        "column 'room' (string) is missing and the schema is frozen; bring it back into the query",
        TIME);
  }

  @Test
  void aColumnOfNullsIsThereForAFrozenSchemaUnlessItNeverHeldOne() throws Exception {
    add(TIME, ROOM, TEMP);
    SettledSchema frozen =
        ledger()
            .settleSchema(
                List.of(TIME, new Column("room", "null", true), TEMP), SchemaPolicy.FREEZE);

    assertThat(frozen.id()).isEqualTo(1);
    assertFrozenRefuses(
        "column 'temp' may hold nulls now, which it never did, and the schema is frozen",
        TIME,
        ROOM,
        new Column("temp", "null", true));
  }

  @Test
  void aColumnThatBeginsToHoldNullsMakesTheNextSchemaOrIsRefusedByAFrozenOne() throws Exception {
    add(TIME, TEMP);
    Column nullable = new Column("temp", "double", true);
    assertFrozenRefuses("column 'temp' may hold nulls now", TIME, nullable);

    SettledSchema second = add(TIME, nullable);
    assertThat(second).isEqualTo(new SettledSchema(2, List.of(TIME, nullable)));
    assertThat(add(TIME, TEMP)).as("and it stays so").isEqualTo(second);
  }

  @Test
  void aResultWithoutColumnsFitsAFrozenSchema() throws Exception {
    SettledSchema first = add(TIME, TEMP);
    assertThat(ledger().settleSchema(List.of(), SchemaPolicy.FREEZE)).isEqualTo(first);
  }

  @Test
  void aNewColumnThatDiffersOnlyInCaseFromOneOfTheFilesIsRefused() throws Exception {
    add(TIME, TEMP);
    LedgerTest.assertFails(
        () -> add(TIME, TEMP, new Column("Temp", "double", true)),
        Kind.REFUSED,
        "column 'Temp' differs only in case from 'temp' in its files (schema 1)");
  }

  @Test
  void ofWritersWhoGiveAColumnDifferentTypesAtOnceOneSettlesAndTheOtherIsRefused()
      throws Exception {
    CyclicBarrier start = new CyclicBarrier(2);
    ExecutorService threads = Executors.newFixedThreadPool(2);
    try {
      List<Future<SettledSchema>> settled = new ArrayList<>();
      for (String type : List.of("double", "int64")) {
        settled.add(
            threads.submit(
                () -> {
                  start.await();
                  return add(TIME, new Column("temp", type, true));
                }));
      }
      List<SettledSchema> won = new ArrayList<>();
      List<String> refused = new ArrayList<>();
      for (Future<SettledSchema> each : settled) {
        try {
          won.add(each.get());
        } catch (ExecutionException e) {
          refused.add(String.valueOf(e.getCause()));
        }
      }
      assertThat(won).hasSize(1);
      assertThat(refused).singleElement().asString().contains("column 'temp' is ");
      assertThat(ledger().newestSchema()).isEqualTo(won.get(0));
    } finally {
      threads.shutdown();
    }
  }

  @Test
  void twoColumnsOfOneNameAreRefused() {
    LedgerTest.assertFails(() -> add(TIME, TEMP, TEMP), Kind.REFUSED, "two columns 'temp'");
  }

  @Test
  void aResultWithoutColumnsTakesTheNewestSchema() throws Exception {
    assertThat(add()).isEqualTo(SettledSchema.NONE);
    SettledSchema first = add(TIME, TEMP);
    assertThat(add()).isEqualTo(first);
    assertThat(ledger.newestSchema()).isEqualTo(first);
  }

  @Test
  void writersWhoAddAtOnceAgreeInTheEnd() throws Exception {
    add(TIME);
    int writers = 4;
    CyclicBarrier start = new CyclicBarrier(writers);
    ExecutorService threads = Executors.newFixedThreadPool(writers);
    try {
      List<Future<SettledSchema>> settled = new ArrayList<>();
      for (int i = 0; i < writers; i++) {
        Column own = new Column("own" + i, "double", true);
        settled.add(
            threads.submit(
                () -> {
                  start.await();
                  return add(TIME, own);
                }));
      }
      Set<Integer> ids = new HashSet<>();
      for (Future<SettledSchema> each : settled) {
        ids.add(each.get().id());
      }
      assertThat(ids).hasSize(writers);
      assertThat(ledger().newestSchema().columns()).hasSize(1 + writers);
    } finally {
      threads.shutdown();
    }
  }
}
