"""The small programs in Java that runs need: compiled by themselves, since they need nothing but a JDK."""

import subprocess

from .paths import BENCHMARKS, TARGET

SOURCES = BENCHMARKS / "src" / "main" / "java" / "io" / "laneway" / "benchmarks"


def classes(package="load"):
    """Compiles what changed of a package that needs no other; returns the class path."""
    files = [file for file in (SOURCES / package).glob("*.java") if file.name != "package-info.java"]
    folder = TARGET / package
    marker = folder / "compiled"
    if not marker.exists() or marker.stat().st_mtime < max(file.stat().st_mtime for file in files):
        subprocess.run(["javac", "-nowarn", "-d", folder, *files], check=True)
        marker.touch()
    return str(folder)
