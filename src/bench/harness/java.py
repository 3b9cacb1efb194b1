"""How the bench's own Java is started."""

import pathlib

FLAGS = [
    "--add-opens=java.base/java.nio=ALL-UNNAMED",
    "-Darrow.flight.enable_zero_copy_read=true",
]
FLAGS_25 = ["--sun-misc-unsafe-memory-access=allow", "--enable-native-access=ALL-UNNAMED"]


def command(home, newest=False):
    """The java of a JDK's home, with what Arrow needs."""
    java = str(pathlib.Path(home) / "bin" / "java") if home else "java"
    return [java, *FLAGS, *(FLAGS_25 if newest else [])]
