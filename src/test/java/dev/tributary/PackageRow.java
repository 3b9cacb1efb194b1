package dev.tributary;

import java.util.List;
import java.util.stream.Stream;

/**
 * One row of the table of packages.
 *
 * @param name below the root; empty for the root itself
 * @param arrows packages of ours that it may import
 * @param libraries packages of others that it may import, beside the JDK
 */
record PackageRow(String name, List<String> arrows, List<String> libraries) {

  private static final String LOG = "org.slf4j..";
  private static final String JSON = "com.fasterxml.jackson..";
  private static final List<String> ARROW =
      List.of("org.apache.arrow.vector..", "org.apache.arrow.memory..", "org.apache.arrow.util..");
  private static final List<String> FLIGHT =
      join(ARROW, List.of("org.apache.arrow.flight..", "io.grpc.."));

  static final List<PackageRow> ALL =
      List.of(
          new PackageRow("", List.of("cli"), List.of()),
          new PackageRow("job", List.of(), List.of()),
          new PackageRow("plan", List.of("job"), List.of()),
          new PackageRow(
              "definition", List.of("job", "plan"), List.of(LOG, JSON, "org.yaml.snakeyaml..")),
          new PackageRow("query", List.of("job"), join(FLIGHT, List.of(LOG, JSON, "io.netty.."))),
          new PackageRow(
              "encode",
              List.of("job", "query"),
              join(
                  ARROW,
                  List.of(
                      LOG,
                      "org.apache.arrow.compression..",
                      "org.apache.parquet..",
                      "org.apache.hadoop..",
                      "com.github.luben.zstd..",
                      "org.xerial.snappy.."))),
          new PackageRow("land", List.of("job"), List.of(LOG)),
          new PackageRow(
              "land.objectstore",
              List.of("job", "land"),
              List.of(
                  LOG,
                  JSON,
                  "software.amazon.awssdk..",
                  "com.azure..",
                  "com.google.cloud..",
                  "com.google.auth..")),
          new PackageRow("ledger", List.of("job", "land"), List.of(LOG, JSON)),
          new PackageRow(
              "inspect",
              List.of("job", "land", "ledger", "encode", "query"),
              join(ARROW, List.of(LOG, "org.apache.arrow.dataset.."))),
          new PackageRow(
              "run",
              List.of("job", "plan", "query", "encode", "land", "ledger", "inspect"),
              List.of(LOG)),
          new PackageRow(
              "telemetry",
              List.of("job", "ledger", "run"),
              List.of(LOG, "ch.qos.logback..", "io.micrometer..")),
          new PackageRow(
              "app",
              List.of(
                  "job",
                  "definition",
                  "plan",
                  "query",
                  "encode",
                  "land",
                  "land.objectstore",
                  "ledger",
                  "inspect",
                  "run",
                  "telemetry"),
              List.of(LOG)),
          new PackageRow(
              "daemon",
              List.of("job", "app", "run", "ledger", "plan", "telemetry"),
              List.of(LOG, JSON, "org.quartz..", "io.javalin..", "io.netty..")),
          new PackageRow("cli", List.of("*"), List.of(LOG, JSON, "picocli..", "ch.qos.logback..")),
          new PackageRow(
              "sandbox",
              List.of("job"),
              join(
                  FLIGHT,
                  List.of(
                      LOG,
                      JSON,
                      "org.apache.arrow.c..",
                      "org.apache.arrow.dataset..",
                      "org.lance..",
                      "org.questdb.."))));

  /** The packages of this row, as patterns. */
  String[] members() {
    return members(name).toArray(String[]::new);
  }

  /** Everything that the row may import, as patterns. */
  String[] imports() {
    Stream<String> ours =
        arrows.contains("*")
            ? Stream.of("dev.tributary..")
            : arrows.stream().flatMap(PackageRow::members);
    return Stream.of(
            members(name),
            ours,
            libraries.stream(),
            Stream.of("java..", "javax..", "org.jspecify.."))
        .flatMap(patterns -> patterns)
        .toArray(String[]::new);
  }

  private static Stream<String> members(String name) {
    return switch (name) {
      case "" -> Stream.of("dev.tributary");
      // object stores are a row of their own
      case "land" -> Stream.of("dev.tributary.land");
      default -> Stream.of("dev.tributary." + name + "..");
    };
  }

  private static List<String> join(List<String> some, List<String> more) {
    return Stream.concat(some.stream(), more.stream()).toList();
  }

  @Override
  public String toString() {
    return name.isEmpty() ? "dev.tributary" : name;
  }
}
