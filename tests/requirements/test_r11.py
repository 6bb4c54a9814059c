"""R11: fuzzy and relative time: a bar on its anchor's year, inferred until entered; the end counts."""

from __future__ import annotations

from datetime import date
from html import unescape
from typing import Any

import pytest

from tansiq.base.ids import RecordId
from tansiq.base.messages import LANGS, Lang
from tansiq.model.kinds.commitment import Commitment
from tansiq.model.kinds.report import Report
from tansiq.web.timebar import Bar, bar_of
from tests.requirements.office import sign
from tests.web.site import Site

PRINTED = (
    "نواكشوط، 3 فبراير 2031 - قررت الحكومة فتح معبر نواذيبو. "
    "وقال الوزير إن اللقاء سينعقد على الأرجح خلال الثلاثي الأخير من السنة الجارية بمدينة غاو."
)
UNDATED = (
    "عقد قادة الأركان اجتماعا يوم 12 أبريل الماضي في ظرف سنة من اجتماع أوت 2030 بمدينة غاو. "
    "وقال الوزير إن اللقاء المقبل سينعقد خلال الربع الأخير من السنة الجارية. "
    "وقررت الوزارة تسليم العربات قبل نهاية السنة الجارية."
)
QUARTER = {"lo": "2031-10-01", "hi": "2031-12-31"}
KNOWN = {"lo": "2031-02-20", "why": "تاريخ العدد المطبوع"}
LABEL = {"level": "restricted", "audience": ["ML"]}


def taken(site: Site, text: str = UNDATED) -> str:
    return str(site.api("/api/intake", {"name": "خبر.txt", "text": text}, 201)["id"])


def quarter(draft: dict[str, Any]) -> Any:
    """When the meeting that is to come takes place."""
    planned = [e for e in draft["machine"]["events"] if "الأخير" in e["text"]]
    return planned[0]["when"]


def test_r11_a_quarter_is_october_to_december_of_the_anchors_year(office: Site) -> None:
    made = taken(office)
    draft = office.api(f"/api/intake/{made}/published", KNOWN)
    assert quarter(draft) == QUARTER
    assert draft["machine"]["published"] == {"lo": "2031-02-20", "hi": "2031-02-20", "basis": "given"}
    assert bar_of(_day("2031-10-01"), _day("2031-12-31")) == Bar(2031, 1, 90, 30)


def test_r11_the_anchor_is_marked_inferred_until_it_is_entered(office: Site) -> None:
    made = taken(office)
    before = office.api(f"/api/intake/{made}")["machine"]["published"]
    assert before is None or before["basis"] == "inferred"
    office.api(f"/api/intake/{made}/published", KNOWN)
    page = office.get(f"/intake/{made}")
    assert 'class="timebar"' in page
    assert "أدخله ضابط" in page
    office.api(f"/api/intake/{made}/published", {"why": "عدد آخر"})
    assert office.api(f"/api/intake/{made}")["machine"]["published"] == before


def test_r11_what_the_text_prints_of_its_day_is_its_anchor(office: Site) -> None:
    draft = office.api(f"/api/intake/{taken(office, PRINTED)}")
    assert draft["machine"]["published"]["basis"] == "text"
    assert quarter(draft) == QUARTER


def test_r11_the_officers_verdicts_stay_when_dates_are_solved_anew(office: Site) -> None:
    made = taken(office)
    there = office.api(f"/api/intake/{made}")["items"]
    gone = next(i["address"] for i in there if i["values"].get("what") == "publication date missing")
    said = {i["address"]: "accepted" for i in there if i["address"].startswith(("events.", "gaps."))}
    office.api(f"/api/intake/{made}", said)
    when = next(i["address"] for i in there if i["address"].startswith("commitments."))
    office.api(
        f"/api/intake/{made}", {f"{when}.hi": "2031-11-15", f"{when}.lo": "2031-11-15", "why": "أعرفه"}
    )
    draft = office.api(f"/api/intake/{made}/published", KNOWN)
    items = {i["address"]: i for i in draft["items"]}
    assert {i["outcome"] for a, i in items.items() if a.startswith(("events.", "gaps."))} == {"accepted"}
    assert items[when]["values"]["hi"] == "2031-11-15"
    assert sum(a.startswith("gaps.") for a in items) == sum(a.startswith("gaps.") for a in said) - 1
    assert gone in said


def test_r11_a_day_without_how_it_is_known_or_ahead_of_today_is_not_kept(office: Site) -> None:
    made = taken(office)
    assert (
        office.api(f"/api/intake/{made}/published", {"lo": "2031-02-20"}, 422)["code"] == "intake.no-reason"
    )
    ahead = KNOWN | {"lo": "2041-02-20"}
    assert office.api(f"/api/intake/{made}/published", ahead, 422)["code"] == "intake.bad-correction"
    turned = KNOWN | {"hi": "2031-01-20"}
    assert office.api(f"/api/intake/{made}/published", turned, 422)["code"] == "intake.bad-correction"


@pytest.mark.parametrize("lang", LANGS)
def test_r11_the_day_is_entered_on_the_intake_screen(office: Site, lang: Lang) -> None:
    made = taken(office)
    office.read_in(lang)
    wrong = office.post(f"/intake/{made}/published", {"lo": "2031-13-20", "hi": "", "why": "x"}, 422).text
    assert "intake.bad-correction" in wrong
    office.post(f"/intake/{made}/published", {"lo": "2031-02-18", "hi": "2031-02-20", "why": "الغلاف"})
    page = unescape(office.get(f"/intake/{made}"))
    assert "⟦" not in page
    assert "الغلاف" in page
    office.post(f"/intake/{made}/published", {"do": "clear", "why": "خطأ"})
    assert office.api(f"/api/intake/{made}")["dated"]["why"] == "خطأ"


def test_r11_a_report_and_a_promise_say_what_their_days_hang_on(office: Site) -> None:
    made = taken(office)
    office.api(f"/api/intake/{made}/published", KNOWN)
    index = _promised(office, made)
    asked = {"index": index, "title": "تسليم", "label": LABEL, "due": QUARTER}
    with office.node.store.read() as rx:
        record = rx.record(RecordId(office.api(f"/api/intake/{made}/promise", asked, 201)["id"]))
    report = office.api(f"/api/intake/{made}/release", {"label": LABEL}, 201)["id"]
    with office.node.store.read() as rx:
        said = rx.record(RecordId(report))
    assert record is not None
    assert said is not None
    assert isinstance(record.body, Commitment)
    assert isinstance(said.body, Report)
    assert said.body.occurred_at is not None
    assert said.body.occurred_at.anchor_basis == "given"
    assert "2031" in office.get(f"/record/{report}")


def test_r11_what_is_wide_sorts_and_alerts_by_its_end(office: Site) -> None:
    wide = {"lo": "2031-10-01T00:00:00Z", "hi": "2031-12-31T23:59:59Z", "precision": "quarter"}
    day = {"lo": "2031-11-15T00:00:00Z", "hi": "2031-11-15T23:59:59Z", "precision": "day"}
    last = sign(office, "commitment", "الأخير", owner="ML", due=wide)
    first = sign(office, "commitment", "الأول", owner="ML", due=day)
    rows = [
        (c["record"], c["due"]) for c in office.api("/api/clocks")["rows"] if c["record"] in (last, first)
    ]
    assert [record for record, _ in rows] == [first, last]
    assert rows[1][1].startswith("2031-12-31")
    page = office.get(f"/record/{last}")
    assert 'class="timebar"' in page


def _promised(office: Site, made: str) -> int:
    found = office.api(f"/api/intake/{made}")["machine"]["commitments"]
    return next(n for n, c in enumerate(found) if c["due"])


def _day(iso: str) -> Any:
    return date.fromisoformat(iso)
