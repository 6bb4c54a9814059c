"""R10: unknown is a value, cut sources are flagged; a gap becomes a request in one click."""

from __future__ import annotations

from html import unescape
from pathlib import Path
from typing import Any

import pytest

from tansiq.base.ids import RecordId
from tansiq.base.messages import LANGS, Lang
from tests.requirements.office import sign, standing, state
from tests.web.site import Site

CUT = (
    "اتفق رؤساء الأركان على نشر قوة مشتركة في غضون ثمانية عشر شهرا ويصل ، "
    "وقال مصدر أمني إن المقر لم يُحدَّد بعد. "
    "وسيعقد الاجتماع المقبل بغاو في أقرب وقت ممكن بحضور وفود الدول الأربع كلها ومراقبين من خارجها وقد"
)
LABEL = {"level": "restricted", "audience": ["ML", "NE"]}


def taken(site: Site) -> tuple[str, list[str]]:
    made = str(site.api("/api/intake", {"name": "خبر.txt", "text": CUT}, 201)["id"])
    return made, [g["what"] for g in site.api(f"/api/intake/{made}")["machine"]["gaps"]]


def record(site: Site, id_: str) -> dict[str, Any]:
    found: dict[str, Any] = site.api(f"/api/records/{id_}")
    return found


def test_r10_a_missing_size_reads_unknown_source_truncated_and_never_zero(office: Site) -> None:
    made, gaps = taken(office)
    assert {"number missing", "text cut"} <= set(gaps)
    page = unescape(office.get(f"/intake/{made}"))
    assert "العدد: غير معروف، انقطع المصدر" in page
    assert "آخر النص: غير معروف، انقطع المصدر" in page
    values = [i["values"] for i in office.api(f"/api/intake/{made}")["items"] if "value" in i["values"]]
    assert "0" not in [v["value"] for v in values]


def test_r10_a_gap_of_a_draft_is_made_a_request_in_one_click(office: Site) -> None:
    made, gaps = taken(office)
    n = gaps.index("number missing")
    answer = office.post(f"/intake/{made}/gap", {"gap": f"gaps.{n}"})
    place = answer.headers["location"]
    assert place.endswith("/edit")
    assert "ما العدد الذي سقط" in unescape(office.get(place))
    rfi = place.split("/")[2]
    said = record(office, rfi)["fields"]
    assert said["rfi_state"] == "draft"
    assert "ثمانية عشر شهرا" in said["why"]
    assert f"/record/{rfi}" in office.get(f"/intake/{made}")
    assert office.api(f"/api/intake/{made}")["asked"] == {f"gaps.{n}": rfi}
    waits = unescape(office.get("/requirements"))
    assert "لا يجري: بدايته غير معروفة" in waits
    assert "انتهى قبل أجله" not in waits
    again = office.api(f"/api/intake/{made}/gap", {"gap": n}, 422)
    assert again["code"] == "gap.asked"


def test_r10_what_was_made_of_a_gap_is_for_its_own_party_until_its_officer_sends_it(office: Site) -> None:
    made, gaps = taken(office)
    two = office.api(f"/api/intake/{made}/gap", {"gap": gaps.index("text cut")}, 201)
    for each in two.values():
        with office.node.store.read() as rx:
            label = rx.label_of(RecordId(each))
        assert label is not None
        assert label.audience == ("ML",)
    assert state(office, two["rfi"]) == "not_sent"
    assert state(office, two["gap"]) == "open"
    fact = next(f for f in standing(office, two["gap"])["facts"] if f["name"] == "gap")
    assert (fact["value"], fact["about"]) == ("unknown", {"reason": "text-cut"})


def test_r10_a_gap_of_a_report_is_made_a_request_that_rests_on_it(office: Site) -> None:
    made, gaps = taken(office)
    report = office.api(f"/api/intake/{made}/release", {"label": LABEL}, 201)["id"]
    page = office.get(f"/record/{report}")
    assert f"/record/{report}/gap" in page
    assert "العدد: غير معروف، انقطع المصدر" in unescape(page)
    n = gaps.index("number missing")
    rfi = office.post(f"/record/{report}/gap", {"gap": str(n)}).headers["location"].split("/")[2]
    assert record(office, rfi)["sources"] == [report]
    assert office.api(f"/api/records/{report}/gap", {"gap": n}, 422)["code"] == "gap.asked"
    assert office.api(f"/api/records/{report}/gap", {"gap": 99}, 404)


def test_r10_the_gap_is_asked_once_the_request_is_sent_and_filled_by_an_answer(office: Site) -> None:
    made, gaps = taken(office)
    two = office.api(f"/api/intake/{made}/gap", {"gap": gaps.index("number missing")}, 201)
    sent: dict[str, Any] = {
        "kind": "rfi", "title": "حجم القوة", "refs": [{"role": "gap", "to": two["gap"]}],
        "label": {"level": "restricted", "audience": ["ML"]},
        "fields": {"question": "ما حجم القوة؟", "asked_of": ["ML"], "rfi_state": "sent"},
    }  # fmt: skip
    office.api(f"/api/records/{two['rfi']}/versions", sent)
    assert state(office, two["gap"]) == "asked"
    rows = {g["record"]: g for g in office.api("/api/boards/gaps")["rows"]}
    assert (rows[two["gap"]]["state"], rows[two["gap"]]["requests"]) == ("asked", [two["rfi"]])
    own = sign(office, "gap", "نقص", ("ML",), missing="العدد", gap_state="filled")
    assert state(office, own) == "filled"


@pytest.mark.parametrize("lang", LANGS)
def test_r10_gaps_stand_on_the_board_of_requests_in_each_language(office: Site, lang: Lang) -> None:
    office.read_in(lang)
    made, gaps = taken(office)
    for n in range(len(gaps)):
        office.post(f"/intake/{made}/gap", {"gap": f"gaps.{n}"})
    page = office.get("/requirements")
    assert "⟦" not in page + office.get(f"/intake/{made}")
    board = page.partition('id="gaps"')[2]
    assert board.count('class="unknown"') == len(gaps)


SEEDS = Path(__file__).parents[3] / "shared" / "seeds"


@pytest.mark.skipif(not SEEDS.is_dir(), reason="../shared absent")
def test_r10_the_force_size_of_the_first_article_is_asked_for(office: Site) -> None:
    """Force size of the 18-month deployment reads "unknown, source truncated", never 0 or blank."""
    text = next(SEEDS.glob("001_*.txt")).read_text(encoding="utf8")
    made = office.api("/api/intake", {"name": "001.txt", "text": text}, 201)["id"]
    gaps = [g["what"] for g in office.api(f"/api/intake/{made}")["machine"]["gaps"]]
    assert "العدد: غير معروف، انقطع المصدر" in unescape(office.get(f"/intake/{made}"))
    two = office.api(f"/api/intake/{made}/gap", {"gap": gaps.index("number missing")}, 201)
    assert "18 شهرا" in record(office, two["rfi"])["fields"]["why"]
