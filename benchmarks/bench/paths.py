"""Where things are: the module, the project's root, and the folders that runs write to (all git-ignored)."""

import pathlib

BENCHMARKS = pathlib.Path(__file__).resolve().parent.parent
ROOT = BENCHMARKS.parent
TARGET = BENCHMARKS / "target" / "bench"
RESULTS = BENCHMARKS / "results"
