"""R06: two axes for each item; F6 until graded; no proposal exceeds what the chain allows."""

from __future__ import annotations

from itertools import product
from typing import Any, get_args

from tansiq.base.ids import RecordId
from tansiq.intake.draft import draft
from tansiq.intake.grading import Credibility, Reliability, bound, entering, within
from tansiq.model.values import Grade
from tests.requirements.office import sign
from tests.web.site import Site

HEARSAY = (
    "أفادت وسائل إعلام محلية أمس، نقلا عن مصدر دبلوماسي، أن ندوة ستعقد في غاو قريبا. "
    "وأضاف المصدر أن الدعوات أرسلت."
)
COMMUNIQUE = (
    "أعلنت وزارة الدفاع في بيان نشرته وكالة الأنباء الموريتانية أن لجنة مشتركة أنشئت اليوم في نواذيبو."
)
LABEL = {"level": "restricted", "audience": ["ML"]}


def most(text: str, kind: str) -> str:
    """Return the bound of what a source of a kind says in a text."""
    chain = draft(text, name="x").chain
    return str(bound(chain, next(i for i, c in enumerate(chain) if c.kind == kind)))


def test_r06_what_comes_in_is_f6_until_an_officer_grades_it(office: Site) -> None:
    assert str(entering()) == "F6"
    made = office.api("/api/intake", {"name": "خبر", "text": HEARSAY}, 201)["id"]
    report = office.api(f"/api/intake/{made}/release", {"label": LABEL}, 201)["id"]
    assert office.api(f"/api/records/{report}")["grade"] == "F6"


def test_r06_a_communique_may_be_a2_and_never_a1() -> None:
    assert most(COMMUNIQUE, "ministry") == "A2"
    assert (
        str(within(Grade(reliability="A", credibility="1"), Grade(reliability="A", credibility="2"))) == "A2"
    )


def test_r06_an_unnamed_source_behind_an_outlet_is_f_and_loses_a_step() -> None:
    assert most(HEARSAY, "unnamed_source") == "F4"
    assert most("قال مصدر أمني إن الطريق مغلق.", "unnamed_source") == "F3"


def test_r06_no_proposal_exceeds_the_bound_on_either_axis() -> None:
    letters, figures = get_args(Reliability), get_args(Credibility)
    grades = [Grade(reliability=r, credibility=c) for r, c in product(letters, figures)]
    for said, top in product(grades, grades):
        cut = within(said, top)
        assert cut.reliability >= top.reliability
        assert cut.credibility >= top.credibility
        assert within(cut, top) == cut


def test_r06_a_regrade_keeps_the_old_value_who_and_why(office: Site) -> None:
    asked: dict[str, Any] = {"kind": "report", "title": "تقرير", "text": "…", "label": LABEL}
    made = office.api("/api/records", asked | {"grade": {"reliability": "F", "credibility": "6"}}, 201)["id"]
    better = {"reliability": "B", "credibility": "3", "by": "نقيب"}
    office.api(f"/api/records/{made}/versions", asked | {"grade": better})
    said = {"was": "F6", "now_reads": "B3", "reason": "أكده مصدر ثان مستقل"}
    why = sign(office, "correction", "إعادة تقدير", ("ML",), refs_={"corrects": made}, **said)
    with office.node.store.read() as rx:
        grades = sorted(
            (v.version, str(v.header.grade), bool(v.header.author)) for v in rx.versions(RecordId(made))
        )
    assert grades == [(1, "F6", True), (2, "B3", True)]
    assert office.api(f"/api/records/{why}")["fields"]["reason"] == said["reason"]
