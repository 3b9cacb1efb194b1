"""The main bench as a chart: a bar of wall seconds for each entrant, and a thin one of CPU."""

from xml.sax.saxutils import escape

WIDTH = 860
LABELS = 270
RIGHT = 130
ROW = 34
TOP = 60
OURS = "#1f6f8b"
OTHERS = "#b8b8b8"
CPU = "#e09f3e"


def drawn(part):
    shown = [(e["name"], e["what"], e["median"]) for e in part["entrants"]]
    shown.sort(key=lambda one: one[2]["wall"])
    longest = max(max(median["wall"], median["cpu"]) for _, _, median in shown)
    scale = (WIDTH - LABELS - RIGHT) / longest
    height = TOP + ROW * len(shown) + 16
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height}"'
        ' font-family="sans-serif" font-size="13">',
        f'<rect width="{WIDTH}" height="{height}" fill="white"/>',
        f'<text x="16" y="26" font-size="16">Flight stream to Parquet,'
        f" {part['rows']:,} rows</text>",
        _key(16, OURS, "ours, wall"),
        _key(116, OTHERS, "others, wall"),
        _key(230, CPU, "CPU"),
    ]
    for index, (name, what, median) in enumerate(shown):
        top = TOP + ROW * index
        ours = name.startswith(("ours", "run"))
        wall = f"{median['wall']:.2f} s, CPU {median['cpu']:.2f} s"
        end = LABELS + max(median["wall"], median["cpu"]) * scale
        parts += [
            f'<text x="{LABELS - 10}" y="{top + 16}" text-anchor="end">{escape(what)}</text>',
            _bar(top + 2, median["wall"] * scale, 15, OURS if ours else OTHERS),
            _bar(top + 18, median["cpu"] * scale, 5, CPU),
            f'<text x="{end + 8:.1f}" y="{top + 16}" font-size="12">{wall}</text>',
        ]
    return "\n".join([*parts, "</svg>", ""])


def _bar(top, width, height, colour):
    return f'<rect x="{LABELS}" y="{top}" width="{width:.1f}" height="{height}" fill="{colour}"/>'


def _key(left, colour, words):
    return (
        f'<rect x="{left}" y="38" width="12" height="10" fill="{colour}"/>'
        f'<text x="{left + 18}" y="47" font-size="12">{words}</text>'
    )
