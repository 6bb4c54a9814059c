"""``make requirements``: one line a row of the requirements, from the tests that bear its number.

``R36 pass``; ``R36 fail why``; ``R36 not_yet no test bears its number``. A row passes when every test named
after it passed; exit 1 if any fails, 2 if the tests could not be run. Rows are R01 to R71;
``ONLY="R36 R47"`` asks for some.
"""

from __future__ import annotations

import sys
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from re import match
from typing import Final

import pytest

HERE: Final = Path(__file__).parent
ROWS: Final = tuple(f"R{n:02}" for n in range(1, 72))


@dataclass(eq=False)
class Found:
    """What the tests of each row said."""

    passed: dict[str, int] = field(default_factory=lambda: defaultdict(int))
    failed: dict[str, str] = field(default_factory=dict)
    skipped: dict[str, str] = field(default_factory=dict)

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """Enter one test's outcome under its row."""
        row = row_of(report.nodeid)
        if row is None:
            return
        if report.failed:
            self.failed.setdefault(row, report.nodeid.rpartition("::")[2])
        elif report.skipped:
            self.skipped.setdefault(row, report.nodeid.rpartition("::")[2])
        elif report.when == "call":
            self.passed[row] += 1

    def pytest_collectreport(self, report: pytest.CollectReport) -> None:
        """A file that cannot be read fails its row."""
        if report.failed and (row := row_of(report.nodeid)) is not None:
            self.failed.setdefault(row, "the test cannot be read")

    def line(self, row: str) -> str:
        """Return a row's line."""
        if row in self.failed:
            return f"{row} fail {self.failed[row]}"
        if self.passed.get(row):
            return f"{row} pass {self.passed[row]} tests"
        why = f"skipped: {self.skipped[row]}" if row in self.skipped else "no test bears its number"
        return f"{row} not_yet {why}"


def row_of(nodeid: str) -> str | None:
    """Return the row that a test is named after."""
    found = match(r"(?:.*/)?test_r(\d\d)", nodeid)
    return f"R{found[1]}" if found else None


def main(asked: Sequence[str]) -> int:
    """Run the tests of the rows asked for (none = all) and print the table."""
    rows = [row for row in ROWS if not asked or row in asked]
    found = Found()
    files = [str(p) for p in sorted(HERE.glob("test_r*.py")) if row_of(p.name) in rows]
    if files:
        pytest.main(
            ["-q", "--no-header", "-p", "no:cacheprovider", "--tb=no", "-rN", *files], plugins=[found]
        )
    print("\n".join(table(found, rows)))
    return 1 if found.failed else 0


def table(found: Found, rows: Iterable[str]) -> list[str]:
    """Return the lines of the rows, with their sum at the end."""
    lines = [found.line(row) for row in rows]
    words = [line.split()[1] for line in lines]
    return [*lines, ", ".join(f"{words.count(w)} {w}" for w in ("pass", "fail", "not_yet"))]


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
