"""The entrants of the main bench, each a command for one round."""

import dataclasses

from . import build, definition, java, process

WARM_PASSES = 5
HEAP = "-Xmx512m"
# Arrow C++ keeps row groups that Java allocated
DATASET_MEMORY = "-XX:MaxDirectMemorySize=6g"


@dataclasses.dataclass(frozen=True)
class Entrant:
    """
    name: as in tables and on the command line
    what: one line for the reader
    carry: from (server, rows, file) to a dict of seconds and mebibytes
    """

    name: str
    what: str
    carry: object


def all_of(chosen, built):
    """Every entrant, in the order of a round."""
    jdk17 = java.command(chosen.java17)
    entrants = [
        _client(built, jdk17, "drain-java", "drain", "bare drain, Java, warm", WARM_PASSES),
        _peer(built, "drain-cpp", "drain", "bare drain, C++"),
        _client(built, jdk17, "ours-warm", "ours", "ours, warm (5th pass)", WARM_PASSES),
        _client(built, jdk17, "ours-warm-no-sha", "ours-no-sha", "... without sha-256", WARM_PASSES),
        _client(built, jdk17, "drain-digest", "drain-digest", "drain with content digest, warm", WARM_PASSES),
        _client(built, jdk17, "ours-fresh", "ours", "ours, fresh JVM", 1),
        _program(built, "run-fresh", "bin/tributary run", chosen.java17),
    ]
    if chosen.java25:
        jdk25 = java.command(chosen.java25, newest=True)
        entrants += [
            _client(built, jdk25, "ours-warm-25", "ours", "ours, warm, JDK 25", WARM_PASSES),
            _client(built, jdk25, "ours-fresh-25", "ours", "ours, fresh JVM, JDK 25", 1),
            _program(built, "run-fresh-25", "bin/tributary run, JDK 25", chosen.java25),
        ]
    return entrants + [
        _peer(built, "pyarrow", "stream", "pyarrow, stream, row groups of 1 M"),
        _peer(built, "pyarrow-batches", "batches", "pyarrow, write_batch per batch"),
        _peer(built, "pyarrow-table", "table", "pyarrow, whole table"),
        _peer(built, "duckdb", "duckdb", "DuckDB in Python"),
        _client(built, jdk17, "row-wise", "row-wise", "parquet-java, row-wise", 1),
        _client(built, [*jdk17, DATASET_MEMORY], "arrow-dataset", "arrow-dataset", "arrow-dataset", 1),
    ]


def _client(built, jvm, name, mode, what, passes):
    """One of our Java clients; when warm, CPU is that of the last pass, not of the process."""

    def carry(server, rows, file):
        main = ["-cp", built.class_path, "dev.tributary.bench.Client"]
        measured = process.measure(
            [*jvm, HEAP, *main, mode, server.port, rows, file, passes]
        )
        last = process.last_pass(measured)
        cpu = last["cpu"] if passes > 1 else measured.cpu
        whole = None if passes > 1 else measured.wall
        return {"wall": last["wall"], "process": whole, "cpu": cpu, "rss": measured.rss}

    return Entrant(name, what, carry)


def _peer(built, name, mode, what):
    def carry(server, rows, file):
        script = build.PEERS / "carry.py"
        measured = process.measure([built.python, script, mode, server.port, rows, file])
        last = process.last_pass(measured)
        return {
            "wall": last["wall"],
            "process": measured.wall,
            "cpu": measured.cpu,
            "rss": measured.rss,
        }

    return Entrant(name, what, carry)


def _program(built, name, what, home):
    """The whole program with the launcher's own flags; its wall is the process'."""

    def carry(server, rows, file):
        with definition.lake(server.port, rows) as lake:
            measured = lake.run(built, home, rows=rows)
            lake.only_file().replace(file)
        return {
            "wall": measured.wall,
            "process": measured.wall,
            "cpu": measured.cpu,
            "rss": measured.rss,
        }

    return Entrant(name, what, carry)
