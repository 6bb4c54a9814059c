"""R06: two axes for each item; F6 until graded; no proposal exceeds what the chain allows."""

from __future__ import annotations

from itertools import product
from typing import Any, get_args

import pytest

from tansiq.base.ids import RecordId
from tansiq.base.messages import LANGS, Lang
from tansiq.intake.draft import draft
from tansiq.intake.grading import Credibility, Reliability, above, bound, entering, within
from tansiq.model.values import Grade
from tansiq.work.grade_draft import proposal
from tansiq.work.intake_file import IntakeFile
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


RELAYED = (
    "نقلت وكالة الأنباء الموريتانية عن صحيفة الأفق أن مصدرا أمنيا قال إن قافلة وصلت إلى غاو. "
    "وأضاف المصدر أن الطريق فُتح."
)


def taken(office: Site, text: str) -> str:
    return str(office.api("/api/intake", {"name": "خبر", "text": text}, 201)["id"])


@pytest.mark.parametrize("lang", LANGS)
def test_r06_the_screen_shows_the_proposed_grade_with_its_limit_and_the_reason(
    office: Site, lang: Lang
) -> None:
    made = taken(office, COMMUNIQUE)
    office.read_in(lang)
    panel = office.get(f"/intake/{made}").partition('id="grading"')[2].partition("</section>")[0]
    assert "⟦" not in panel
    assert panel.count("<b>A</b><b>2</b>") >= 2
    known = {"ar": "جهة رسمية معروفة", "fr": "autorité connue", "en": "a known authority"}
    assert known[lang] in panel


def test_r06_the_proposal_is_taken_by_a_button_and_signed_as_the_officers(office: Site) -> None:
    made = taken(office, COMMUNIQUE)
    page = office.post(f"/intake/{made}", {"do": "grade"}, 200).text
    chosen = page.partition('name="grade.reliability"')[2].partition("</select>")[0]
    assert '<option value="A" selected>' in chosen
    said = {"grade.reliability": "A", "grade.credibility": "2", "l.level": "restricted", "l.audience": "ML"}
    place = office.post(f"/intake/{made}/release", said).headers["location"]
    record = office.api(f"/api/records/{place.rpartition('/')[2]}")
    assert record["grade"] == "A2"
    assert record["fields"]["grade"]["by"]


def test_r06_a_grade_above_the_chain_is_refused_without_a_written_reason(office: Site) -> None:
    made = taken(office, HEARSAY)
    above = {"label": LABEL, "grade": {"reliability": "B", "credibility": "3"}}
    no = office.api(f"/api/intake/{made}/release", above, 422)
    assert (no["code"], no["where"], no["clause"]) == ("grade.above-chain", "F4", "R06")
    said = {"grade.reliability": "B", "grade.credibility": "3", "l.level": "restricted", "l.audience": "ML"}
    page = office.post(f"/intake/{made}/release", said, 422).text
    assert "grade.above-chain" in page
    why = "نعرف المصدر من قناة أخرى"
    report = office.api(f"/api/intake/{made}/release", above | {"grade_why": why}, 201)["id"]
    assert office.api(f"/api/records/{report}")["grade"] == "B3"
    assert f"B3 &gt; F4: {why}" in office.get(f"/record/{report}")


def test_r06_a_reason_that_nobody_can_read_is_none(office: Site) -> None:
    made = str(
        office.api("/api/intake", {"name": "خبر.txt", "text": "قال مصدر أمني إن القافلة عبرت."}, 201)["id"]
    )
    above: dict[str, Any] = {
        "label": {"level": "restricted", "audience": ["ML"]},
        "grade": {"reliability": "B", "credibility": "3"},
    }
    for blank in ("\u200b", "\u202e\u2069", "\x00", "...", "\u2060 \u00ad"):
        refused = office.api(f"/api/intake/{made}/release", above | {"grade_why": blank}, 422)
        assert refused["code"] == "grade.above-chain"
    for blank in ("\u200b", "—"):
        refused = office.api(f"/api/intake/{made}/published", {"lo": "2026-11-01", "why": blank}, 422)
        assert refused["code"] == "intake.no-reason"
    office.api(f"/api/intake/{made}/release", above | {"grade_why": "نعرفه"}, 201)


def test_r06_the_limit_follows_the_officers_corrections_of_the_chain(office: Site) -> None:
    made = taken(office, COMMUNIQUE)
    chain = office.api(f"/api/intake/{made}")["machine"]["chain"]
    n = next(i for i, c in enumerate(chain) if c["kind"] == "ministry")
    sent = {f"chain.{n}.kind": "unnamed_source", "why": "ليست الوزارة"}
    office.api(f"/api/intake/{made}", sent)
    asked = {"label": LABEL, "grade": {"reliability": "A", "credibility": "2"}}
    assert office.api(f"/api/intake/{made}/release", asked, 422)["code"] == "grade.above-chain"


def test_r06_no_draft_proposes_above_what_any_of_its_sources_allows() -> None:
    for text in (HEARSAY, COMMUNIQUE, RELAYED, "وصلت القافلة إلى غاو."):
        made = proposal(IntakeFile(name="x", text=text, machine=draft(text, name="x")))
        assert not above(made.grade, made.most)
        assert made.most in [each.most for each in made.sources]


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
