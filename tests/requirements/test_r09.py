"""R09: the contradictions of the articles, coded by an officer, and none of the traps."""

from __future__ import annotations

from html import unescape
from typing import Any

import pytest

from tansiq.base.messages import LANGS, Lang
from tests.requirements.office import flags, sign, standing, state
from tests.web.site import Site

STAFF = "لجنة الأركان العملياتية المشتركة"
SAME_STAFF = "هيئة أركان مشتركة"
END = {"until": "2040-01-01T00:00:00Z"}


def span(lo: str, hi: str, words: str = "") -> dict[str, str]:
    return {"words": words, "lo": f"{lo}T00:00:00Z", "hi": f"{hi}T23:59:59Z", "precision": "month"}


def code(site: Site, subject: str, predicate: str, value: str = "", **more: Any) -> str:
    """One statement as an officer codes it."""
    place = {"place": {"name": more.pop("scope")}} if "scope" in more else {}
    said = {"statement_type": "claim", "subject": subject, "predicate": predicate, "stated_value": value}
    return sign(site, "statement", f"{subject}: {predicate}", ("ML",), **said, **place, **more)


def real(site: Site) -> dict[str, tuple[str, ...]]:
    """The four contradictions, as coded; slot → the records it lies between."""
    founded = (
        code(site, STAFF, "تاريخ التأسيس", occurred_at=span("2010-04-21", "2010-04-28", "أبريل 2010")),
        code(site, SAME_STAFF, "تاريخ التأسيس", occurred_at=span("2011-05-01", "2011-05-31", "ماي الماضي")),
    )
    missiles = (
        code(site, "صواريخ مفقودة", "الوجهة", "غير معروفة"),
        code(site, "صواريخ مفقودة", "الوجهة", "الساحل"),
    )
    attends = (
        code(site, "فرنسا في الندوة", "الحضور", "لن تحضر"),
        code(site, "فرنسا في الندوة", "الحضور", "ستراقب الاجتماع"),
    )
    area = sign(
        site, "area-claim", "غابة واغادو", ("ML",), place={"name": "واغادو، شمال مالي"}, holder="جماعة"
    )
    return {"تاريخ التأسيس": founded, "الوجهة": missiles, "الحضور": attends, "place": (area,)}


def traps(site: Site) -> None:
    """What looks like a contradiction and is none, as coded, and what only varies."""
    year_ago = span("2010-03-01", "2010-08-31", "منذ سنة")
    code(site, STAFF, "تاريخ التأسيس", occurred_at=year_ago)
    code(site, STAFF, "مكان الانطلاق", "تمنراست")
    code(site, STAFF, "المقر", "الجزائر العاصمة")
    code(site, STAFF, "عدد الدول", "أربع")
    code(site, "اجتماع 12 أبريل", "عدد الدول", "سبع")
    code(site, "اجتماع تمنراست", "التاريخ", occurred_at=span("2009-08-12", "2009-08-13"))
    code(site, "اجتماع تمنراست", "التاريخ", occurred_at=span("2009-08-01", "2009-08-31", "أوت 2009"))
    code(site, "ندوة 16 مارس", "الاسم", "الندوة التنسيقية")
    code(site, "ندوة 16 مارس", "الاسم", "الاجتماع الوزاري")
    code(site, "الجزائر", "التعاون ضد التنظيم", "ترفض", scope="العراق")
    code(site, "الجزائر", "التعاون ضد التنظيم", "توافق", scope="الساحل")
    code(site, "الجزائر", "التدخل العسكري", "لا تدخل")
    code(site, "الجزائر", "الإمكانات", "كل الإمكانات")
    code(site, "ندوة 16 مارس", "المكان", "الجزائر")
    code(site, "ندوة 16 مارس", "المكان", "الجزائر العاصمة")
    code(site, "رهينة أول", "المصير", "قُتل")
    code(site, "رهينة ثان", "المصير", "أُفرج عنه")
    code(site, STAFF, "صاحب المبادرة", "الجزائر")
    code(site, SAME_STAFF, "صاحب المبادرة", "رؤساء الأركان الأربعة")


def board(site: Site) -> dict[str, Any]:
    found: dict[str, Any] = site.api("/api/boards/contradictions")
    return found


def test_r09_the_four_contradictions_are_proposed_and_no_trap_is(office: Site) -> None:
    asked = real(office)
    traps(office)
    rows = {r["slot"]: r for r in board(office)["rows"]}
    assert {slot: set(r["between"]) for slot, r in rows.items()} == {s: set(ids) for s, ids in asked.items()}
    assert len(board(office)["rows"]) == 4
    assert rows["place"]["with"] == "gazetteer"
    assert "GAZETTEER" in flags(office, asked["place"][0])


def test_r09_variants_stand_side_by_side(office: Site) -> None:
    traps(office)
    assert board(office)["rows"] == []
    assert [len(group) for group in board(office)["variants"]] == [2, 2]


def test_r09_an_officer_opens_it_with_an_owner_and_a_state(office: Site) -> None:
    for ids in real(office).values():
        asked = {"first": ids[0]} | ({"second": ids[1]} if len(ids) > 1 else {})
        made = office.api("/api/contradictions", asked, 201)["id"]
        held = office.api(f"/api/records/{made}")["fields"]
        assert (held["owner"], held["contradiction_state"]) == ("ML", "open")
        assert office.api("/api/contradictions", asked, 422)["code"] == "contradiction.open"
        opened = [o for o in standing(office, ids[0])["opens"] if o["what"] == "contradiction"]
        assert [o["record"] for o in opened] == [made]
    assert {r["state"] for r in board(office)["rows"]} == {"open"}
    assert len(board(office)["rows"]) == 4


def test_r09_what_is_opened_bears_what_restricts_either_side(office: Site) -> None:
    hidden = {"level": "confidential", "audience": ["ML", "NE"], "rules": ["ORCON"]} | END
    said = {"statement_type": "claim", "subject": "صواريخ", "predicate": "الوجهة"}
    asked = {"kind": "statement", "title": "صواريخ", "label": hidden}
    first = office.api("/api/records", asked | {"fields": said | {"stated_value": "الساحل"}}, 201)["id"]
    second = code(office, "صواريخ", "الوجهة", "تشاد")
    made = office.api("/api/contradictions", {"first": first, "second": second}, 201)["id"]
    label = office.api(f"/api/records/{made}")["label"]
    assert (label["level"], label["audience"], label["rules"]) == ("confidential", ["ML"], ["ORCON"])
    assert label["until"] == END["until"]


def test_r09_figures_for_one_lot_are_told_whole_and_with_their_unit(office: Site) -> None:
    for value, by in ((1_234_567_000, "الأول"), (9_500, "الثاني")):
        quantity = {"value": value, "unit": "طلقة", "announced_by": by}
        sign(office, "report", f"ذخيرة: {by}", ("ML",), lot="L-1", quantity=quantity)
    (row,) = board(office)["rows"]
    assert set(row["values"]) == {"1234567 طلقة", "9.5 طلقة"}


def test_r09_it_is_resolved_in_its_next_version_and_both_sides_stay(office: Site) -> None:
    first, second = real(office)["الوجهة"]
    made = office.api("/api/contradictions", {"first": first, "second": second}, 201)["id"]
    said = office.api(f"/api/records/{made}")
    fields = said["fields"] | {"contradiction_state": "resolved", "resolution": "القول الأول أقدم وأوثق"}
    asked = {"kind": "contradiction", "title": said["title"], "sources": [first, second],
             "label": {"level": "restricted", "audience": ["ML"]},
             "fields": {k: v for k, v in fields.items() if k not in ("title", "type", "text")}}  # fmt: skip
    office.api(f"/api/records/{made}/versions", asked)
    assert state(office, made) == "resolved"
    assert {r["state"] for r in board(office)["rows"] if r["slot"] == "الوجهة"} == {"resolved"}
    assert office.api(f"/api/records/{first}")["fields"]["stated_value"] == "غير معروفة"


def test_r09_nothing_is_opened_that_is_not_proposed(office: Site) -> None:
    first, second = code(office, "أ", "ب", "ج"), code(office, "د", "ب", "هـ")
    no = office.api("/api/contradictions", {"first": first, "second": second}, 422)
    assert no["code"] == "contradiction.none"


@pytest.mark.parametrize("lang", LANGS)
def test_r09_the_register_is_a_page_with_a_button_to_open(office: Site, lang: Lang) -> None:
    real(office)
    traps(office)
    office.read_in(lang)
    page = unescape(office.get("/compare"))
    assert "⟦" not in page
    first, second = (i for i in board(office)["rows"] if i["slot"] == "الحضور").__next__()["between"]
    office.post("/compare", {"first": first, "second": second})
    assert "⟦" not in office.get("/compare")
    assert '"/compare"' in office.get("/inbox")
