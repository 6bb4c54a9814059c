"""The store's measures once more at a million records, in a process of its own."""

from __future__ import annotations

import os
import subprocess
import sys


def main() -> None:
    """Print what ``store`` prints, at 1,000,000 records."""
    env = os.environ | {"TANSIQ_BENCH_RECORDS": "1000000"}
    subprocess.run([sys.executable, "-m", "tests.bench", "store"], env=env, check=True)


if __name__ == "__main__":
    main()
