"""Fit the weights by which a trigger is taken for an event worth a line (``make events``).

A logistic regression over the marks of ``tansiq.intake.worth``, on the reports of the project that carry
annotated events and on its training text, in which every telling of an event is marked (``told_text.py``). A
candidate of a report is right if its clause and type serve an annotated event; one of the training text if it
stands on words marked as new with its type, or is the nearest one in their sentence where none does. What is
told again there is not asked about; what is minor is wrong. Prints what whole drafts give in cross-validation
by report, then writes ``event_worth.psv``.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import msgspec
from msgspec.structs import replace

from tansiq.intake.attribution import Attribution
from tansiq.intake.cast import Cast
from tansiq.intake.draft import PROPOSERS
from tansiq.intake.frames import mentions
from tansiq.intake.incidents import Told, incidents
from tansiq.intake.page import Page, analyse
from tests.intake.event_figures import Count, matched
from tools.fitting import Weights, fit, written
from tools.told_text import Telling, ToldText, told_texts

ROOT: Final = Path(__file__).resolve().parents[1]
SETS: Final = {"opened": 2, "press": 2, "dense": 1, "dev_events": 1}
"""Folder under tests/intake → how often a candidate of it counts: the last two annotate most clauses."""
TRAINING: Final = ("whole", "reports", "stretches")
"""Reports that the lists of words were written beside, other whole ones, and parts of others."""
TABLE: Final = "event_worth.psv"
FOLDS: Final = 6
SETTINGS: Final = {"c1": 0.5, "c2": 4.0, "max_iterations": 200}
BIASES: Final = (0.3, 0.6, 0.9)
BIAS: Final = 0.76  # of so much the annotated articles keep what they tell and add little

Json = dict[str, Any]


@dataclass(frozen=True)
class Report:
    """A text with its candidates, each with whether it tells an event worth a line; None is not asked."""

    name: str
    times: int
    page: Page
    gold: list[Json]
    told: tuple[Told, ...]
    right: tuple[bool | None, ...]

    @property
    def group(self) -> str:
        """The set it belongs to."""
        return self.name.partition("/")[0]

    def asked(self) -> Iterator[tuple[tuple[str, ...], bool]]:
        """Yield the marks of each candidate and whether it is right, as often as it counts."""
        for told, right in zip(self.told, self.right, strict=True):
            if told.beside and right is not None:
                yield from [(told.beside, right)] * self.times


def drafted(page: Page, told: Told) -> Json:
    """Return a candidate as a draft has it."""
    s, e = page.folded.span(*told.span)
    return {"type": told.kind, "span": (s, e), "status": told.status, "denial": told.denial}


def agree(item: Json, made: Json) -> bool:
    """Tell whether a candidate tells an annotated event; a denial tells what is denied, of whatever type."""
    denial = made["denial"] and item["status"] == "denied"
    return bool(item["type"] == made["type"] or denial)


def _read(text: str) -> tuple[Page, tuple[Told, ...]]:
    page = analyse(text, None, frozenset())
    cast = Cast(page, PROPOSERS)
    return page, tuple(mentions(cast, Attribution(cast)))


def report(text: str, gold: list[Json], name: str, times: int) -> Report:
    """Return a report with its candidates."""
    page, told = _read(text)
    same = [drafted(page, t) for t in told]
    right = tuple(any(m is not None for _, m in matched(text, gold, [one], agree)) for one in same)
    return Report(name, times, page, gold, told, right)


def training(told: ToldText) -> Report:
    """Return a training text with its candidates."""
    page, found = _read(told.text)
    places = [page.folded.span(t.at, t.at + 1)[0] for t in found]
    serving: list[set[str]] = [set() for _ in found]
    for telling in told.tellings:
        for index in _serving(telling, found, places):
            serving[index].add(telling.kind)
    right = (True if "new" in kinds else None if "again" in kinds else False for kinds in serving)
    gold = [
        {"type": t.type, "status": t.status, "evidence": told.text[slice(*t.sentence)]}
        for t in told.tellings
        if t.kind == "new"
    ]
    group = TRAINING[0 if told.name.startswith("whole/") else 1 if told.whole else 2]
    return Report(f"{group}/{told.name}", 1, page, gold, found, tuple(right))


def _serving(telling: Telling, found: Sequence[Told], places: Sequence[int]) -> list[int]:
    """Return which candidates tell what is marked: on its words, else the nearest in its sentence."""
    low, high = telling.sentence
    denied = telling.status == "denied"
    alike = [
        i
        for i, t in enumerate(found)
        if (t.kind == telling.type or (denied and t.denial)) and low <= places[i] < high
    ]
    on_it = [i for i in alike if telling.start <= places[i] < telling.end]
    return on_it or sorted(alike, key=lambda i: abs(places[i] - telling.start))[:1]


def reports() -> list[Report]:
    """Return the reports of all sets and the training text."""
    found = []
    for folder, times in SETS.items():
        base = ROOT / "tests" / "intake" / folder
        for path in sorted((base / "docs").glob("*.txt")):
            gold = msgspec.json.decode((base / "gold" / f"{path.stem}.json").read_bytes())["events"]
            found.append(report(path.read_text(encoding="utf8"), gold, f"{folder}/{path.stem}", times))
    return [*found, *map(training, told_texts())]


def fitted(found: Iterable[Report]) -> Weights:
    """Return the weights of some reports."""
    return fit((each for one in found for each in one.asked()), SETTINGS)


def chosen(one: Report, weights: Weights, bias: float) -> list[Json]:
    """Return the events that the weights leave of a report."""
    told = [
        replace(t, worth=bias + sum(weights.get(m, 0.0) for m in t.beside)) if t.beside else t
        for t in one.told
    ]
    return [drafted(one.page, t) for t in incidents(one.page, told)]


def add(count: Count, one: Report, made: list[Json]) -> None:
    """Add what one report's draft has right, made up and missed."""
    pairs = matched(one.page.folded.source, one.gold, made, lambda a, b: a["type"] == b["type"])
    right = sum(m is not None for _, m in pairs)
    count.right += right
    count.extra += len(made) - right
    count.missed += len(pairs) - right


def crossed(found: Sequence[Report]) -> None:
    """Print what reports give that were left out when the weights were fitted."""
    counts = {(bias, group): Count() for bias in BIASES for group in (*SETS, *TRAINING)}
    for fold in range(FOLDS):
        weights = fitted(r for i, r in enumerate(found) if i % FOLDS != fold)
        for one in found[fold::FOLDS]:
            for bias in BIASES:
                add(counts[bias, one.group], one, chosen(one, weights, bias))
    for (bias, group), c in counts.items():
        print(f"bias {bias:.1f} {group:11} P {c.precision:.3f} R {c.recall:.3f} F1 {c.f1:.3f}")


def main() -> int:
    """Print the figures and write the weights."""
    found = reports()
    asked = [right for one in found for _, right in one.asked()]
    print(f"{len(asked)} candidates in {len(found)} texts, {sum(asked)} right, by how often they count")
    crossed(found)
    weights = fitted(found)
    written(TABLE, {**weights, "": round(weights.get("", 0.0) + BIAS, 2)})
    return 0


if __name__ == "__main__":
    sys.exit(main())
