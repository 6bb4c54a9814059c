"""Fit the weights by which a trigger is taken for an event worth a line (``make events``).

A logistic regression over the marks of ``tansiq.intake.worth``, drawn towards the rule that three points make
an event, on the reports of the project that carry annotated events: those to develop with and the opened set.
Each candidate is right if its clause and type serve an annotated event. Prints what whole drafts give in
cross-validation by report, then writes ``event_worth.psv``. It needs nothing but the standard library.
"""

from __future__ import annotations

import math
import sys
from collections import Counter
from collections.abc import Iterable, Sequence
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

ROOT: Final = Path(__file__).resolve().parents[1]
SETS: Final = {"opened": 1.0, "press": 1.0, "dense": 0.5, "dev_events": 0.5}
"""Folder under tests/intake → how much a candidate of it counts: the last two annotate most clauses."""
TARGET: Final = ROOT / "src" / "tansiq" / "language" / "knowledge" / "event_worth.psv"
FOLDS: Final = 6
PENALTY: Final = 20.0
STEPS: Final = 300
RATE: Final = 0.5
LEAST: Final = 4  # a mark seen less often has no weight
PRIOR: Final[dict[str, float]] = {"": -2.5, "points": 4.0}
"""Where the weights start, and whereto the penalty draws them: three points make an event."""
BIASES: Final = (0.76,)  # of so much the annotated articles keep what they tell and add little

Json = dict[str, Any]
Weights = dict[str, float]


@dataclass(frozen=True)
class Report:
    """A report with its candidates, each with whether it serves an annotated event."""

    name: str
    weight: float
    page: Page
    gold: list[Json]
    told: tuple[Told, ...]
    right: tuple[bool, ...]


def drafted(page: Page, told: Told) -> Json:
    """Return a candidate as a draft has it."""
    s, e = page.folded.span(*told.span)
    return {"type": told.kind, "span": (s, e), "status": told.status, "denial": told.denial}


def agree(item: Json, made: Json) -> bool:
    """Tell whether a candidate tells an annotated event; a denial tells what is denied, of whatever type."""
    denial = made["denial"] and item["status"] == "denied"
    return bool(item["type"] == made["type"] or denial)


def report(text: str, gold: list[Json], name: str, weight: float) -> Report:
    """Return a report with its candidates."""
    page = analyse(text, None, frozenset())
    cast = Cast(page, PROPOSERS)
    told = tuple(mentions(cast, Attribution(cast)))
    same = [drafted(page, t) for t in told]
    right = tuple(any(m is not None for _, m in matched(text, gold, [one], agree)) for one in same)
    return Report(name, weight, page, gold, told, right)


def reports() -> list[Report]:
    """Return the reports of all sets."""
    found = []
    for folder, weight in SETS.items():
        base = ROOT / "tests" / "intake" / folder
        for path in sorted((base / "docs").glob("*.txt")):
            gold = msgspec.json.decode((base / "gold" / f"{path.stem}.json").read_bytes())["events"]
            found.append(report(path.read_text(encoding="utf8"), gold, f"{folder}/{path.stem}", weight))
    return found


def features(told: Told) -> dict[str, float]:
    """Return the values of a candidate's marks."""
    return {"": 1.0, "points": told.score / 4, **dict.fromkeys(told.beside, 1.0)}


def fit(found: Sequence[Report]) -> Weights:
    """Return the weights that gradient descent finds."""
    data = [(features(t), r, f.weight) for f in found for t, r in zip(f.told, f.right, strict=True)]
    seen = Counter(m for x, _, _ in data for m in x)
    rows = [({m: v for m, v in x.items() if seen[m] >= LEAST}, y, w) for x, y, w in data]
    weights: Weights = {m: PRIOR.get(m, 0.0) for m in seen if seen[m] >= LEAST}
    total = sum(w for _, _, w in rows)
    square: Weights = dict.fromkeys(weights, 1e-8)
    for _ in range(STEPS):
        slope: Weights = {m: PENALTY * (v - PRIOR.get(m, 0.0)) for m, v in weights.items()}
        for x, y, w in rows:
            z = sum(weights[m] * v for m, v in x.items())
            off = w * (1 / (1 + math.exp(-z)) - y)
            for m, v in x.items():
                slope[m] += off * v
        for m, g in slope.items():
            square[m] += (g / total) ** 2
            weights[m] -= RATE * (g / total) / math.sqrt(square[m])
    return weights


def chosen(one: Report, weights: Weights, bias: float) -> list[Json]:
    """Return the events that the weights leave of a report."""
    told = [
        replace(t, worth=bias + sum(weights.get(m, 0.0) * v for m, v in features(t).items()))
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


def crossed(found: Sequence[Report]) -> float:
    """Print what reports give that were left out when the weights were fitted; return the best bias."""
    counts = {(bias, folder): Count() for bias in BIASES for folder in SETS}
    for fold in range(FOLDS):
        weights = fit([r for i, r in enumerate(found) if i % FOLDS != fold])
        for one in found[fold::FOLDS]:
            for bias in BIASES:
                add(counts[bias, one.name.partition("/")[0]], one, chosen(one, weights, bias))
    for (bias, folder), c in counts.items():
        print(f"bias {bias:.1f} {folder:11} P {c.precision:.3f} R {c.recall:.3f} F1 {c.f1:.3f}")
    return max(BIASES, key=lambda b: sum(w * counts[b, f].f1 for f, w in SETS.items()))


def written(weights: Weights, bias: float) -> Iterable[str]:
    """Yield the lines of the table of weights."""
    yield "mark|weight"
    for mark, value in sorted(weights.items()):
        value = value + bias if mark == "" else value / 4 if mark == "points" else value
        if abs(value) >= 0.01:
            yield f"{mark}|{value:.2f}"


def main() -> int:
    """Print the figures and write the weights."""
    found = reports()
    right = sum(sum(r.right) for r in found)
    print(f"{sum(len(r.told) for r in found)} candidates in {len(found)} reports, {right} right")
    bias = crossed(found)
    TARGET.write_text("\n".join(written(fit(found), bias)) + "\n", encoding="utf8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
