"""Force and consent, the arms ledger, requirements and warnings: pages and their twins for programs."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest

from tansiq.base.messages import LANGS, Lang
from tests.web.site import Site

OWN = {"level": "restricted", "audience": ["ML"]}
NEIGHBOURS = {"level": "restricted", "audience": ["DZ", "ML", "MR", "NE"]}
LINES = [{"id": "L1", "capability": "سرايا استطلاع", "domain": "land", "need": 4},
         {"id": "L2", "domain": "air", "need": 2}]  # fmt: skip
BOX = {"south_e7": 150_000_000, "west_e7": -70_000_000, "north_e7": 160_000_000, "east_e7": -60_000_000}
CROSSING = {
    "host": "ML",
    "requester": "NE",
    "agreement_ref": "2010/7",
    "handover_rule": "تسليم فوري",
    "medical_clause": "إسعاف",
    "civilian_clause": "لا دخول للقرى",
    "place": {"name": "واغادو", "lat_e7": 156_000_000, "lon_e7": -64_000_000, "precision_m": 10_000},
    "depth_km_asked": 20,
}


@pytest.fixture
def site(tmp_path: Path) -> Iterator[Site]:
    made = Site(tmp_path)
    with made.client:
        made.sign_in("release")
        yield made


def post(site: Site, kind: str, title: str, fields: dict[str, Any], status: int = 201, **more: Any) -> Any:
    sent = {"kind": kind, "title": title, "fields": fields, "label": more.pop("label", OWN), **more}
    answer = site.api("/api/records", sent, status)
    return answer["id"] if status == 201 else answer


def filled(site: Site) -> None:
    post(site, "force-requirement", "القوة المشتركة", {"lines": LINES, "deadline_months": 18})
    offers = [{"line": "L1", "quantity": 2, "stage": "pledge"}]
    post(
        site,
        "pledge",
        "تعهّد",
        {"offers": offers, "caveats": [{"type": "posture", "rule": "لا دوريات ثقيلة"}]},
    )
    post(site, "delivery", "وصول", {"line": "L1", "delivered_fraction": 600})
    post(site, "means-line", "وقود", {"means_for": "وقود"})
    post(site, "consent", "طلب عبور", CROSSING)
    post(site, "deconfliction-notice", "مراقبة جوية", {"kind": "air-observation", "area_box": BOX})
    post(site, "log-entry", "بدء", {"serial": 1, "entries": [{"event": "بدأت"}]})
    post(site, "arms-lot", "صواريخ", {"lot": "SA-1", "announced": {"value": 1_000_000, "approx": True}})
    post(site, "arms-item", "أنبوب", {"lot": "SA-1", "serial_number": "07-002"})
    post(site, "flow-claim", "تدفق", {"direction": "Libya -> Sahel", "commodities": ["سلاح"]})
    post(site, "eei", "عنصر", {"question": "كم؟"})
    post(site, "rfi", "سؤال", {"question": "ما الأرقام؟", "asked_of": ["NE"]}, label=NEIGHBOURS)
    post(site, "warning", "خطر", {"event": "خطر متفجر"}, label=NEIGHBOURS)


@pytest.mark.parametrize("path", ["/forces", "/arms", "/requirements", "/warnings", "/map"])
def test_each_page_draws_what_the_reader_holds_in_three_languages(site: Site, path: str) -> None:
    empty = site.get(path)
    filled(site)
    for lang in LANGS:
        site.read_in(lang)
        shown = site.get(path)
        assert "⟦" not in shown
        assert len(shown) > len(empty) or path == "/map"


def test_the_table_of_forces_for_programs(site: Site) -> None:
    filled(site)
    told = site.api("/api/boards/forces")
    rows = {r["line"]: r for r in told["rows"]}
    assert rows["L1"]["stages"]["pledge"] == 2
    assert (rows["L1"]["stages"]["delivered"], rows["L1"]["stages"]["shortfall"]) == (0.6, 2)
    assert (rows["L2"]["stages"]["shortfall"], rows["L2"]["domain"]) == (2, "air")
    assert [c["state"] for c in told["crossings"]] == ["awaited"]
    assert len(told["crossings"][0]["overlaps"]) == 1


def test_the_ledger_for_programs(site: Site) -> None:
    filled(site)
    told = site.api("/api/boards/arms")
    assert [(r["lot"], r["announced"], r["recovered"]) for r in told["rows"]] == [("SA-1", [1000], 1)]
    assert told["flows"][0]["way"] == "in"


def test_the_host_answers_by_a_button_and_revokes_at_once(site: Site) -> None:
    request = post(site, "consent", "طلب عبور", CROSSING)
    where = f"/forces/consent/{request}"
    site.post(where, {"answer": "yes-with-conditions", "depth_km": "15", "no_air": "1"})
    assert site.api("/api/boards/forces")["crossings"][0]["state"] == "yes-with-conditions"
    facts = {f["name"]: f for f in site.api(f"/api/records/{request}/standing")["facts"]}
    assert (facts["limit"]["about"]["depth_km"], facts["limit"]["about"]["air"]) == (15, False)
    site.post(where, {"answer": "revoked"})
    assert site.api("/api/boards/forces")["crossings"][0]["state"] == "revoked"


def test_a_request_without_its_clauses_is_refused_over_the_interface(site: Site) -> None:
    lacking = {k: v for k, v in CROSSING.items() if k != "medical_clause"}
    said = post(site, "consent", "طلب عبور", lacking, status=422)
    assert "medical_clause" in str(said)


def test_the_next_version_of_an_entry_of_the_log_is_refused(site: Site) -> None:
    entry = post(site, "log-entry", "بدء", {"serial": 1})
    said = {"kind": "log-entry", "title": "بدء آخر", "label": OWN}
    assert "log.append-only" in str(site.api(f"/api/records/{entry}/versions", said, 422))


def test_a_notice_cannot_point_to_a_victims_case(site: Site) -> None:
    case = post(site, "case", "إنقاذ", {"victims": 31})
    refs = [{"role": "about", "to": case}]
    said = site.api("/api/check", {"kind": "judicial-decision", "title": "حكم", "label": OWN, "refs": refs})
    assert "forbidden_link" not in str(said)
    notice = {"kind": "identity-match", "title": "مطابقة", "label": OWN, "refs": refs}
    assert "forbidden_link" in str(site.api("/api/check", notice))


@pytest.mark.parametrize("lang", LANGS)
def test_a_warning_leaves_as_a_message_of_the_standard(site: Site, lang: Lang) -> None:
    site.read_in(lang)
    fields = {"event": "خطر متفجر", "langs": ["ar", "fr", "en"], "severity": "severe"}
    text = "تجنبوا المسلك. / Évitez la piste. / Stay off the track."
    warning = post(site, "warning", "خطر", fields, text=text)
    answer = site.client.get(f"/api/warnings/{warning}/cap")
    root = ElementTree.fromstring(answer.content)
    assert len([e for e in root if e.tag.endswith("info")]) == 3
    assert answer.headers["content-type"].startswith("application/cap+xml")
    site.get(f"/api/warnings/{site.target}/cap", 404)


def test_a_question_that_is_answered_says_so(site: Site) -> None:
    asked = post(site, "rfi", "سؤال", {"question": "ما الأرقام؟", "asked_of": ["ML", "NE"]})
    rows = site.api("/api/boards/requirements")["requests"]
    assert [(r["record"], r["state"]) for r in rows] == [(asked, "asked")]
