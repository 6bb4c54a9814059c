"""A report beside the words its fields came from, as its page shows it to every reader.

Fields that a report has no place of its own for (events, counts, gaps) are read out of its particulars.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from msgspec.structs import replace

from tansiq.base.messages import messages
from tansiq.intake.figure import figure_words
from tansiq.model.kind import Body
from tansiq.model.kinds.report import Report
from tansiq.web.intake_times import day_of, day_words, days_words
from tansiq.web.intake_view import choice_words, names_words
from tansiq.web.spans import Span, runs
from tansiq.web.visit import Visit
from tansiq.work.evidence import Evidence, Row, evidence_of, other_particulars

_GROUPS: Final = {"event": "events", "commitment": "commitments", "quantity": "quantities", "gap": "gaps"}


@dataclass(frozen=True, slots=True)
class Tied:
    """One field tied to its words: the span's name, what kind of thing it is, what it says, from whom.

    ``gap`` is a gap's number, by which it is made a request.
    """

    address: str
    kind: str
    words: str
    source: str = ""
    gap: str = ""


@dataclass(frozen=True, slots=True)
class Tying:
    """The text cut at its words, and the fields by group."""

    runs: list[tuple[str, tuple[str, ...]]]
    groups: tuple[tuple[str, tuple[Tied, ...]], ...]


def tying_of(visit: Visit, body: Body) -> Tying | None:
    """Return a report beside its words, or None where it carries no evidence for its text."""
    if not isinstance(body, Report):
        return None
    found = evidence_of(body)
    if not found.spans:
        return None
    spans = [Span(a, *s) for a, held in found.spans.items() for s in held]
    spans += [Span(a, *s) for a, row in _numbered(found) for s in row.spans]
    groups = {"chain": tuple(_chain(visit, body)), "statements": tuple(_statements(visit, body))}
    for name, group in _GROUPS.items():
        rows = [(a, r) for a, r in _numbered(found) if r.name == name]
        groups[group] = tuple(_row(visit, a, r, str(n)) for n, (a, r) in enumerate(rows))
    return Tying(
        runs(body.text, spans),
        tuple((visit.tongue.t(f"intake.group.{g}"), t) for g, t in groups.items() if t),
    )


def untied(body: Body) -> Body:
    """Return the body without what ``tying_of`` shows."""
    if not isinstance(body, Report) or not evidence_of(body).spans:
        return body
    return replace(body, particulars=other_particulars(body), chain=(), statements=())


def _numbered(found: Evidence) -> Iterator[tuple[str, Row]]:
    return ((f"row.{n}", row) for n, row in enumerate(found.rows))


def _chain(visit: Visit, body: Report) -> Iterator[Tied]:
    for n, link in enumerate(body.chain):
        kind = choice_words(visit, link.source_kind) if link.source_kind else ""
        passes_on = link.relays is not None and link.relays < len(body.chain)
        source = visit.t("relays", n=link.relays + 1) if passes_on and link.relays is not None else ""
        yield Tied(f"chain.{n}", f"{n + 1}. {kind}".strip(), link.name, source)


def _statements(visit: Visit, body: Report) -> Iterator[Tied]:
    for n, said in enumerate(body.statements):
        source = visit.t("from-link", n=said.source + 1) if said.source is not None else ""
        yield Tied(f"statements.{n}", choice_words(visit, said.type), said.text, source)


def _row(visit: Visit, address: str, row: Row, gap: str) -> Tied:
    match row.name:
        case "event":
            days = _days(visit, row)
            who = names_words(visit, row.get("actors"))
            where = names_words(visit, row.get("place"))
            kind = f"{choice_words(visit, row.get('type'))} ({choice_words(visit, row.get('status'))})"
            return Tied(address, kind, " · ".join(x for x in (who, where, days) if x) or visit.t("unknown"))
        case "commitment":
            until = _days(visit, row)
            who = names_words(visit, row.get("who")) or visit.t("unknown")
            return Tied(
                address, choice_words(visit, row.get("force")), " · ".join(x for x in (who, until) if x)
            )
        case "quantity":
            value, unit, high = (row.get(name) for name in ("value", "unit", "high"))
            said = figure_words(value, unit, visit.lang, high=high, approx=bool(row.get("approx")))
            return Tied(address, said, row.get("words"))
        case _:
            what = messages(visit.lang).get(f"gaps.reads.{row.get('what')}", row.get("what"))
            return Tied(address, what, row.get("words"), gap=gap)


def _days(visit: Visit, row: Row) -> str:
    """Return the days of a row in words: one, or from and to; blank where it has none."""
    lo, hi = day_of(row.get("lo")), day_of(row.get("hi"))
    if lo is not None and hi is not None:
        return days_words(visit, lo, hi)
    return " – ".join(day_words(visit, d) for d in (row.get("lo"), row.get("hi")) if d)
