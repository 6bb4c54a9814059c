"""``make score``: drafts beside annotations, columns: in sample, one left out, the sets opened, and the
blind set without and with the tagger of names.

The sets ``opened``, ``dense`` (annotated twice as densely as the articles) and ``press`` were blind once;
since then who works on the reader may look into them, and the tagger of names learns from their sentences,
so that their figures are those of development. Nobody
who works on the reader opens the blind set. Some of its reports were annotated a second time, apart: what the
second annotator found of what the first did stands beside what the reader finds in the same reports.

The figures that the annotated articles are scored by come from the scorer beside them (``../shared``);
without it the sets of reports alone are measured, by what this module adds: relay depth, polarity with
*failed*, deadlines and the width of publication intervals. Languages (``ar fr``) and sets
(``articles opened dense press blind second``) may be named.
"""

from __future__ import annotations

import re
import subprocess
import sys
import tempfile
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any, Final

import msgspec

from tansiq.intake.draft import PROPOSERS, draft
from tansiq.intake.proposals import Proposer
from tests.intake.event_figures import figures
from tests.intake.second import as_draft

HERE: Final = Path(__file__).parent
OPENED: Final = HERE / "opened"
DENSE: Final = HERE / "dense"
PRESS: Final = HERE / "press"
BLIND: Final = HERE / "blind"
SECOND: Final = BLIND / "second"
SHARED: Final = HERE.parents[1].parent / "shared"
STATUSES: Final = ("happened", "planned", "claimed", "denied", "failed")
SETS: Final = ("articles", "opened", "dense", "press", "blind", "second")
MOST_DAYS: Final = 45
NUMBERED: Final = {"ar": "1", "fr": "2", "en": "3"}
"""The scorer beside the articles reads three digits."""

Json = dict[str, Any]


@dataclass(frozen=True)
class Case:
    """A document, its annotation and what was drafted from it; ``number`` is three digits."""

    number: str
    text: str
    gold: Json
    got: Json


def case(
    number: str,
    path: Path,
    gold: Path,
    without: frozenset[str] = frozenset(),
    proposers: Sequence[Proposer] = PROPOSERS,
) -> Case:
    """Return one document with its draft."""
    text = path.read_text(encoding="utf8")
    made = msgspec.to_builtins(draft(text, name=f"{number}.txt", without=without, proposers=proposers))
    return Case(number, text, msgspec.json.decode(gold.read_bytes()), made)


def reports(
    folder: Path, langs: Iterable[str] = NUMBERED, proposers: Sequence[Proposer] = PROPOSERS
) -> list[Case]:
    """Return a set of reports as they are drafted; without ``proposers`` by knowledge and rules alone."""
    wanted = tuple(langs)
    return [
        case(NUMBERED[p.stem[:2]] + p.stem[3:], p, folder / "gold" / f"{p.stem}.json", proposers=proposers)
        for p in sorted((folder / "docs").glob("*.txt"))
        if p.stem[:2] in wanted
    ]


def second_hand(langs: Iterable[str] = NUMBERED) -> Iterator[tuple[Case, Case]]:
    """Yield each report annotated twice: with the second annotation as its draft, and as it is drafted."""
    wanted = tuple(langs)
    for path in sorted(SECOND.glob("*.json")):
        if path.stem[:2] not in wanted:
            continue
        number = NUMBERED[path.stem[:2]] + path.stem[3:]
        drafted = case(number, BLIND / "docs" / f"{path.stem}.txt", BLIND / "gold" / path.name)
        again = as_draft(msgspec.json.decode(path.read_bytes()), drafted.text, f"{number}.txt")
        yield replace(drafted, got=again), drafted


def articles(*, left_out: bool) -> list[Case]:
    """Return the annotated articles; ``left_out`` = each as if nothing had been added because of it."""
    return [
        case(
            p.name[:3], p, SHARED / "gold" / f"{p.name[:3]}.json", frozenset({p.name[:3]} if left_out else ())
        )
        for p in sorted((SHARED / "seeds").glob("*.txt"))
    ]


def scored(cases: Iterable[Case]) -> dict[str, str]:
    """Return what the scorer beside the articles prints, by the name of the figure."""
    with tempfile.TemporaryDirectory() as made:
        folder = Path(made)
        lines = []
        for name in ("gold", "docs"):
            (folder / name).mkdir()
        for each in cases:
            (folder / "gold" / f"{each.number}.json").write_bytes(msgspec.json.encode(each.gold))
            (folder / "docs" / f"{each.number}.txt").write_text(each.text, encoding="utf8")
            lines.append(msgspec.json.encode(each.got))
        (folder / "drafts").write_bytes(b"\n".join(lines))
        tool = [SHARED / "tools" / "score.py", "drafts", folder / "gold", folder / "docs", folder / "drafts"]
        ran = subprocess.run(
            [sys.executable, *map(str, tool)], capture_output=True, text=True, check=True
        ).stdout
    return {
        m[1].strip(): m[2].strip() for m in re.finditer(r"^(\S.{26,}?)  ?((?:P )?\d.*)$", ran, re.MULTILINE)
    }


def _overlap(one: Iterable[int], other: Iterable[int]) -> int:
    (a, b), (c, d) = one, other
    return max(0, min(b, d) - max(a, c))


def _span(text: str, words: str | None) -> tuple[int, int] | None:
    at = text.find(words) if words else -1
    return None if at < 0 else (at, at + len(words or ""))


def _matched(case: Case, key: str, words: str, drafts: list[Json]) -> Iterator[tuple[Json, Json | None]]:
    """Yield each annotated item with the draft's that covers most of the same words, each used once."""
    free = list(drafts)
    for item in case.gold.get(key, []):
        span = _span(case.text, item.get(words))
        best = max(free, key=lambda d: _overlap(d["span"], span), default=None) if span else None
        if best is None or span is None or not _overlap(best["span"], span):
            yield item, None
            continue
        free.remove(best)
        yield item, best


def depth_of(chain: list[Json], entry: Json) -> int:
    """Return how many relays a source's words came through: 1 = the text has them from itself."""
    by = chain.index(entry)
    if (via := entry.get("via")) is not None:
        return 1 + depth_of(chain, chain[via])
    over = [c for c in chain if c.get("quotes") == by and c is not entry]
    return 1 + (depth_of([c for c in chain if c is not entry], over[0]) if over and len(chain) > 1 else 0)


def added(cases: Iterable[Case]) -> dict[str, str]:
    """Return the figures of this module by name."""
    cases = list(cases)
    depth, due, width, covered = [], [], [], []
    hits: dict[str, list[int]] = defaultdict(lambda: [0, 0, 0])
    for each in cases:
        for item, found in _matched(each, "reporting_chain", "surface", each.got["chain"]):
            if found is not None and "depth" in item:
                depth.append(depth_of(each.got["chain"], found) == item["depth"])
        for item, found in _matched(each, "events", "evidence", each.got["events"]):
            said = None if found is None else found["status"]
            _count(hits, item["status"], said)
        for item, found in _matched(each, "commitments", "evidence", each.got["commitments"]):
            if found is not None and item.get("due"):
                due.append(_agree(item["due"], found.get("due")))
        truth, said = each.gold.get("published_interval"), each.got.get("published")
        if truth is not None:
            covered.append(_agree(truth, said))
            width.append(covered[-1] and _days(said) <= MOST_DAYS)
    return {
        "relay depth": _rate(depth),
        "event status, macro F1": _macro(hits),
        **{f"event {s} recall": _recall(hits[s]) for s in STATUSES},
        "deadline agrees": _rate(due),
        **dict(figures((c.text, c.gold, c.got) for c in cases).lines()),
        "publication interval true": _rate(covered),
        f"… and of {MOST_DAYS} days or less": _rate(width),
    }


def _count(hits: dict[str, list[int]], truth: str, said: str | None) -> None:
    if truth == said:
        hits[truth][0] += 1
        return
    hits[truth][2] += 1
    if said is not None:
        hits[said][1] += 1


def _agree(truth: Json, said: Json | None) -> bool:
    """Whether two intervals of days meet."""
    return said is not None and said["lo"] <= truth["hi"] and truth["lo"] <= said["hi"]


def _days(said: Json | None) -> int:
    if said is None:
        return sys.maxsize
    return (date.fromisoformat(said["hi"]) - date.fromisoformat(said["lo"])).days + 1


def _rate(found: list[bool]) -> str:
    return f"{sum(found) / len(found):.3f} ({sum(found)} of {len(found)})" if found else "–"


def _recall(hit: list[int]) -> str:
    right, _, missed = hit
    return f"{right / (right + missed):.3f} ({right} of {right + missed})" if right + missed else "–"


def _macro(hits: dict[str, list[int]]) -> str:
    scores = [2 * r / (2 * r + w + m) if r else 0.0 for r, w, m in (hits[s] for s in STATUSES) if r + m]
    return f"{sum(scores) / len(scores):.3f} ({len(scores)} statuses)" if scores else "–"


def _short(figure: str) -> str:
    """Return ``P .79 R .29 F1 .43`` without the counts, or the rate."""
    return re.sub(r"\s{2,}", " ", re.sub(r"\(.*", "", figure)).strip() or "–"


def columns(langs: list[str], sets: list[str]) -> Iterator[tuple[str, list[Case], bool]]:
    """Yield each column: its name, its documents, and whether they are scored by this module, too."""
    if "articles" in sets and SHARED.is_dir():
        yield "in sample", articles(left_out=False), False
        yield "left out", articles(left_out=True), False
    elif "articles" in sets:
        print("../shared is absent: the articles and their scorer are left out")
    if "opened" in sets:
        yield "opened", reports(OPENED, langs), True
    if "dense" in sets:
        yield "dense", reports(DENSE, langs), True
    if "press" in sets:
        yield "press", reports(PRESS, langs), True
    if "blind" in sets and BLIND.is_dir():
        yield "blind, no tagger", reports(BLIND, langs, proposers=()), True
        yield "blind", reports(BLIND, langs), True
    if "second" in sets and SECOND.is_dir():
        twice = list(second_hand(langs))
        yield "second annotator", [again for again, _ in twice], True
        yield "reader, same reports", [drafted for _, drafted in twice], True


def main() -> int:
    """Print the columns; with languages or sets named, these alone; any other word is refused."""
    asked = sys.argv[1:]
    if unknown := [a for a in asked if a not in NUMBERED and a not in SETS]:
        sys.exit(f"unknown: {' '.join(unknown)}; known are {' '.join((*NUMBERED, *SETS))}")
    langs = [a for a in asked if a in NUMBERED] or list(NUMBERED)
    sets = [a for a in asked if a in SETS] or list(SETS)
    shown = list(columns(langs, sets))
    figures = [(scored(c) if SHARED.is_dir() else {}) | (added(c) if ours else {}) for _, c, ours in shown]
    print(f"{'':30}" + "".join(f"{n + f' ({len(c)})':>34}" for n, c, _ in shown))
    for name in sorted({k for each in figures for k in each}):
        print(f"{name:30}" + "".join(f"{_short(f.get(name, '–')):>34}" for f in figures))
    return 0


if __name__ == "__main__":
    sys.exit(main())
