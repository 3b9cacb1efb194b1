package dev.tributary.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tributary.sandbox.Sandbox;
import dev.tributary.sandbox.SandboxSettings;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What others scheduled becomes jobs, and what is lost is said. */
class ImportCommandTest {

  /** As the shell of InfluxDB 1.8 prints it. */
  private static final String SHOWN =
      """
      name: _internal
      name query
      ---- -----

      name: telegraf
      name      query
      ----      -----
      cq_30m    CREATE CONTINUOUS QUERY cq_30m ON telegraf BEGIN SELECT mean(usage_idle) AS usage_idle INTO telegraf."7y".:MEASUREMENT FROM telegraf."default".cpu GROUP BY time(30m) END
      "net in"  CREATE CONTINUOUS QUERY "net in" ON telegraf RESAMPLE EVERY 10s FOR 2h BEGIN SELECT non_negative_derivative(max(bytes_recv), 1s) AS rx INTO telegraf.one_year.net FROM telegraf.one_week.net WHERE "interface" = 'em1' AND time > now() - 30d GROUP BY time(1m), * fill(previous) END
      all_1d    CREATE CONTINUOUS QUERY all_1d ON telegraf BEGIN SELECT mean(*) INTO telegraf.one_year.:MEASUREMENT FROM telegraf.autogen./.*/ WHERE host =~ /^web/ OR host = 'db  1' GROUP BY time(1d), * tz('Europe/Berlin') END
      week      CREATE CONTINUOUS QUERY week ON telegraf BEGIN SELECT sum(x) INTO y FROM x GROUP BY time(1w) END
      shifted   CREATE CONTINUOUS QUERY shifted ON telegraf BEGIN SELECT sum(x) INTO y FROM x GROUP BY time(1h, 15m) END
      """;

  private final Path folder;

  ImportCommandTest(@TempDir Path folder) {
    this.folder = folder;
  }

  private Typed typed(String... words) {
    return Typed.in(folder, Map.of(), words);
  }

  private String written(String text, String... words) throws Exception {
    Files.writeString(folder.resolve("in.txt"), text);
    String[] all = new String[words.length + 4];
    System.arraycopy(new String[] {"import", "in.txt", "--out", "jobs.yaml"}, 0, all, 0, 4);
    System.arraycopy(words, 0, all, 4, words.length);
    Typed typed = typed(all);
    assertThat(typed.code()).as(typed.all()).isIn(0, 65);
    Typed valid = typed("validate", "--config", "jobs.yaml");
    assertThat(valid.code()).as(valid.all()).isZero();
    return typed.err();
  }

  private String yaml() throws Exception {
    return Files.readString(folder.resolve("jobs.yaml"));
  }

  @Test
  void continuousQueriesBecomeJobsThatAreValid() throws Exception {
    String said = written(SHOWN);

    assertThat(said)
        .contains("in.txt:8: continuous query 'cq_30m': job 'cq-30m'")
        .contains(
            "in.txt:8: continuous query 'cq_30m': INTO telegraf.\"7y\".:MEASUREMENT: its rows")
        .contains("in.txt:9: continuous query 'net in': WHERE time > now() - 30d: the window takes")
        .contains("in.txt:9: continuous query 'net in': RESAMPLE EVERY 10s: a window is made once")
        .contains("in.txt:9: continuous query 'net in': fill(previous): empty bins have no rows")
        .contains(
            "in.txt:9: continuous query 'net in': retention policy 'one_week': InfluxDB 3 has")
        .contains("in.txt:11: continuous query 'week': not carried over: bins of 7d begin on")
        .contains(
            "in.txt:12: continuous query 'shifted': not carried over: bins of 1h shifted by 15m")
        .endsWith("3 jobs, 2 not carried over\n");
    assertThat(yaml())
        .contains(
            """
                influxql: |
                  SELECT mean(usage_idle) AS usage_idle
                  FROM cpu
                  WHERE time >= $start AND time < $end
                  GROUP BY time(30m) fill(none)
                window: {every: 1h}
            """)
        .contains(
            """
                bucket: telegraf/one_week
                influxql: |
                  SELECT non_negative_derivative(max(bytes_recv), 1s) AS rx
                  FROM net
                  WHERE "interface" = 'em1' AND time >= $start AND time < $end
                  GROUP BY time(1m), * fill(none)
                window: {every: 1h}
                revisit: [2h, 1d]
            """)
        .contains(
            """
                  FROM /.*/
                  WHERE (host =~ /^web/ OR host = 'db  1') AND time >= $start AND time < $end
                  GROUP BY time(1d), * fill(none)
                  tz('Europe/Berlin')
                window: {every: 1d}
                zone: Europe/Berlin
                measurement: keep
            """);
  }

  @Test
  void anImportedQueryMakesTheRowsThatTheContinuousQueryMade() throws Exception {
    try (Sandbox sandbox = Sandbox.start(SandboxSettings.standard())) {
      sandbox.loadHome("home");
      written(
          """
          CREATE CONTINUOUS QUERY "by_room" ON "home" -- hourly
          BEGIN
            SELECT mean("temp") AS "temp", count("co") AS "n" -- means
            INTO "home"."autogen"."home_1h"
            FROM "home"."autogen"."home"
            WHERE ("room" = 'Kitchen')
            GROUP BY time(1h), "room"
          END
          """,
          "--url",
          sandbox.url());
      Typed run =
          typed("run", "by-room", "--window", "2022-01-01T12:00:00Z", "--config", "jobs.yaml");
      assertThat(run.code()).as(run.all()).isZero();
    }
    assertThat(
            DuckDb.rows(
                "SELECT room, temp, n FROM '" + folder.resolve("lake/by-room") + "/*/*.parquet'"))
        .containsExactly(List.of("Kitchen", 22.5, 1L));
  }

  @Test
  void settingsOfTheDownsamplerBecomeJobs() throws Exception {
    String said =
        written(
            """
            influxdb3 create trigger \\
              --database sensors \\
              --plugin-filename gh:influxdata/downsampler/downsampler.py \\
              --trigger-spec "every:10min" \\
              --trigger-arguments 'source_measurement=environment,target_measurement=environment_10min,interval=10min,window=30min,offset=5min,calculations=temperature:avg.pressure:max,tag_values=room:Living Room@Kitchen' \\
              env_multi_agg
            influxdb3 create trigger --database sensors --trigger-spec "cron:0 0 1 * * *" --trigger-arguments source_measurement=cpu,target_measurement=cpu_month,interval=1m,window=60d monthly
            source_measurement=disk,target_measurement=disk_1h,interval=1h,window=1d,calculations=max,excluded_fields=total.free
            """,
            "--database",
            "fallback");

    assertThat(said)
        .contains("in.txt:5: downsampling of 'environment': job 'environment-10min'")
        .contains("in.txt:5: downsampling of 'environment': trigger every:10min: a window is made")
        .contains("in.txt:5: downsampling of 'environment': time_from and time_to are left out")
        .contains(
            "in.txt:7: downsampling of 'cpu': not carried over: interval 1m has no fixed length")
        .contains("in.txt:8: downsampling of 'disk': excluded_fields total, free: they are there")
        .endsWith("2 jobs, 1 not carried over\n");
    assertThat(yaml())
        .contains(
            """
                bucket: sensors
                influxql: |
                  SELECT mean("temperature") AS "temperature_avg",
                         max("pressure") AS "pressure_max",
                         count("temperature") AS "record_count"
                  FROM "environment"
                  WHERE ("room" = 'Living Room' OR "room" = 'Kitchen') AND time >= $start AND time < $end
                  GROUP BY time(10m), * fill(none)
                window: {every: 1h, delay: 5m}
                revisit: [30m, 1d]
            """)
        .contains("bucket: fallback")
        .contains("SELECT max(*)\n      FROM \"disk\"");
  }

  @Test
  void aTriggersTomlIsReadToo() throws Exception {
    String said =
        written(
            """
            # Copy this file
            source_measurement = "home"  # e.g., "cpu_usage"
            target_measurement = 'home_1h'
            interval = "1h"
            window = "24h"
            #offset = "10s"
            max_retries = 20
            calculations = [["temp", "avg"],
                            ["hum", "max"]]

            [tag_values]
            room = ["Kitchen", "O'Hall"]
            """,
            "--database",
            "home");

    assertThat(said).contains("in.txt:2: downsampling of 'home': job 'home-1h'");
    assertThat(yaml())
        .contains("mean(\"temp\") AS \"temp_avg\"")
        .contains("max(\"hum\") AS \"hum_max\"")
        .contains("(\"room\" = 'Kitchen' OR \"room\" = 'O\\'Hall')")
        .contains("retries: 10");
  }

  @Test
  void withoutADatabaseSettingsAreNotCarriedOver() throws Exception {
    Files.writeString(
        folder.resolve("in.txt"), "source_measurement=disk,target_measurement=d,window=1d");
    Typed typed = typed("import", "in.txt");
    assertThat(typed.code()).isEqualTo(65);
    assertThat(typed.err()).contains("it names no database; name it by --database");
    assertThat(typed.out()).isEmpty();
  }

  @Test
  void whatIsNothingToImportIsSaidAndJobsGoToStandardOutput() throws Exception {
    Files.writeString(folder.resolve("notes.txt"), "nothing in here");
    Files.writeString(
        folder.resolve("cq.txt"),
        "CREATE CONTINUOUS QUERY a ON b BEGIN SELECT mean(x) AS x INTO y FROM z GROUP BY time(5m)"
            + " END");
    Typed typed = typed("import", "notes.txt", "cq.txt");
    assertThat(typed.code()).isEqualTo(65);
    assertThat(typed.err()).contains("notes.txt: nothing to import");
    assertThat(typed.out()).contains("jobs:\n").contains("  a:\n");
    assertThat(typed("import", "missing.txt").code()).isEqualTo(66);
  }
}
