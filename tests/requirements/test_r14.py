"""R14: exchange of analyses: a joint assessment carries dissent, and goes no wider than what it rests on."""

from __future__ import annotations

from typing import Any

import pytest

from tansiq.base.messages import LANGS, Lang
from tests.requirements.office import FOUR, SEVEN, facts, refused, sign
from tests.web.site import Site

NOTE = "ترى موريتانيا أن الاحتمالين متساويان إلى حين الفحص"
JUDGED: dict[str, Any] = {
    "judgements": [{"text": "سلاح خفيف يعبر جنوبا", "probability": "likely", "confidence": "moderate"}],
    "co_signers": list(FOUR),
    "dissent": [{"party": "MR", "text": NOTE}],
}


def sources(office: Site) -> tuple[str, str]:
    """A report for the four, and one for three of them."""
    return sign(office, "report", "ثلاث شاحنات"), sign(office, "report", "مخزن خال", ("DZ", "ML", "NE"))


def test_r14_a_four_state_assessment_carries_the_footnote_of_who_dissents(office: Site) -> None:
    wide, _ = sources(office)
    made = sign(office, "assessment", "تقدير تدفق السلاح", sources_=(wide,), **JUDGED)
    said = office.api(f"/api/records/{made}")["fields"]
    assert said["co_signers"] == list(FOUR)
    assert said["dissent"] == [{"party": "MR", "text": NOTE}]
    assert facts(office, made)["dissent"] == 1


@pytest.mark.parametrize("lang", LANGS)
def test_r14_the_footnote_stands_under_its_partys_name_beside_the_judgement(office: Site, lang: Lang) -> None:
    wide, _ = sources(office)
    made = sign(office, "assessment", "تقدير", sources_=(wide,), **JUDGED)
    office.read_in(lang)
    page = office.get(f"/record/{made}")
    assert "⟦" not in page
    row = page.partition(NOTE)[0].rpartition("<tr>")[2]
    assert "MR" in row
    assert "سلاح خفيف يعبر جنوبا" in page


def test_r14_its_label_is_equal_to_its_sources_or_narrower(office: Site) -> None:
    wide, narrow = sources(office)
    assert sign(office, "assessment", "مساوٍ", FOUR, sources_=(wide,), **JUDGED)
    assert sign(office, "assessment", "أضيق", ("ML",), sources_=(wide, narrow), **JUDGED)


@pytest.mark.parametrize("to", [SEVEN, FOUR], ids=["seven", "four"])
def test_r14_it_goes_no_wider_than_the_narrowest_of_them(office: Site, to: tuple[str, ...]) -> None:
    wide, narrow = sources(office)
    no = refused(office, "assessment", "أوسع", to, sources_=(wide, narrow), **JUDGED)
    assert no["code"] == "record.widens"
    assert "MR" in no["where"]


def test_r14_its_next_version_may_not_widen_by_naming_fewer_sources(office: Site) -> None:
    wide, narrow = sources(office)
    made = sign(office, "assessment", "تقدير", ("ML", "NE"), sources_=(wide, narrow), **JUDGED)
    sent = {"kind": "assessment", "title": "تقدير", "fields": JUDGED, "sources": [wide],
            "label": {"level": "restricted", "audience": list(FOUR)}}  # fmt: skip
    assert office.api(f"/api/records/{made}/versions", sent, 422)["code"] == "record.widens"
