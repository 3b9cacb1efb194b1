"""The four parts of the bench. Each prints its table and adds to the result."""

import os
import pathlib
import platform
import statistics
import tempfile

from . import build, definition, entrants, java, process, report

SMALL_ROWS = 100


def run(chosen, built):
    result = {"machine": _machine(), "rounds": chosen.rounds, "failures": []}
    parts = {"main": _main, "memory": _memory, "cold": _cold, "small": _small}
    with process.server(java.command(chosen.java17), built.class_path) as server:
        for part in chosen.only:
            parts[part](chosen, built, server, result)
    return result


def _main(chosen, built, server, result):
    chosen_ones = entrants.all_of(chosen, built)
    if chosen.entrants:
        wanted = chosen.entrants.split(",")
        chosen_ones = [entrant for entrant in chosen_ones if entrant.name in wanted]
    rounds = {entrant.name: [] for entrant in chosen_ones}
    # the server warms up at nobody's expense
    with tempfile.TemporaryDirectory(prefix="tributary-bench-") as folder:
        file = pathlib.Path(folder) / "rows.parquet"
        _warm_up(chosen, built, server, file)
        for number in range(1, chosen.rounds + 1):
            for entrant in chosen_ones:
                build.say(f"round {number} of {chosen.rounds}: {entrant.what}")
                try:
                    took = entrant.carry(server, chosen.rows, file)
                    took["size"] = file.stat().st_size if file.exists() else None
                    rounds[entrant.name].append(took)
                except process.Failed as failed:
                    result["failures"].append(f"{entrant.name}: {failed}")
                    build.say(f"  failed: {failed}")
                finally:
                    file.unlink(missing_ok=True)
    result["main"] = {
        "rows": chosen.rows,
        "entrants": [
            {
                "name": entrant.name,
                "what": entrant.what,
                "median": _medians(rounds[entrant.name]),
                "rounds": rounds[entrant.name],
            }
            for entrant in chosen_ones
            if rounds[entrant.name]
        ],
    }
    report.main(result["main"])


def _warm_up(chosen, built, server, file):
    script = build.PEERS / "carry.py"
    for _ in range(3):
        process.measure([built.python, script, "drain", server.port, min(chosen.rows, 5_000_000), file])


def _memory(chosen, built, server, result):
    runs = []
    for what, home in _jdks(chosen):
        for rows in (chosen.few, chosen.many):
            build.say(f"memory: {rows} rows, {what}")
            with definition.lake(server.port, rows) as lake:
                measured = _tried(result, f"memory, {what}", lambda: lake.run(built, home, rows))
            if measured:
                runs.append({"what": what, "rows": rows, "rss": measured.rss, "wall": measured.wall})
    result["memory"] = runs
    report.memory(runs)


def _cold(chosen, built, server, result):
    rounds = {what: [] for what, _ in _jdks(chosen)} | {"influxdb3-python": []}
    for number in range(1, chosen.rounds + 1):
        build.say(f"cold: round {number} of {chosen.rounds}")
        for what, home in _jdks(chosen):
            with definition.lake(server.port, SMALL_ROWS, definition.HOUR) as lake:
                measured = _tried(
                    result, f"cold, {what}", lambda: lake.run(built, home, SMALL_ROWS)
                )
            _keep(rounds[what], measured)
        with tempfile.TemporaryDirectory(prefix="tributary-bench-") as folder:
            script = build.PEERS / "window.py"
            command = [built.python, script, server.port, SMALL_ROWS, f"{folder}/rows.parquet"]
            measured = _tried(result, "cold, influxdb3-python", lambda: process.measure(command))
            _keep(rounds["influxdb3-python"], measured)
    result["cold"] = {what: _medians(took) for what, took in rounds.items() if took}
    report.cold(result["cold"])


def _small(chosen, built, server, result):
    runs = []
    carriers = [(what, home, definition.Lake.run) for what, home in _jdks(chosen)]
    carriers.append(("tributary backfill", chosen.java17, definition.Lake.backfill))
    for what, home, carry in carriers:
        build.say(f"small: {chosen.windows} windows of {SMALL_ROWS} rows, {what}")
        with definition.lake(
            server.port, SMALL_ROWS, definition.HOUR, chosen.windows
        ) as lake:
            server.spent()
            measured = _tried(result, f"small, {what}", lambda: carry(lake, built, home, SMALL_ROWS))
            answers, seconds = server.spent()
            settled = len(lake.files())
        if not measured:
            continue
        # an hour may have ended since the definition was written
        if settled < chosen.windows:
            result["failures"].append(f"small, {what}: {settled} windows settled")
            continue
        each = 1000 / settled
        runs.append(
            {
                "what": what,
                "windows": settled,
                "answers": answers,
                "wall_ms": measured.wall * each,
                "server_ms": seconds * each,
                "own_ms": (measured.wall - seconds) * each,
                "cpu_ms": measured.cpu * each,
                "rss": measured.rss,
            }
        )
    result["small"] = runs
    report.small(runs)


def _jdks(chosen):
    """The program under each JDK that there is."""
    jdks = [("tributary run", chosen.java17)]
    if chosen.java25:
        jdks.append(("tributary run, JDK 25", chosen.java25))
    return jdks


def _tried(result, what, action):
    try:
        return action()
    except process.Failed as failed:
        result["failures"].append(f"{what}: {failed}")
        build.say(f"  failed: {failed}")
        return None


def _keep(rounds, measured):
    if measured:
        rounds.append({"wall": measured.wall, "cpu": measured.cpu, "rss": measured.rss})


def _medians(rounds):
    """The median of each figure by itself; a figure that an entrant does not have stays away."""
    medians = {}
    for figure in rounds[0]:
        values = [took[figure] for took in rounds if took[figure] is not None]
        medians[figure] = statistics.median(values) if values else None
    return medians


def _machine():
    return {"system": platform.platform(), "processors": os.cpu_count()}
