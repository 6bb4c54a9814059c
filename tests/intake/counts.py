"""``python -m tests.intake.counts``: what the oracle of the five articles counts, and what is proposed of it.

A row is proposed by the machine, or it is the officer's: what no sentence states, and what is weighed.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Final

from tansiq.intake.draft import draft
from tansiq.intake.shape import Draft

SHARED: Final = Path(__file__).parents[2].parent / "shared"
Drafts = Mapping[str, Draft]


def drafts() -> dict[str, Draft]:
    """Return the drafts of the articles by their numbers."""
    found = {}
    for path in sorted((SHARED / "seeds").glob("*.txt")):
        found[path.name[:3]] = draft(path.read_text(encoding="utf8"), name=path.name)
    return found


def _gaps(made: Drafts, number: str, what: str) -> int:
    return sum(gap.what == what for gap in made[number].gaps)


def _types(made: Drafts, number: str, kind: str) -> int:
    return sum(said.type == kind for said in made[number].statements)


def _bodies(made: Drafts, name: str) -> int:
    return sum(any(a.canonical == name for a in each.actors) for each in made.values())


def _undated(made: Drafts) -> int:
    return sum(each.published is None or each.published.basis == "inferred" for each in made.values())


PROPOSED: Final[tuple[tuple[str, int, Callable[[Drafts], int]], ...]] = (
    ("gap: size of the joint force (001)", 1, lambda m: _gaps(m, "001", "number missing")),
    ("gap: end of the text (001)", 1, lambda m: _gaps(m, "001", "text cut")),
    ("gap: date of the summit, said twice (004)", 1, lambda m: min(1, _gaps(m, "004", "date missing"))),
    ("day of publication inferred or unknown", 5, _undated),
    ("quarantined sentences (002)", 3, lambda m: len(m["002"].held)),
    ("quarantined sentences elsewhere", 0, lambda m: sum(len(d.held) for n, d in m.items() if n != "002")),
    ("decision without a term (001)", 1, lambda m: min(1, _types(m, "001", "decision"))),
    ("intent (001)", 1, lambda m: min(1, _types(m, "001", "intent"))),
    ("allegation kept as one (001)", 1, lambda m: min(1, _types(m, "001", "allegation"))),
    ("one staff body in three texts", 3, lambda m: _bodies(m, "CEMOC")),
    ("origin of 003: the newspaper", 1, lambda m: sum(c.kind == "newspaper" for c in m["003"].chain)),
)
OFFICERS: Final = (
    "start of the eighteen months", "mandating states", "number released", "who announced the thousand",
    "whether the counter-terrorism officials met", "hostage cases and their compartments",
    "mandate without expiry",
    "standing caveats of one state", "dispute and its cause", "outside initiatives", "the meeting chain",
)  # fmt: skip


def rows(made: Drafts) -> list[tuple[str, int, int]]:
    """Return name, what is asked, and what is proposed."""
    return [(name, asked, count(made)) for name, asked, count in PROPOSED]


def main() -> int:
    """Print the table."""
    if not SHARED.is_dir():
        print("../shared is absent: there are no articles to count in")
        return 0
    for name, asked, said in rows(drafts()):
        print(f"{name:45}{asked:>4}{said:>4}  {'proposed' if said == asked else 'DIFFERS'}")
    for name in OFFICERS:
        print(f"{name:45}   –   –  the officer's")
    return 0


if __name__ == "__main__":
    sys.exit(main())
