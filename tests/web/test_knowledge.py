"""The knowledge file on pages and for programs."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tansiq.base.messages import LANGS, Lang
from tansiq.policy.clearance import OfficerRole
from tests.web.site import Site

FORM = {
    "do": "save", "name": "In Tebdoq", "kind": "place", "country": "ml", "ar": "إن تبدوق\nبئر تبدوق",
    "fr": "In Tebdoq", "en": "In Tebdoq", "lat": "20,5", "lon": "1.25", "precision_m": "15000", "note": "بئر",
    "why": "ذكرها تقرير الدورية",
}  # fmt: skip
ENTRY = "/knowledge/entry?name=In+Tebdoq"


@pytest.fixture
def site(tmp_path: Path) -> Iterator[Site]:
    made = Site(tmp_path)
    with made.client:
        made.sign_in("analyst")
        yield made


@pytest.mark.parametrize("lang", LANGS)
def test_the_list_and_an_entry_are_shown_in_the_readers_language(site: Site, lang: Lang) -> None:
    site.read_in(lang)
    page = site.get("/knowledge?q=كيدال")
    assert "⟦" not in page
    assert "/knowledge/entry?name=Kidal" in page
    entry = site.get("/knowledge/entry?name=Kidal")
    assert "⟦" not in entry
    assert "places.psv" in entry
    assert "18.441" in entry


def test_what_is_asked_for_narrows_the_list_and_pages_go_on(site: Site) -> None:
    assert "from=50" in site.get("/knowledge?kind=place")
    assert "/knowledge/entry?name=AQIM" not in site.get("/knowledge?kind=place&q=AQMI")
    assert "/knowledge/entry?name=AQIM" in site.get("/knowledge?kind=armed_group&cc=ML&q=aqmi")
    assert "<tbody>" not in site.get("/knowledge?q=zzzz")
    site.get("/knowledge?from=-7")
    site.get("/knowledge?from=999999999999")


def test_an_officer_adds_an_entry_another_reviews_it_and_takes_it_back(site: Site) -> None:
    answer = site.post("/knowledge/entry", FORM)
    assert answer.headers["location"] == ENTRY
    assert "بئر تبدوق" in site.get(ENTRY)
    assert "20.500, 1.250 ±15 km" in site.get(ENTRY)
    assert 'value="review"' not in site.get(ENTRY)
    site.sign_in("duty")
    assert "/knowledge/entry?name=In+Tebdoq" in site.get("/knowledge?waits=yes")
    assert 'value="review"' in site.get(ENTRY)
    site.post("/knowledge/entry", {"do": "review", "name": "In Tebdoq"})
    assert "/knowledge/entry?name=In+Tebdoq" not in site.get("/knowledge?waits=yes")
    site.post("/knowledge/entry", FORM | {"do": "withdraw"})
    assert "/knowledge/entry?name=In+Tebdoq" in site.get("/knowledge?origin=withdrawn")


def test_a_wrong_form_comes_back_with_what_it_said(site: Site) -> None:
    answer = site.post("/knowledge/entry", FORM | {"lat": "شمال"}, status=422)
    assert "knowledge.point" in answer.text
    assert "بئر تبدوق" in answer.text
    taken = site.post("/knowledge/entry", FORM | {"ar": "باماكو"}, status=422)
    assert "knowledge.taken" in taken.text
    assert "Bamako" in taken.text


def test_who_does_not_sign_reads_and_who_does_not_draft_does_not(site: Site) -> None:
    site.sign_in("interpreter")
    assert 'action="/knowledge/entry"' not in site.get("/knowledge/entry?name=Kidal")
    site.post("/knowledge/entry", FORM, status=422)
    site.sign_in("auditor")
    assert "Kidal" not in site.get("/knowledge?q=Kidal", status=422)


def test_programs_read_and_change_the_same_entries(site: Site) -> None:
    found = site.api("/api/knowledge?q=تمبكتو")
    assert any(row["name"] == "Timbuktu" for row in found["rows"])
    made = site.api(
        "/api/knowledge/entry",
        {"name": "Timbuktu", "ar": ["تمبكتو", "تينبكتو"], "why": "كتابة أخرى"},
    )
    assert made["origin"] == "changed"
    assert made["names"]["ar"] == ["تمبكتو", "تينبكتو"]
    assert made["precision_m"] == 5000
    assert made["history"][0]["why"] == "كتابة أخرى"
    assert site.api("/api/knowledge/entry?name=Timbuktu")["reviewed"] is False
    site.api("/api/knowledge/entry", {"do": "restore", "name": "Timbuktu", "why": "عودة"})
    assert site.api("/api/knowledge/entry?name=Timbuktu")["origin"] == "shipped"
    site.api(
        "/api/knowledge/entry", {"name": "Nowhere", "kind": "person", "ar": ["أحد"], "why": "x"}, status=422
    )


def test_a_search_names_to_who_does_not_draft_nothing_of_what_officers_entered(site: Site) -> None:
    site.post("/knowledge/entry", FORM)
    assert "بئر تبدوق" in site.get("/search?q=إن تبدوق")
    assert site.api("/api/names?q=إن تبدوق")["canonical"] == "In Tebdoq"
    roles: tuple[OfficerRole, ...] = ("auditor", "admin")
    for role in roles:
        site.sign_in(role)
        assert "بئر تبدوق" not in site.get("/search?q=إن تبدوق")
        there, absent = (site.client.get(f"/api/names?q={q}") for q in ("إن تبدوق", "إن غبدوق"))
        assert there.content == absent.content
