"""Resident memory of idle nodes and the time until all are ready, beside a bare interpreter."""

from __future__ import annotations

import asyncio
import subprocess
import sys
import tempfile
import time
from datetime import UTC, datetime
from pathlib import Path

import psutil

from tansiq.node.demo.show import plan_for
from tansiq.node.federation import open_federation


def main() -> None:
    """Print megabytes a node and seconds to ready; the floor is an interpreter with the same libraries."""
    with tempfile.TemporaryDirectory(prefix="tansiq-memory-") as scratch:
        asyncio.run(_measured(Path(scratch)))
    print(f"interpreter with the web and store libraries alone {_floor_mb():6.0f} MB")


async def _measured(folder: Path) -> None:
    federation = open_federation(folder, plan_for(every=False), name="تنسيق", start=datetime.now(UTC))
    began = time.perf_counter()
    try:
        await federation.start()
        print(f"seven nodes ready in {time.perf_counter() - began:.1f} s")
        await asyncio.sleep(5)
        sizes = [_mb(federation.pid(p)) for p in federation.parties]
        mean = sum(sizes) / len(sizes)
        print(f"resident memory of an idle node {max(sizes):6.0f} MB at most, {mean:.0f} MB mean")
    finally:
        await federation.stop()


def _mb(pid: int) -> float:
    return float(psutil.Process(pid).memory_info().rss) / 1e6


def _floor_mb() -> float:
    code = "import litestar, granian, sqlalchemy, nats, cryptography, jinja2; import sys; sys.stdin.read()"
    process = subprocess.Popen([sys.executable, "-c", code], stdin=subprocess.PIPE)
    time.sleep(3)
    size = _mb(process.pid)
    process.terminate()
    process.wait(5)
    return size


if __name__ == "__main__":
    main()
