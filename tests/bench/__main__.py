"""``make bench``: every measure, each beside its floor in the same run, with the machine's figures."""

from __future__ import annotations

import importlib
import os
import platform
import sys
import time
from pathlib import Path

HERE = Path(__file__).parent


def machine() -> str:
    """Say what this was measured on."""
    memory_gb = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 1e9
    cores = f"{platform.system()} {platform.machine()}, {os.cpu_count()} cores, {memory_gb:.0f} GB"
    return f"{cores}, Python {platform.python_version()}, {urgency()}"


def urgency() -> str:
    """Say how the measure is scheduled, and how many others want to run: a starved run is worth nothing."""
    real = os.sched_getscheduler(0) in (os.SCHED_RR, os.SCHED_FIFO)
    how = f"real time {os.sched_getparam(0).sched_priority}" if real else f"niceness {os.nice(0)}"
    return f"{how}, load {os.getloadavg()[0]:.0f}"


def measures() -> list[str]:
    """Return the names of the measures, or those asked for on the command line."""
    every = sorted(p.stem for p in HERE.glob("*.py") if not p.stem.startswith("_"))
    return [name for name in every if not sys.argv[1:] or name in sys.argv[1:]]


def main() -> None:
    """Run them one after the other; a measure that fails says so and the others go on."""
    print(machine())
    for name in measures():
        began = time.perf_counter()
        print(f"\n== {name}", flush=True)
        importlib.import_module(f"tests.bench.{name}").main()
        print(f"   ({time.perf_counter() - began:.0f} s)", flush=True)


if __name__ == "__main__":
    main()
