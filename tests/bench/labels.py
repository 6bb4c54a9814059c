"""Label decisions a second: ``permits`` beside a bare comparison of sets."""

from __future__ import annotations

import time
from datetime import UTC, datetime, timedelta

from tansiq.base.ids import SeededEntropy
from tansiq.model.label import Label, label
from tansiq.policy.permits import Reader, permits, permitted_ids

PARTIES = ("DZ", "ML", "MR", "NE", "JSC", "BF", "LY", "TD", "FR", "US", "OMB")
NOW = datetime(2031, 3, 1, tzinfo=UTC)


def labels(count: int) -> list[Label]:
    """Return labels of all sorts, drawn by seed."""
    draw = SeededEntropy("بيانات التداول")
    found = []
    for _ in range(count):
        bits = draw.take(4)
        audience = [p for n, p in enumerate(PARTIES) if int.from_bytes(bits[:2], "big") >> n & 1] or ["DZ"]
        until = NOW + timedelta(hours=bits[2] - 60) if bits[2] % 3 == 0 else None
        cells = ["HOSTAGE"] if bits[3] % 5 == 0 else []
        found.append(label(audience, level="restricted", compartments=cells, until=until))
    return found


def _rate(count: int, began: float) -> float:
    return count / (time.perf_counter() - began)


def main() -> None:
    """Print decisions a second and the time for the ids of 3,000 labels."""
    every = labels(3_000)
    reader = Reader(label(["NE"]).audience[0], compartments=frozenset({"HOSTAGE"}))
    began = time.perf_counter()
    for _ in range(30):
        for each in every:
            permits(each, reader, now=NOW)
    ours = _rate(30 * len(every), began)
    sets = [(frozenset(e.audience), frozenset(e.compartments)) for e in every]
    began = time.perf_counter()
    for _ in range(30):
        for audience, cells in sets:
            _ = "NE" in audience and cells <= reader.compartments
    floor = _rate(30 * len(every), began)
    began = time.perf_counter()
    permitted_ids(dict(enumerate(every)), reader, now=NOW)
    spent_ms = (time.perf_counter() - began) * 1000
    print(f"label decisions   {ours:12,.0f} /s   (bare set test {floor:,.0f} /s)")
    print(f"ids of 3,000 labels {spent_ms:8.2f} ms")


if __name__ == "__main__":
    main()
