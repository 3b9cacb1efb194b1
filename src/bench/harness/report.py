"""Tables for the reader, JSON for programs, a chart for the documentation."""

import json

from . import chart


def main(part):
    by_name = {entrant["name"]: entrant["median"] for entrant in part["entrants"]}
    peer = by_name.get("pyarrow")
    floor = by_name.get("drain-java")
    lines = []
    for entrant in part["entrants"]:
        median = entrant["median"]
        lines.append(
            [
                entrant["what"],
                _number(median["wall"], 2),
                _number(median["process"], 2),
                _number(median["cpu"], 2),
                _number(median["rss"], 0),
                _number(median["size"] and median["size"] / 1e6, 1),
                _number(part["rows"] / median["wall"] / 1e6, 2),
                _ratio(median, peer, "wall"),
                _ratio(median, peer, "cpu"),
                _ratio(median, floor, "wall"),
            ]
        )
    print(f"\n{part['rows']:,} rows; medians")
    _table(
        ["", "wall s", "process s", "CPU s", "RSS MiB", "size MB", "M rows/s"]
        + ["wall/pyarrow", "CPU/pyarrow", "wall/drain"],
        lines,
    )
    print(
        "wall: from the question to the whole file, in a running process; process: from its start"
        " to its end.\nCPU: of the process, or of the pass when warm. drain: Java, warm."
        " 'bin/tributary run' has no wall but its process'."
    )


def memory(runs):
    print("\npeak memory of 'bin/tributary run', launcher's flags")
    _table(
        ["", "rows", "RSS MiB", "wall s"],
        [[r["what"], f"{r['rows']:,}", _number(r["rss"], 0), _number(r["wall"], 1)] for r in runs],
    )


def cold(medians):
    print("\none window of 100 rows, whole process; medians")
    peer = medians.get("influxdb3-python")
    _table(
        ["", "wall s", "CPU s", "RSS MiB", "wall/script"],
        [
            [
                what,
                _number(median["wall"], 2),
                _number(median["cpu"], 2),
                _number(median["rss"], 0),
                _ratio(median, peer, "wall"),
            ]
            for what, median in medians.items()
        ],
    )


def small(runs):
    print("\nmany windows of 100 rows, one process; milliseconds for each window, start of the JVM shared")
    _table(
        ["", "windows", "wall", "server's answer", "own (wall less answer)", "CPU"],
        [
            [run["what"], f"{run['windows']:,}"]
            + [_number(run[figure], 2) for figure in ("wall_ms", "server_ms", "own_ms", "cpu_ms")]
            for run in runs
        ],
    )


def write(result, folder):
    (folder / "result.json").write_text(json.dumps(result, indent=2) + "\n")
    written = [folder / "result.json"]
    if result.get("main", {}).get("entrants"):
        (folder / "chart.svg").write_text(chart.drawn(result["main"]))
        written.append(folder / "chart.svg")
    print("\nwritten: " + ", ".join(str(path) for path in written))
    for failure in result["failures"]:
        print("failed: " + failure)


def _table(heads, lines):
    widths = [max(len(row[i]) for row in [heads, *lines]) for i in range(len(heads))]
    rule = ["-" * width for width in widths]
    for row in [heads, rule, *lines]:
        cells = [row[0].ljust(widths[0])]
        cells += [cell.rjust(width) for cell, width in zip(row[1:], widths[1:])]
        print("| " + " | ".join(cells) + " |")


def _ratio(median, reference, figure):
    return f"{median[figure] / reference[figure]:.2f}" if reference else "-"


def _number(value, digits):
    return "-" if value is None else f"{value:.{digits}f}"
