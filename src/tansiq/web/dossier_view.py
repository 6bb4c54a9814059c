"""What a relation rests on, and what joins a dossier with others, as their pages show it.

A reader sees the statements that he may read and their grades, and nothing of the others.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from tansiq.base.ids import RecordId
from tansiq.boards import Held, Shelf
from tansiq.boards.registers.dossiers import Evidence, evidence, relations_of
from tansiq.model.kinds.relation import Relation
from tansiq.model.kinds.report import Report
from tansiq.model.kinds.statement import Statement
from tansiq.model.values import Grade
from tansiq.policy.dossiers import relates
from tansiq.web.board_rows import link
from tansiq.web.labels import label_view
from tansiq.web.rows import kind_title
from tansiq.web.visit import Visit

SAID: Final = 6
"""Statements of one report that are shown; the report's page has all."""


def dossier_view(visit: Visit, shelf: Shelf, record_id: RecordId) -> dict[str, Any] | None:
    """Return what the page of a relation or of a dossier shows beside its fields; None of other records."""
    held = shelf.get(record_id)
    if held is None:
        return None
    if relates(held.body):
        return {"evidence": [_evidence(visit, one) for one in evidence(held, shelf)], "relations": None}
    if held.kind == "entity":
        return {
            "evidence": None,
            "relations": [_relation(visit, one, shelf) for one in relations_of(held, shelf)],
        }
    return None


def _evidence(visit: Visit, one: Evidence) -> dict[str, Any]:
    return link(one.held) | {
        "label": label_view(visit, one.held.label),
        "kind": kind_title(f"{one.held.kind}/1", visit.lang),
        "said": list(_said(visit, one.held))[:SAID],
        "grade": _grade(one.grade),
    }


def _said(visit: Visit, held: Held) -> Iterator[tuple[str, str]]:
    """Yield the typed statements of a record: what type in words, what is said."""
    match held.body:
        case Statement(statement_type=kind) as one:
            words = one.predicate or one.text or one.title
            yield visit.tongue.t(f"choices.{kind}") if kind else "", words
        case Report(statements=found):
            for said in found:
                yield visit.tongue.t(f"choices.{said.type}"), said.text
        case _:
            return


def _relation(visit: Visit, held: Held, shelf: Shelf) -> dict[str, Any]:
    body = held.body
    assert isinstance(body, Relation)
    return link(held) | {
        "label": label_view(visit, held.label),
        "kind": visit.tongue.t(f"choices.{body.relation_type}"),
        "subject": _end(body.subject, body.subject_ref, shelf),
        "object": _end(body.object, body.object_ref, shelf),
        "grades": [_grade(one.grade) for one in evidence(held, shelf)],
    }


def _end(name: str | None, record: str | None, shelf: Shelf) -> str:
    found = shelf.get(RecordId(record)) if record else None
    return name or (found.body.title if found is not None else "")


def _grade(grade: Grade | None) -> tuple[str, str] | None:
    return (grade.reliability, grade.credibility) if grade is not None else None
