"""A definition and a lake of its own for the whole program, thrown away afterwards."""

import contextlib
import datetime
import os
import pathlib
import tempfile

from . import process

HOUR = datetime.timedelta(hours=1)
# long enough for a reading of every room each ten seconds, however many rows are asked for
YEAR = datetime.timedelta(days=365)

TEMPLATE = """\
sources:
  bench:
    url: grpc://127.0.0.1:{port}
    timeouts: {{window: 1h}}
destinations:
  lake:
    url: {lake}
jobs:
  bench:
    source: bench
    bucket: bench
    sql: |
      SELECT * FROM home WHERE time >= $start AND time < $end LIMIT {rows}
    window: {{every: {every}, start: {start}}}
    destination: {{to: lake}}
"""


class Lake:
    def __init__(self, folder, start, end):
        self._config = folder / "config"
        self._lake = folder / "lake"
        self._start = start
        self._end = end

    def run(self, built, home, rows):
        """One 'tributary run' over everything due, checked; what the process took."""
        return self._carry(built, home, rows, ["run"])

    def backfill(self, built, home, rows):
        """One 'tributary backfill' over every window, checked; what the process took."""
        return self._carry(
            built, home, rows, ["backfill", "bench", "--from", self._start, "--to", self._end]
        )

    def _carry(self, built, home, rows, command):
        environment = {k: v for k, v in os.environ.items() if not k.startswith("TRIBUTARY_")}
        if home:
            environment["JAVA_HOME"] = str(home)
        measured = process.measure(
            [built.launcher, *command, "--config", self._config], environment
        )
        if rows and not self.files():
            raise process.Failed(f"'tributary {command[0]}' left no file")
        return measured

    def files(self):
        """The data files, in order of name."""
        return sorted(
            path
            for path in self._lake.rglob("*.parquet")
            if "_tributary" not in path.parts and not path.name.startswith(".")
        )

    def only_file(self):
        files = self.files()
        if len(files) != 1:
            raise process.Failed(f"'tributary run' left {len(files)} files, not one")
        return files[0]


@contextlib.contextmanager
def lake(port, rows, every=YEAR, windows=1):
    """A lake in which exactly so many windows of so many rows are due."""
    now = datetime.datetime.now(datetime.timezone.utc)
    hour = now.replace(minute=0, second=0, microsecond=0)
    if every == HOUR:
        start = hour - windows * HOUR
    else:
        start = hour.replace(year=now.year - windows, month=1, day=1, hour=0)
    with tempfile.TemporaryDirectory(prefix="tributary-bench-") as name:
        folder = pathlib.Path(name)
        (folder / "config").mkdir()
        (folder / "lake").mkdir()
        text = TEMPLATE.format(
            port=port,
            lake=(folder / "lake").as_uri(),
            rows=rows,
            every="1h" if every == HOUR else "1y",
            start=_text(start),
        )
        (folder / "config" / "tributary.yaml").write_text(text)
        yield Lake(folder, _text(start), _text(hour))


def _text(instant):
    return instant.strftime("%Y-%m-%dT%H:%M:%SZ")
