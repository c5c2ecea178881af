"""Where things are: the module, the project's root, and the folders that runs write to (all git-ignored)."""

import os
import pathlib

BENCHMARKS = pathlib.Path(__file__).resolve().parent.parent
ROOT = BENCHMARKS.parent
TARGET = BENCHMARKS / "target" / "bench"
RESULTS = BENCHMARKS / "results"
# Configurations, logs and data of what this run starts; another run at the same time has its own.
RUN = TARGET / f"run-{os.getpid()}"
