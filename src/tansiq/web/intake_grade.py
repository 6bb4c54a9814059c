"""The grade on the page of a draft: what is proposed, the most its chain allows and why, what is chosen."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

from msgspec import ValidationError, convert

from tansiq.intake.grading import above
from tansiq.model.label import Label
from tansiq.model.strict import BadField
from tansiq.model.values import Grade
from tansiq.web.visit import Visit
from tansiq.work.grade_draft import SourceBound, proposal
from tansiq.work.intake_file import IntakeFile
from tansiq.work.release_draft import Release

RELIABILITY: Final = "grade.reliability"
CREDIBILITY: Final = "grade.credibility"
WHY: Final = "grade.why"


def grading_view(visit: Visit, file: IntakeFile, data: Mapping[str, Sequence[str]]) -> dict[str, Any]:
    """Return the panel: the proposal, the limit, each source with its reasons, and what the form holds."""
    made = proposal(file)
    chosen = {name: (data.get(name) or [""])[0] for name in (RELIABILITY, CREDIBILITY, WHY)}
    grade = _grade(chosen[RELIABILITY], chosen[CREDIBILITY])
    return {
        "proposed": made.grade,
        "most": made.most,
        "sources": [_source(visit, each) for each in made.sources],
        "chosen": {"reliability": chosen[RELIABILITY], "credibility": chosen[CREDIBILITY]},
        "why": chosen[WHY],
        "above": grade is not None and above(grade, made.most),
    }


def taken_grade(file: IntakeFile) -> dict[str, list[str]]:
    """Return the proposed grade as a form says it."""
    made = proposal(file)
    return {RELIABILITY: [made.grade.reliability], CREDIBILITY: [made.grade.credibility]}


def asked_release(visit: Visit, label: Label) -> Release:
    """Return what a form asks to sign, with its grade if it chose one. Raises BadField."""
    letter, figure = visit.sent.first(RELIABILITY), visit.sent.first(CREDIBILITY)
    if not letter and not figure:
        return Release(label=label)
    grade = _grade(letter, figure)
    if grade is None:
        raise BadField("grade", "not a grade")
    return Release(label=label, grade=grade, grade_why=visit.sent.first(WHY))


def _source(visit: Visit, each: SourceBound) -> dict[str, Any]:
    t = visit.tongue.t
    reasons = [t("grading.author") if each.number is None else t(f"grading.kind.{each.kind}")]
    if each.anonymous:
        reasons.append(t("grading.unnamed"))
    if each.relays:
        reasons.append(t("grading.relayed", n=visit.tongue.number(each.relays)))
    return {
        "name": each.name or t("grading.text"),
        "most": each.most,
        "reasons": reasons,
        "anchor": "" if each.number is None else f"chain-{each.number}",
    }


def _grade(letter: str, figure: str) -> Grade | None:
    """Return a grade from what a form says, blank = not judged; None where it is none."""
    try:
        return convert({"reliability": letter or "F", "credibility": figure or "6"}, Grade)
    except ValidationError:
        return None
