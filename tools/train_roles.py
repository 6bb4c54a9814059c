"""Fit the weights by which somebody is taken to take part in an event (``make roles``).

A logistic regression (a crfsuite model of one step, which also leaves marks out that add nothing) over the
marks of ``tansiq.intake.roles``, on the reports of the project that carry annotated events. An event of a
draft that serves an annotated one says who takes part and who does not; so does a mention that was passed
over where no event of the draft serves. Prints precision, recall and F1 by report in cross-validation,
beside what the rules alone give, then writes ``event_roles.psv``.
"""

from __future__ import annotations

import sys
import tempfile
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import msgspec
import pycrfsuite

from tansiq.intake.attribution import Attribution
from tansiq.intake.cast import Cast, actors
from tansiq.intake.draft import PROPOSERS
from tansiq.intake.frames import kept, mentions
from tansiq.intake.incidents import Told
from tansiq.intake.page import Page, analyse
from tansiq.intake.roles import MOST, Roles, taking, weighed
from tests.intake.event_figures import Count, drafted_name, matched

ROOT: Final = Path(__file__).resolve().parents[1]
SETS: Final = ("opened", "press", "dense", "dev_events")
TARGET: Final = ROOT / "src" / "tansiq" / "language" / "knowledge" / "event_roles.psv"
FOLDS: Final = 6
SETTINGS: Final = {"c1": 0.5, "c2": 8.0, "max_iterations": 300}
LEAST: Final = 10  # a mark seen less often has no weight
SMALL: Final = 0.05  # weights under it are left out

Json = dict[str, Any]
Weights = dict[str, float]


@dataclass(frozen=True)
class Asked:
    """One event: who may take part with their marks, who does, and whom the rules give."""

    report: str
    marks: tuple[tuple[str, list[str]], ...]
    right: frozenset[str]
    ruled: frozenset[str]
    drafted: bool
    """It is an event of the draft, and none that was passed over."""


def reports() -> Iterator[tuple[str, list[Asked]]]:
    """Yield the reports of all sets by name, each with its events."""
    for folder in SETS:
        base = ROOT / "tests" / "intake" / folder
        for path in sorted((base / "docs").glob("*.txt")):
            gold = msgspec.json.decode((base / "gold" / f"{path.stem}.json").read_bytes())
            name = f"{folder}/{path.stem}"
            yield name, list(asked(name, path.read_text(encoding="utf8"), gold))


def asked(name: str, text: str, gold: Json) -> Iterator[Asked]:
    """Yield what the annotated events of a report ask."""
    page = analyse(text, None, frozenset())
    cast = Cast(page, PROPOSERS)
    said = Attribution(cast)
    every = list(mentions(cast, said))
    told = kept(page, every)
    names = {"actors": msgspec.to_builtins(actors(cast))}
    places = {t.at for t in told}
    passed = [t for t in every if t.at not in places and page.text[slice(*t.span)].strip()]
    roles = Roles(cast, said, told)
    for item, one, drafted in served(page, gold["events"], told, passed):
        right = frozenset(drafted_name({"actors": [], **gold}, names, who) for who in item["actors"])
        among = told if drafted else sorted([*told, one], key=lambda t: t.at)
        weighing = roles if drafted else Roles(cast, said, among)
        marks = weighing.marks(next(i for i, t in enumerate(among) if t is one))
        yield Asked(name, tuple(marks), right, frozenset(one.actors[:MOST]), drafted)


def served(
    page: Page, gold: list[Json], told: Sequence[Told], passed: Sequence[Told]
) -> Iterator[tuple[Json, Told, bool]]:
    """Yield annotated events with what serves them: an event of the draft, else what was passed over."""
    left = gold
    for among, drafted in ((told, True), (passed, False)):
        made = [{"type": t.kind, "span": page.folded.span(*t.span), "told": t} for t in among]
        pairs = matched(page.folded.source, left, made, lambda a, b: a["type"] == b["type"])
        yield from ((item, one["told"], drafted) for item, one in pairs if one is not None)
        left = [item for item, one in pairs if one is None]


def fit(events: Iterable[Asked]) -> Weights:
    """Return the weights that crfsuite finds, of those marks that are seen often enough."""
    data = [(set(marks), who in e.right) for e in events for who, marks in e.marks]
    seen = Counter(m for marks, _ in data for m in marks)
    trainer = pycrfsuite.Trainer(algorithm="lbfgs", verbose=False)
    trainer.set_params(SETTINGS)
    for marks, right in data:
        trainer.append([sorted(f"={m}" for m in marks if seen[m] >= LEAST)], ["in" if right else "out"])
    with tempfile.TemporaryDirectory() as folder:
        path = str(Path(folder) / "model")
        trainer.train(path)
        tagger = pycrfsuite.Tagger()
        tagger.open(path)
        found = tagger.info().state_features
    weights: Weights = {}
    for (mark, label), value in found.items():
        weights[mark[1:]] = weights.get(mark[1:], 0.0) + (value if label == "in" else -value)
    return {m: round(w, 2) for m, w in weights.items() if abs(w) >= SMALL}


def chosen(event: Asked, weights: Weights) -> set[str]:
    """Return who takes part in an event by some weights."""
    return set(taking(sorted(event.ruled), weighed(event.marks, weights)))


def add(count: Count, right: Iterable[str], said: Iterable[str]) -> None:
    """Add what one event has right, made up and missed."""
    want, have = set(right), set(said)
    count.right += len(want & have)
    count.extra += len(have - want)
    count.missed += len(want - have)


def crossed(found: Sequence[tuple[str, list[Asked]]]) -> None:
    """Print what reports give that were left out when the weights were fitted, beside the rules."""
    counts = {(folder, by): Count() for folder in SETS for by in ("rules", "weights")}
    for fold in range(FOLDS):
        weights = fit(e for i, (_, events) in enumerate(found) if i % FOLDS != fold for e in events)
        for name, events in found[fold::FOLDS]:
            for event in (e for e in events if e.drafted):
                folder = name.partition("/")[0]
                add(counts[folder, "rules"], event.right, event.ruled)
                add(counts[folder, "weights"], event.right, chosen(event, weights))
    for (folder, by), c in counts.items():
        print(f"{folder:11} {by:8} P {c.precision:.3f} R {c.recall:.3f} F1 {c.f1:.3f}")


def main() -> int:
    """Print the figures and write the weights."""
    found = list(reports())
    crossed(found)
    weights = fit(e for _, events in found for e in events)
    lines = ["mark|weight", *(f"{mark}|{value:.2f}" for mark, value in sorted(weights.items()))]
    TARGET.write_text("\n".join(lines) + "\n", encoding="utf8")
    print(f"{len(weights)} weights")
    return 0


if __name__ == "__main__":
    sys.exit(main())
