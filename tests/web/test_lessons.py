"""Lessons on pages: shown beside the proposal with the text they are from, listed, let go."""

from __future__ import annotations

from collections.abc import Iterator
from html import unescape
from pathlib import Path

import pytest

from tansiq.base.messages import LANGS, Lang
from tests.web.site import Site
from tests.work.test_lessons import FIRST, LIKE


@pytest.fixture
def site(tmp_path: Path) -> Iterator[Site]:
    made = Site(tmp_path, "MR")
    with made.client:
        made.sign_in("duty")
        yield made


def take(site: Site, name: str, text: str) -> str:
    return str(site.api("/api/intake", {"name": name, "text": text}, 201)["id"])


def taught(site: Site) -> str:
    """A draft in which the kind of a body was corrected and a false hit rejected."""
    made = take(site, "النص الأول", FIRST)
    there = site.api(f"/api/intake/{made}")["items"]
    body = next(
        i["address"]
        for i in there
        if i["values"].get("name") == "رابطة مربي الماشية" and "actors" in i["address"]
    )
    place = next(i["address"] for i in there if i["address"].startswith("places."))
    site.api(f"/api/intake/{made}", {f"{body}.kind": "community", place: "rejected", "why": "تمرين"})
    return made


@pytest.mark.parametrize("lang", LANGS)
def test_a_lesson_stands_beside_what_it_proposes_and_on_a_page_of_its_own(site: Site, lang: Lang) -> None:
    taught(site)
    like = take(site, "النص الثاني", LIKE)
    site.read_in(lang)
    page = unescape(site.get(f"/intake/{like}"))
    assert 'class="by-lesson"' in page
    assert "النص الأول" in page
    listed = unescape(site.get("/lessons"))
    assert "رابطه مربي الماشيه" in listed
    assert "⟦" not in page + listed


def test_an_officer_lets_a_lesson_go_and_others_never_see_it(site: Site) -> None:
    taught(site)
    key = site.api("/api/lessons")[0]["lesson"]["key"]
    site.sign_in("analyst")
    assert site.api("/api/lessons") == []
    assert site.client.post("/api/lessons", json={"key": key}).json()["code"] == "lesson.absent"
    site.sign_in("duty")
    before = len(site.api("/api/lessons"))
    site.post("/lessons", {"key": key})
    assert len(site.api("/api/lessons")) == before - 1
    site.sign_in("auditor")
    site.get("/lessons", 403)


def test_no_other_exit_tells_of_a_lesson(site: Site) -> None:
    made = taught(site)
    record = site.api(
        f"/api/intake/{made}/release", {"label": {"level": "restricted", "audience": ["MR", "NE"]}}, 201
    )["id"]
    for path in (f"/api/records/{record}", f"/record/{record}", "/api/search?q=رابطة", "/journal"):
        assert "رابطه مربي الماشيه" not in site.client.get(path).text, path
