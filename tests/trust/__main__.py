"""``make trust``: the acceptance checks, each ``check N pass|fail`` with its counts.

A check is a module ``check_<number>_<name>.py`` with ``run(size: Size, folder: Path) -> Result``; one number
may have several. Arguments: ``--quick``, numbers of checks to run, or names of modules (``6_canaries``).
A long run tells every half minute on standard error how far it is, and names a fault as it is found.
"""

from __future__ import annotations

import importlib
import sys
import tempfile
import threading
import time
import traceback
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.bench.__main__ import machine
from tests.trust.result import Result, Size

HERE = Path(__file__).parent
FAULTS_SHOWN = 10
TELL_S = 30.0


def parts() -> dict[str, int]:
    """Return every check's module and number, in the order of numbers."""
    found = {p.stem: int(p.stem.split("_")[1]) for p in HERE.glob("check_*.py")}
    return dict(sorted(found.items(), key=lambda item: (item[1], item[0])))


def run_part(name: str, size: Size, folder: Path) -> Result:
    """Run one module of a check in a folder of its own; one that breaks down is a fault."""
    own = folder / name
    own.mkdir()
    try:
        found: Result = importlib.import_module(f"tests.trust.{name}").run(size, own)
    except Exception:
        return Result(faults=[traceback.format_exc()])
    return found


def said(name: str, number: int, found: Result, spent_s: float) -> str:
    """Return the lines that tell of one module of a check."""
    verdict = "pass" if found.passed else "fail"
    lines = [f"check {number} {verdict}  {name.split('_', 2)[2]}: {found.said} ({spent_s:.0f} s)"]
    lines += [f"    {fault}" for fault in found.faults[:FAULTS_SHOWN]]
    return "\n".join(lines)


@contextmanager
def telling(name: str) -> Iterator[None]:
    """Say on standard error how far a check is while it runs."""
    done, began = threading.Event(), time.perf_counter()

    def tell() -> None:
        shown = 0
        while not done.wait(TELL_S):
            found = Result.newest or Result()
            print(f"  {name}, {time.perf_counter() - began:.0f} s: {found.said}", file=sys.stderr, flush=True)
            for fault in found.faults[shown:FAULTS_SHOWN]:
                print(f"    {fault}", file=sys.stderr, flush=True)
            shown = len(found.faults)

    teller = threading.Thread(target=tell, daemon=True)
    teller.start()
    try:
        yield
    finally:
        done.set()
        teller.join()


def main() -> int:
    """Run what was asked for; return 1 if any check failed."""
    size: Size = "quick" if "--quick" in sys.argv else "full"
    wanted = {a for a in sys.argv[1:] if not a.startswith("--")}
    failed = False
    print(f"{machine()} · {size}", flush=True)
    with tempfile.TemporaryDirectory(prefix="tansiq-trust-") as folder:
        for name, number in parts().items():
            if wanted and not wanted & {str(number), name.removeprefix("check_")}:
                continue
            began = time.perf_counter()
            with telling(name):
                found = run_part(name, size, Path(folder))
            failed |= not found.passed
            print(said(name, number, found, time.perf_counter() - began), flush=True)
    return int(failed)


if __name__ == "__main__":
    sys.exit(main())
