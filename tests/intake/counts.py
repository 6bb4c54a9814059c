"""``python -m tests.intake.counts``: what the oracle of the five articles counts, and what is proposed of it.

A row is proposed by the machine, or it is the officer's: what no sentence states, and what is weighed.
What the oracle names one by one is looked for in the sentence that says it (``AT``, code points of the
article); a further proposal elsewhere is no failure. What it counts in a text is counted in the whole of it.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Final, Protocol

from tansiq.intake.draft import draft
from tansiq.intake.shape import Draft, Span
from tansiq.language.folding import key

SHARED: Final = Path(__file__).parents[2].parent / "shared"
Drafts = Mapping[str, Draft]


class Spanned(Protocol):
    """Anything that stands by words of its text."""

    @property
    def span(self) -> Span: ...


def drafts() -> dict[str, Draft]:
    """Return the drafts of the articles by their numbers."""
    found = {}
    for path in sorted((SHARED / "seeds").glob("*.txt")):
        found[path.name[:3]] = draft(path.read_text(encoding="utf8"), name=path.name)
    return found


AT: Final[Mapping[str, tuple[str, int, int]]] = {
    "S0.1": ("000", 0, 131), "S0.12": ("000", 1275, 1312), "S1.1": ("001", 0, 118),
    "S1.6": ("001", 548, 642), "S1.15": ("001", 1662, 1745), "S1.16": ("001", 1747, 1837),
    "S1.17": ("001", 1838, 1941), "S1.21 prisoners": ("001", 2406, 2488),
    "S1.21 hostage": ("001", 2489, 2528), "S1.22": ("001", 2530, 2659), "S1.24": ("001", 2756, 2938),
    "S1.25": ("001", 3058, 3191), "S2.7": ("002", 642, 739), "S2.15": ("002", 1417, 1609),
    "S2.16": ("002", 1610, 1777), "S2.18": ("002", 1778, 2064), "S3.5": ("003", 428, 562),
    "S3.15": ("003", 1882, 2039), "S4.1": ("004", 107, 279), "S4.3": ("004", 352, 498),
    "S4.10": ("004", 1428, 1582), "S4.14": ("004", 1830, 1983), "S4.16": ("004", 2092, 2191),
}  # fmt: skip
"""Where the articles say what the oracle names."""


def _here(name: str, item: Spanned) -> bool:
    _, start, end = AT[name]
    return item.span[0] < end and start < item.span[1]


def _promised(made: Drafts, name: str, *forces: str, due: bool | None = None) -> int:
    """How many commitments of these forces are proposed there, 0 or 1: a sentence promises once."""
    found = (c for c in made[AT[name][0]].commitments if _here(name, c) and c.force in forces)
    return int(any(due is None or (c.due is not None) == due for c in found))


def _events(made: Drafts, name: str, *types: str) -> int:
    """Whether an event of one of these types is proposed there."""
    return int(any(e.type in types and _here(name, e) for e in made[AT[name][0]].events))


def _typed(made: Drafts, name: str, kind: str) -> int:
    return int(any(s.type == kind and _here(name, s) for s in made[AT[name][0]].statements))


def _all(made: Drafts, count: Callable[[Drafts, str], int], *names: str) -> int:
    return sum(count(made, name) for name in names)


def _gaps(made: Drafts, number: str, what: str) -> int:
    return sum(gap.what == what for gap in made[number].gaps)


def _undated_meetings(made: Drafts) -> int:
    """How many sentences of 004 say of something that it has no date, however often each says so."""
    found = made["004"]
    missing = [g.span for g in found.gaps if g.what == "date missing"]
    told = [s.span for s in found.statements]
    return len({next((t for t in told if t[0] <= g[0] < t[1]), g) for g in missing})


def _bodies(made: Drafts, name: str) -> int:
    return sum(any(a.canonical == name for a in each.actors) for each in made.values())


def _names_of(made: Drafts, name: str) -> int:
    """How many names an actor goes by in all the articles; an article before a noun makes no other name."""
    said = (text for each in made.values() for a in each.actors if a.canonical == name for text in a.texts)
    return len({" ".join(w.removeprefix("ال") for w in key(text).split()) for text in said})


def _circles(made: Drafts) -> int:
    """How many counts of states 004 gives: those of the staff and those of the wider meeting."""
    return len({q.value for q in made["004"].quantities if q.unit == "state"} & {4, 7})


def _undated(made: Drafts) -> int:
    return sum(each.published is None or each.published.basis == "inferred" for each in made.values())


def _held(made: Drafts) -> int:
    """How many of the three sentences on elections are proposed for quarantine."""
    spans = [made["002"].statements[h.statement] for h in made["002"].held]
    return sum(any(_here(n, s) for s in spans) for n in ("S2.15", "S2.16", "S2.18"))


PROPOSED: Final[tuple[tuple[str, int, Callable[[Drafts], int]], ...]] = (
    ("gap: size of the joint force (001)", 1, lambda m: _gaps(m, "001", "number missing")),
    ("gap: end of the text (001)", 1, lambda m: _gaps(m, "001", "text cut")),
    ("gap: date of the summit (004)", 1, _undated_meetings),
    ("gap: who announced the thousand (002)", 1, lambda m: _gaps(m, "002", "source missing")),
    ("day of publication inferred or unknown", 5, _undated),
    ("quarantined sentences (002)", 3, _held),
    ("quarantined sentences elsewhere", 0, lambda m: sum(len(d.held) for n, d in m.items() if n != "002")),
    ("vague or undated commitments", 3,
     lambda m: _all(m, lambda d, n: _promised(d, n, "vague", "decision", due=False),
                    "S1.16", "S3.15", "S4.16")),
    ("commitment with a term", 1, lambda m: _promised(m, "S1.6", "agreement", "decision", due=True)),
    ("intent", 1, lambda m: _promised(m, "S1.17", "intent")),
    ("allegation kept as one", 1, lambda m: _typed(m, "S1.24", "allegation")),
    ("mandate", 1, lambda m: _promised(m, "S1.1", "decision")),
    ("abduction of five", 1, lambda m: _events(m, "S0.12", "kidnapping")),
    ("prisoners freed, hostage freed", 2,
     lambda m: _events(m, "S1.21 prisoners", "prisoner_release")
     + _events(m, "S1.21 hostage", "hostage_release")),
    ("outside initiatives", 3,
     lambda m: _all(m, lambda d, n: _events(d, n, "meeting", "creation_of_body"), "S0.1", "S1.25", "S3.5")),
    ("meeting chain: Aug, March, April, launch, Bamako, summit", 6,
     lambda m: _all(m, lambda d, n: _events(d, n, "meeting", "creation_of_body"),
                    "S4.3", "S4.14", "S4.10", "S4.1", "S1.6", "S4.16")),
    ("one staff body in three texts", 3, lambda m: _bodies(m, "CEMOC")),
    ("its names (the fifth hangs on what was said before)", 4, lambda m: _names_of(m, "CEMOC")),
    ("circles of four and of seven (004)", 2, _circles),
    ("origin of 003: the newspaper", 1, lambda m: sum(c.kind == "newspaper" for c in m["003"].chain)),
)  # fmt: skip
OFFICERS: Final = (
    "start of the eighteen months", "mandating states", "number released",
    "whether the counter-terrorism officials met", "hostage cases and their compartments",
    "the fatal case (000): that the one killed was a hostage", "that the mandate has no expiry",
    "standing caveats of one state", "dispute and its cause", "the staff's fifth name",
    "the four contradictions: coded by an officer, then proposed side by side",
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
        print(f"{name:58}{asked:>4}{said:>4}  {'proposed' if said == asked else 'DIFFERS'}")
    for name in OFFICERS:
        print(f"{name:58}   –   –  the officer's")
    return 0


if __name__ == "__main__":
    sys.exit(main())
