"""Every form that creates, derives or widens says by name who will see it; requests and their answers."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tansiq.base.messages import LANGS, Lang
from tests.web.site import Site
from tests.work.nodes import done, put
from tests.work.test_open_record import received
from tests.work.test_release_request import asked_of


@pytest.fixture
def site(tmp_path: Path) -> Iterator[Site]:
    (tmp_path / "asking").mkdir()
    made = Site(tmp_path)
    with made.client:
        yield made


def intake(site: Site) -> str:
    made = site.api(
        "/api/intake", {"name": "نص.txt", "text": "وعدت الحكومة بفتح ثلاث آبار قبل نهاية السنة."}, 201
    )
    return str(made["id"])


@pytest.mark.parametrize("lang", LANGS)
def test_every_form_that_signs_shows_who_will_see_it(site: Site, lang: Lang, tmp_path: Path) -> None:
    site.sign_in("release", lang)
    record = done(put(site.node.desk("release"), "إفادة", to=("ML", "NE")))
    _, request = asked_of(site.node, tmp_path)
    draft = intake(site)
    for path in (
        "/records/report/new", f"/record/{record}/edit", f"/record/{record}/grant",
        f"/record/{record}/tearline",
        f"/record/{record}/recall", f"/record/{request}/answer", "/releases/backfill?to=FR",
        f"/intake/{draft}", f"/intake/{draft}/promise?sentence=وعدت",
    ):  # fmt: skip
        page = site.get(path)
        assert "⟦" not in page, path
        assert 'id="readers' in page, path


@pytest.mark.parametrize("lang", LANGS)
def test_a_reader_asks_on_a_page_that_shows_who_hears_of_it(tmp_path: Path, lang: Lang) -> None:
    site = Site(tmp_path, "NE")
    with site.client:
        record = received(site.node)
        site.sign_in("duty", lang)
        assert f"/record/{record}/ask" in site.get(f"/record/{record}")
        page = site.get(f"/record/{record}/ask")
        assert "⟦" not in page
        assert 'id="readers' in page
        site.post(f"/record/{record}/ask", {"purpose": "x"}, 422)
        sent = {"to": ["FR"], "purpose": "تنسيق", "reason": "", "deadline": "2031-04-01"}
        where = site.post(f"/record/{record}/ask", sent).headers["location"]
        assert "تنسيق" in site.get(where)
        assert "تنسيق" in site.get("/releases")
        assert "⟦" not in site.get("/releases")


def test_the_originator_answers_and_the_new_reader_is_named_before_signing(
    site: Site, tmp_path: Path
) -> None:
    record, request = asked_of(site.node, tmp_path)
    site.sign_in("release")
    assert f"/record/{request}/answer" in site.get("/releases")
    page = site.post(f"/record/{request}/answer", {"to": ["FR"], "do": ["preview"]}, 200).text
    seen = page[page.index('id="readers') :]
    assert seen.index("FR") < seen.index("BF")
    where = site.post(f"/record/{request}/answer", {"to": ["FR"], "do": ["grant"], "code": [""]}).headers
    assert "FR" in site.get(where["location"])
    assert "/answer" not in site.get("/releases")
    site.get(f"/record/{request}/answer", 404)
    with site.node.store.read() as rx:
        found = rx.label_of(record)
    assert found is not None
    assert "FR" in found.audience


def test_declining_needs_the_releasing_officer_and_says_its_code(site: Site, tmp_path: Path) -> None:
    _, request = asked_of(site.node, tmp_path)
    site.sign_in("duty")
    site.get(f"/record/{request}/answer", 403)
    site.sign_in("release")
    sent = {"to": ["FR"], "do": ["decline"], "code": ["legal"], "reason": ["لا"]}
    where = site.post(f"/record/{request}/answer", sent).headers["location"]
    assert "مانع قانوني" in site.get(where)


def test_a_backfill_is_shown_record_by_record_and_signed_once(site: Site) -> None:
    desk = site.node.desk("release")
    records = [done(put(desk, f"إفادة {n}", to=("ML", "NE"))) for n in range(3)]
    site.sign_in("release")
    page = site.get("/releases/backfill?to=FR")
    assert all(r in page for r in records)
    site.post("/releases/backfill", {"to": ["FR"], "record": records[:2], "reason": ["انضمّ"]})
    again = site.get("/releases/backfill?to=FR&kind=report")
    assert records[2] in again
    assert records[0] not in again
