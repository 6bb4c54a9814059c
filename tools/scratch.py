"""Print where tests may keep their files: in memory where there is room and programs may run, else nothing.

Every record a test signs is written through to the disk, as in a node; on a disk that is most of what a run
waits for. What is tried is that a killed process loses nothing, never that a machine loses its power, and to
that it is all the same where the files are.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Final

PLACE: Final = Path("/dev/shm")  # noqa: S108 — whoever asks makes a folder of his own in it
ROOM_BYTES: Final = 6 << 30


def fits(place: Path, room_bytes: int = ROOM_BYTES) -> bool:
    """Return whether the folder and the machine's memory have the room, and a program may run from there."""
    try:
        if min(shutil.disk_usage(place).free, _memory_bytes()) < room_bytes:
            return False
        with tempfile.TemporaryDirectory(dir=place) as folder:
            program = Path(folder) / "program"
            program.write_text("#!/bin/sh\nexit 0\n", encoding="utf8")
            program.chmod(0o700)
            return subprocess.run([str(program)], check=False).returncode == 0
    except OSError:
        return False


def _memory_bytes() -> int:
    lines = Path("/proc/meminfo").read_text(encoding="ascii").splitlines()
    return next(int(line.split()[1]) * 1024 for line in lines if line.startswith("MemAvailable:"))


def main() -> int:
    """Print the folder, or nothing; a folder that was chosen already stays."""
    chosen = os.environ.get("TMPDIR", "")
    print(chosen or (PLACE if fits(PLACE) else ""))
    return 0


if __name__ == "__main__":
    sys.exit(main())
