"""Fit the weights by which an event is taken to take place somewhere (``make places``).

A logistic regression over the marks of ``tansiq.intake.whereabouts``, on the reports of the project that
carry annotated events: each place that is asked about for an annotated event is its place or not. An
annotated place is the one of the draft whose mention holds its words, however either spells its name. Prints
precision, recall and F1 by report in cross-validation, beside what the rules alone give, then writes
``event_places.psv``.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final

import msgspec

from tansiq.intake.cast import actors, places
from tansiq.intake.weighing import weighed
from tansiq.intake.whereabouts import TABLE, Whereabouts, taken
from tests.intake.event_figures import drafted_names
from tools.fitting import Report, Weights, crossed, fit, reports, written

SETTINGS: Final = {"c1": 1.0, "c2": 2.0, "max_iterations": 300}


@dataclass(frozen=True)
class Asked:
    """One event: where it may take place with the marks, where it does, and where the rules say."""

    marks: tuple[tuple[str, list[str]], ...]
    right: str | None
    ruled: str | None
    drafted: bool
    """It is an event of the draft, and none that was passed over."""


def asked(report: Report) -> Iterator[Asked]:
    """Yield what the annotated events of a report ask."""
    gold = [*report.gold.get("places", ()), *report.gold.get("actors", ())]
    drafted = msgspec.to_builtins([*places(report.cast), *actors(report.cast)])
    named = drafted_names(report.cast.page.folded.source, gold, drafted)
    for each in report.events:
        place = each.item["place"]
        marks = Whereabouts(report.cast, report.said, each.told).marks(each.index)
        yield Asked(
            tuple(marks),
            named.get(place, place),
            each.told[each.index].place,
            each.drafted,
        )


def fitted(events: Iterable[Asked]) -> Weights:
    """Return the weights of some events."""
    return fit(((marks, place == e.right) for e in events for place, marks in e.marks), SETTINGS)


def answers(event: Asked, weights: Weights) -> Iterator[tuple[str, Iterable[str], Iterable[str]]]:
    """Yield where an event of a draft takes place by the rules and by some weights."""
    if event.drafted:
        said = taken(event.ruled, weighed(event.marks, weights))
        for by, place in (("rules", event.ruled), ("weights", said)):
            yield by, _one(event.right), _one(place)


def _one(place: str | None) -> tuple[str, ...]:
    return () if place is None else (place,)


def main() -> int:
    """Print the figures and write the weights."""
    found = [(report.name, list(asked(report))) for report in reports()]
    crossed(found, fitted, answers)
    written(TABLE, fitted(e for _, events in found for e in events))
    return 0


if __name__ == "__main__":
    sys.exit(main())
