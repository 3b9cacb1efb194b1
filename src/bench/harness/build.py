"""What the bench runs: the program and its Java entrants, and an environment for the Python ones."""

import dataclasses
import pathlib
import subprocess
import sys
import venv

ROOT = pathlib.Path(__file__).resolve().parents[3]
PEERS = ROOT / "src" / "bench" / "peers"
PACKAGES = ["duckdb", "influxdb3-python", "pyarrow"]


@dataclasses.dataclass(frozen=True)
class Built:
    folder: pathlib.Path
    class_path: str
    python: pathlib.Path

    @property
    def launcher(self):
        return ROOT / "bin" / "tributary"


def ready(chosen):
    folder = ROOT / "target" / "bench"
    folder.mkdir(parents=True, exist_ok=True)
    listed = folder / "class-path.txt"
    python = folder / "python" / "bin" / "python"
    if not chosen.no_build:
        say("building")
        call(
            ["mvn", "-B", "-q", "-Pbench", "-DskipTests", "package"]
            + ["dependency:build-classpath", "-DincludeScope=test", f"-Dmdep.outputFile={listed}"]
        )
    if not python.exists():
        say("installing " + ", ".join(PACKAGES))
        venv.create(folder / "python", with_pip=True)
        call([python, "-m", "pip", "install", "-q", "--disable-pip-version-check", *PACKAGES])
    # Hadoop's shaded client stands in for the part of it that only javac needs, and would hide it
    jars = [jar for jar in listed.read_text().split(":") if "/hadoop-common/" not in jar]
    classes = [str(ROOT / "target" / "test-classes"), str(ROOT / "target" / "classes")]
    return Built(folder, ":".join(classes + jars), python)


def say(words):
    print(words, file=sys.stderr, flush=True)


def call(command):
    done = subprocess.run([str(word) for word in command], cwd=ROOT)
    if done.returncode != 0:
        sys.exit(f"cannot go on: '{command[0]}' ended with {done.returncode}")
