"""The boards of the institution as pages and over the interface: sentences, chains, brackets, releases."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tansiq.base.messages import LANGS
from tests.web.site import Site

LABEL = {"level": "restricted", "audience": ["ML", "NE"]}
PAGES = ("/follow-up", "/meetings", "/drafting", "/communiques")


@pytest.fixture
def site(tmp_path: Path) -> Iterator[Site]:
    made = Site(tmp_path)
    with made.client:
        made.sign_in("release")
        yield made


def sign(site: Site, kind: str, title: str, **fields: Any) -> str:
    """Sign a record over the interface."""
    sent = {"kind": kind, "title": title, "fields": fields, "label": LABEL}
    return str(site.api("/api/records", sent, status=201)["id"])


def test_every_board_is_drawn_in_every_language_empty_and_full(site: Site) -> None:
    for page in PAGES:
        site.get(page)
    decision = sign(site, "decision", "قرار الحفر", from_sentence="قررنا حفر البئر", decided_by=["ML"])
    made = sign(
        site, "commitment", "حفر بئر", from_sentence="نلتزم بحفر البئر", decision=decision, owner="ML"
    )
    sign(
        site,
        "milestone",
        "تعيين الموقع",
        commitment=made,
        due={"lo": "2031-02-01T00:00:00Z", "hi": "2031-02-02T00:00:00Z"},
    )
    sign(site, "follow-up", "متابعة القمة")
    sign(
        site,
        "meeting",
        "دورة",
        follows=["ندوة 16 مارس"],
        prepares=["قمة"],
        attendance_due={"hi": "2031-03-02T06:00:00Z"},
    )
    aim = sign(site, "strategy-node", "استراتيجية", level="aim")
    sign(site, "strategy-node", "تأمين الحدود", level="objective", parent=aim)
    sign(site, "indicator", "آبار جافة", driver="الماء", personal_data=False)
    rows = [{"para": 3, "holder": p, "text": t} for p, t in (("ML", "صيغة"), ("NE", "أخرى"))]
    sign(site, "text-version", "مشروع", divergences=rows)
    sign(site, "communique", "بيان", co_owners=["NE"], langs=["ar"])
    sign(site, "statement-official", "نفي", statement_act="reported-denial", quoted="لم ننفذ")
    sign(site, "visit", "زيارة", parties=["ML", "NE"], outcomes=[{"text": "خط مباشر"}])
    seen = dict.fromkeys(PAGES, "")
    for lang in LANGS:
        site.read_in(lang)
        for page in PAGES:
            seen[page] = site.get(page)
            assert "⟦" not in seen[page]
            assert "institution." not in seen[page]
    assert "نلتزم بحفر البئر" in seen["/follow-up"]
    assert "Undated" in seen["/follow-up"]
    assert "Algiers coordination conference of ministers" in seen["/meetings"]
    assert "Objective without a modality" in seen["/drafting"]
    assert "Reported denial" in seen["/communiques"]


def test_the_boards_say_the_same_over_the_interface(site: Site) -> None:
    made = sign(site, "commitment", "حفر بئر", from_sentence="نلتزم بحفر البئر", owner="ML")
    line = site.api("/api/boards/follow-up")["commitments"][0]
    assert (line["id"], line["sentence"], line["state"]) == (made, "نلتزم بحفر البئر", "open")
    assert line["badges"] == ["UNDATED", "MEANS_UNSPECIFIED"]
    meeting = sign(site, "meeting", "دورة", follows=["ندوة 16 مارس"])
    row = site.api("/api/boards/meetings")["rows"][0]
    assert (row["record"], row["before"], row["state"]) == (meeting, ["meet-2010-03"], "tentative")
    assert site.api("/api/boards/drafting")["objectives_without_modality"] == 0
    assert site.api("/api/boards/communiques") == {"communiques": [], "statements": []}


def test_a_draft_is_built_from_decisions_and_stays_among_their_readers(site: Site) -> None:
    first = sign(site, "decision", "قرار", from_sentence="قررنا مواصلة التنسيق", decided_by=["ML", "NE"])
    made = site.api("/api/communiques", {"decisions": [first], "title": "بيان ختامي"}, status=201)["id"]
    told = site.api(f"/api/records/{made}")
    assert told["label"]["audience"] == ["ML", "NE"]
    assert told["fields"]["sentences"][0]["sentence_text"] == "قررنا مواصلة التنسيق"
    said = site.api(f"/api/records/{made}/standing")
    assert (said["releases"], said["released"]) == (["NE"], [])
    assert site.api(f"/api/records/{made}/publish", {}, status=422)["code"] == "release.missing"
    answer = site.post("/communiques", {"decision": first, "title": "بيان ثان"})
    assert answer.headers["location"].startswith("/record/")
    assert site.client.post("/api/communiques", json={"decisions": [], "title": "x"}).status_code == 422


def test_a_text_of_ours_alone_is_published_and_its_links_stay_among_us(site: Site) -> None:
    own = {"level": "restricted", "audience": ["ML"]}
    sent: dict[str, Any] = {"kind": "decision", "title": "قرار", "label": own}
    first = site.api("/api/records", sent | {"fields": {"from_sentence": "قررنا"}}, status=201)["id"]
    made = site.api("/api/communiques", {"decisions": [first], "title": "بيان"}, status=201)["id"]
    assert site.get(f"/record/{made}").count('action="/record/') >= 1
    assert site.api(f"/api/records/{made}/publish", {})["id"] == made
    assert "قررنا" in site.client.get(f"/public/{made}").text
    assert first not in site.client.get(f"/public/{made}").text
    facts = {f["name"]: f["value"] for f in site.api(f"/api/records/{made}/standing")["facts"]}
    assert facts["linked_sentences"] == 1


def test_what_a_visit_brought_becomes_commitments_once(site: Site) -> None:
    outcomes = [
        {"text": "خط مباشر بين الضباط", "owner": "ML; NE", "due": "2031-03-30 10:00Z"},
        {"text": "تبادل شهري"},
    ]
    visit = sign(site, "visit", "زيارة", parties=["ML", "NE"], outcomes=outcomes)
    made = site.api(f"/api/records/{visit}/carry", {}, status=201)["ids"]
    assert site.api(f"/api/records/{visit}/carry", {}, status=201)["ids"] == []
    lines = {x["id"]: x for x in site.api("/api/boards/follow-up")["commitments"]}
    assert [lines[one]["owners"] for one in made] == [["ML", "NE"], ["ML", "NE"]]
    assert lines[made[0]]["due"] == "2031-03-30T10:00:00Z"
    assert all(o["record"] for o in site.api(f"/api/records/{visit}/standing")["opens"])


def test_only_a_releasing_officer_lets_go_and_once(site: Site) -> None:
    made = sign(site, "communique", "بيان", co_owners=["NE"])
    site.sign_in("analyst")
    assert site.api(f"/api/records/{made}/let-go", {}, status=422)["code"] == "role"
    site.sign_in("release")
    site.api(f"/api/records/{made}/let-go", {}, status=201)
    assert site.api(f"/api/records/{made}/let-go", {}, status=422)["code"] == "release.given"
