"""What fitting weights for the slots of events needs: the annotated reports, folds, fits and tables.

A logistic regression (a crfsuite model of one step, which also leaves marks out that add nothing) finds the
weights of the marks by which a name fills a slot of an event or not.
"""

from __future__ import annotations

import tempfile
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final, TypeVar

import msgspec
import pycrfsuite

from tansiq.intake.attribution import Attribution
from tansiq.intake.cast import Cast
from tansiq.intake.draft import PROPOSERS
from tansiq.intake.frames import kept, mentions
from tansiq.intake.incidents import Told
from tansiq.intake.page import Page, analyse
from tests.intake.event_figures import Count, matched

ROOT: Final = Path(__file__).resolve().parents[1]
SETS: Final = ("opened", "press", "dense", "dev_events")
KNOWLEDGE: Final = ROOT / "src" / "tansiq" / "language" / "knowledge"
FOLDS: Final = 6
LEAST: Final = 10  # a mark seen less often has no weight
SMALL: Final = 0.05  # weights under it are left out

Json = dict[str, Any]
Weights = dict[str, float]
Settings = Mapping[str, float]
Asked = TypeVar("Asked")


@dataclass(frozen=True)
class Served:
    """An annotated event with what serves it: ``told[index]`` of a draft, or of what it passed over."""

    item: Json
    told: Sequence[Told]
    index: int
    drafted: bool
    """It is an event of the draft, and none that was passed over."""


@dataclass(frozen=True)
class Report:
    """A report that is annotated, as read; ``name`` holds its folder."""

    name: str
    gold: Json
    cast: Cast
    said: Attribution
    events: tuple[Served, ...]


def reports() -> Iterator[Report]:
    """Yield the reports of all sets."""
    for folder in SETS:
        base = ROOT / "tests" / "intake" / folder
        for path in sorted((base / "docs").glob("*.txt")):
            gold = msgspec.json.decode((base / "gold" / f"{path.stem}.json").read_bytes())
            yield report(f"{folder}/{path.stem}", path.read_text(encoding="utf8"), gold)


def report(name: str, text: str, gold: Json) -> Report:
    """Return a report with its annotated events that something serves."""
    page = analyse(text, None, frozenset())
    cast = Cast(page, PROPOSERS)
    said = Attribution(cast)
    every = list(mentions(cast, said))
    told = kept(page, every)
    places = {t.at for t in told}
    passed = [t for t in every if t.at not in places and page.text[slice(*t.span)].strip()]
    return Report(name, gold, cast, said, tuple(_served(page, gold["events"], told, passed)))


def _served(page: Page, gold: list[Json], told: Sequence[Told], passed: Sequence[Told]) -> Iterator[Served]:
    """Yield annotated events with what serves them: an event of the draft, else what was passed over."""
    left = gold
    for among, drafted in ((told, True), (passed, False)):
        made = [{"type": t.kind, "span": page.folded.span(*t.span), "told": t} for t in among]
        pairs = matched(page.folded.source, left, made, lambda a, b: a["type"] == b["type"])
        for item, one in pairs:
            if one is not None:
                all_ = told if drafted else sorted([*told, one["told"]], key=lambda t: t.at)
                at = next(i for i, t in enumerate(all_) if t is one["told"])
                yield Served(item, all_, at, drafted)
        left = [item for item, one in pairs if one is None]


def fit(asked: Iterable[tuple[Iterable[str], bool]], settings: Settings) -> Weights:
    """Return the weights that crfsuite finds for answers, each its marks and whether it is right."""
    data = [(set(marks), right) for marks, right in asked]
    seen = Counter(m for marks, _ in data for m in marks)
    trainer = pycrfsuite.Trainer(algorithm="lbfgs", verbose=False)
    trainer.set_params(dict(settings))
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


def crossed(
    found: Sequence[tuple[str, list[Asked]]],
    fitted: Callable[[Iterable[Asked]], Weights],
    answers: Callable[[Asked, Weights], Iterable[tuple[str, Iterable[str], Iterable[str]]]],
) -> None:
    """Print what reports give that were left out when the weights were fitted.

    ``answers`` of an event and weights are, by the name of who answers, what is right and what is said.
    """
    counts: dict[tuple[str, str], Count] = {}
    for fold in range(FOLDS):
        weights = fitted(e for i, (_, events) in enumerate(found) if i % FOLDS != fold for e in events)
        for name, events in found[fold::FOLDS]:
            folder, _, report_ = name.partition("/")
            for by, right, said in (a for e in events for a in answers(e, weights)):
                for group in (folder, report_[:2]):
                    _add(counts.setdefault((group, by), Count()), {*right}, {*said})
    for (group, by), c in sorted(counts.items(), key=lambda each: each[0][0] not in SETS):
        print(f"{group:11} {by:8} P {c.precision:.3f} R {c.recall:.3f} F1 {c.f1:.3f}")


def _add(count: Count, want: set[str], have: set[str]) -> None:
    count.right += len(want & have)
    count.extra += len(have - want)
    count.missed += len(want - have)


def written(table: str, weights: Weights) -> None:
    """Write a table of weights."""
    lines = ["mark|weight", *(f"{mark}|{value:.2f}" for mark, value in sorted(weights.items()))]
    (KNOWLEDGE / table).write_text("\n".join(lines) + "\n", encoding="utf8")
    print(f"{len(weights)} weights")


__all__ = ["Report", "Served", "Weights", "crossed", "fit", "reports", "written"]
