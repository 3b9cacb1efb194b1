"""Processes that are measured, and the server they ask; none outlives the bench."""

import contextlib
import dataclasses
import json
import os
import subprocess
import tempfile
import threading
import time


class Failed(Exception):
    """A process that did not do what it was started for; the message is its last words."""


@dataclasses.dataclass(frozen=True)
class Measured:
    """A whole process. Seconds, and mebibytes at its peak."""

    wall: float
    cpu: float
    rss: float
    lines: list


def measure(command, environment=None, seconds=3600):
    """Runs a process to its end, and asks the system what it took."""
    command = [str(word) for word in command]
    with tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as err:
        began = time.perf_counter()
        process = subprocess.Popen(
            command, stdin=subprocess.DEVNULL, stdout=out, stderr=err, env=environment
        )
        limit = threading.Timer(seconds, process.kill)
        limit.start()
        try:
            # subprocess' own wait would throw away what the process used
            _, status, used = os.wait4(process.pid, 0)
            wall = time.perf_counter() - began
            process.returncode = os.waitstatus_to_exitcode(status)
        finally:
            limit.cancel()
            if process.returncode is None:
                process.kill()
                process.wait()
        out.seek(0)
        err.seek(0)
        if process.returncode != 0:
            words = err.read().decode(errors="replace").strip()[-2000:]
            raise Failed(f"{command[0]} ended with {process.returncode}: {words}")
        lines = out.read().decode().splitlines()
    return Measured(wall, used.ru_utime + used.ru_stime, used.ru_maxrss / 1024, lines)


def last_pass(measured):
    """The last line that a client printed: its last pass' wall and CPU seconds."""
    return json.loads(measured.lines[-1])


class Server:
    """The synthetic server, in a JVM of its own."""

    def __init__(self, process):
        self._process = process
        port = process.stdout.readline().strip()
        if not port:
            raise Failed("the synthetic server did not start")
        self.port = int(port)

    def spent(self):
        """How many answers it gave since the last call, and the seconds they took."""
        self._process.stdin.write("\n")
        self._process.stdin.flush()
        answers, nanos = self._process.stdout.readline().split()
        return int(answers), int(nanos) / 1e9


@contextlib.contextmanager
def server(java, class_path):
    command = [*java, "-Xmx1g", "-cp", class_path, "dev.tributary.bench.Server"]
    process = subprocess.Popen(
        command,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    )
    try:
        yield Server(process)
    finally:
        # the end of its input is its signal
        process.stdin.close()
        try:
            process.wait(20)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
