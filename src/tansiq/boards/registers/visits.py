"""Visits of partner experts, as their bare facts tell. Source: REQUIREMENTS R25, R52.

1. A visit is announced before it begins; one that was announced later shows it.
"""

from __future__ import annotations

from dataclasses import dataclass

from tansiq.boards.shelf import Held, Shelf, bodies
from tansiq.model.kinds.fact_notice import FactNotice


@dataclass(frozen=True, slots=True)
class Visit:
    """One announced visit; ``before_it_begins`` None = its dates are not said."""

    record: Held
    body: FactNotice
    before_it_begins: bool | None


def visits(shelf: Shelf) -> tuple[Visit, ...]:
    """Return every announced visit that the reader sees, oldest first."""
    return tuple(_visit(held, body) for held, body in bodies(shelf, FactNotice))


def _visit(held: Held, body: FactNotice) -> Visit:
    begins = None if body.period is None else body.period.lo
    return Visit(held, body, None if begins is None else held.created < begins)
