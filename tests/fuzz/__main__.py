"""``make fuzz``: every parser of foreign bytes, each in a process of its own, guided by coverage.

Environment: ``MINUTES`` for each (10), ``JOBS`` at once (2). Arguments: names of targets.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from tests.bench.__main__ import machine
from tests.fuzz.targets import TARGETS

STATS = re.compile(r"stat::(\w+):\s+(\d+)")


def run(name: str, seconds: int, folder: Path) -> tuple[bool, str]:
    """Fuzz one target; return whether it held, and the line that says so."""
    own = folder / name.replace(" ", "-")
    own.mkdir()
    asked = [sys.executable, "-m", "tests.fuzz.drive", name, str(seconds), str(own)]
    done = subprocess.run(asked, capture_output=True, text=True, check=False)
    found = dict(STATS.findall(done.stderr))
    runs, peak_mb = int(found.get("number_of_executed_units", 0)), found.get("peak_rss_mb", "?")
    line = f"{name:10} {runs:12,} runs, peak {peak_mb} MB"
    if done.returncode == 0:
        return True, f"held   {line}"
    left = sorted(p for p in own.iterdir() if p.is_file())
    bytes_hex = left[0].read_bytes()[:200].hex() if left else ""
    return False, f"BROKE  {line}\n{done.stderr[-3000:]}\n{bytes_hex}"


def main() -> int:
    """Fuzz what was asked for; return 1 if anything broke."""
    seconds = int(float(os.environ.get("MINUTES", "10")) * 60)
    names = [n for n in TARGETS if n in sys.argv[1:] or not sys.argv[1:]]
    print(f"{machine()} · {seconds} s each", flush=True)
    held = True
    with (
        tempfile.TemporaryDirectory(prefix="tansiq-fuzz-") as folder,
        ThreadPoolExecutor(int(os.environ.get("JOBS", "2"))) as pool,
    ):
        for well, line in pool.map(lambda name: run(name, seconds, Path(folder)), names):
            held &= well
            print(line, flush=True)
    return int(not held)


if __name__ == "__main__":
    sys.exit(main())
