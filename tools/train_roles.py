"""Fit the weights by which somebody is taken to take part in an event (``make roles``).

A logistic regression over the marks of ``tansiq.intake.roles``, on the reports of the project that carry
annotated events. An event of a draft that serves an annotated one says who takes part and who does not; so
does a mention that was passed over where no event of the draft serves. Prints precision, recall and F1 by
report in cross-validation, beside what the rules alone give, then writes ``event_roles.psv``.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final

import msgspec

from tansiq.intake.cast import actors
from tansiq.intake.roles import MOST, TABLE, Roles, taking
from tansiq.intake.weighing import weighed
from tests.intake.event_figures import drafted_names
from tools.fitting import Report, Weights, crossed, fit, reports, written

SETTINGS: Final = {"c1": 0.5, "c2": 8.0, "max_iterations": 300}


@dataclass(frozen=True)
class Asked:
    """One event: who may take part with their marks, who does, and whom the rules give."""

    marks: tuple[tuple[str, list[str]], ...]
    right: frozenset[str]
    ruled: frozenset[str]
    drafted: bool
    """It is an event of the draft, and none that was passed over."""


def asked(report: Report) -> Iterator[Asked]:
    """Yield what the annotated events of a report ask."""
    text = report.cast.page.folded.source
    names = drafted_names(text, report.gold.get("actors", []), msgspec.to_builtins(actors(report.cast)))
    for each in report.events:
        right = frozenset(names.get(who, who) for who in each.item["actors"])
        marks = Roles(report.cast, report.said, each.told).marks(each.index)
        ruled = frozenset(each.told[each.index].actors[:MOST])
        yield Asked(tuple(marks), right, ruled, each.drafted)


def fitted(events: Iterable[Asked]) -> Weights:
    """Return the weights of some events."""
    return fit(((marks, who in e.right) for e in events for who, marks in e.marks), SETTINGS)


def answers(event: Asked, weights: Weights) -> Iterator[tuple[str, Iterable[str], Iterable[str]]]:
    """Yield who takes part in an event of a draft by the rules and by some weights."""
    if event.drafted:
        yield "rules", event.right, event.ruled
        yield "weights", event.right, taking(sorted(event.ruled), weighed(event.marks, weights))


def main() -> int:
    """Print the figures and write the weights."""
    found = [(report.name, list(asked(report))) for report in reports()]
    crossed(found, fitted, answers)
    written(TABLE, fitted(e for _, events in found for e in events))
    return 0


if __name__ == "__main__":
    sys.exit(main())
