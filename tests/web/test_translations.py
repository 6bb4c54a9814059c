"""The translation desk on pages and for programs: queue, editor, the author's words, agreed terms, gist."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tansiq.base.ids import RecordId, raw_of
from tansiq.base.messages import LANGS
from tests.requirements.office import standing
from tests.web.site import Site

TEXT = "أعلن التفويض بعد أن طارد الجيش الإرهابيين قرب الحدود."
FRENCH = "Le mandat a été annoncé après que l'armée eut poursuivi les terroristes."
NO_SUCH = "01900000-0000-7000-8000-00000000abcd"


@pytest.fixture
def site(tmp_path: Path) -> Iterator[Site]:
    made = Site(tmp_path)
    with made.client:
        made.sign_in("duty")
        yield made


def report(site: Site, **label: Any) -> str:
    bears = {"level": "restricted", "audience": ["ML", "NE"]} | label
    sent = {"kind": "report", "title": "تحرك", "text": TEXT, "label": bears}
    return str(site.api("/api/records", sent, status=201)["id"])


def asked(site: Site, record: str, **more: str) -> str:
    sent = {"to": "fr", "due": "2031-03-04", "why": "للاجتماع"} | more
    return str(site.api(f"/api/records/{record}/translation", sent, status=201)["id"])


def step(site: Site, ask: str, status: int = 200, **said: Any) -> dict[str, Any]:
    answer: dict[str, Any] = site.api(f"/api/translations/{ask}", said, status=status)
    return answer


def rows(site: Site) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = site.api("/api/boards/translations")["rows"]
    return found


def test_the_way_of_a_translation_by_forms_alone(site: Site) -> None:
    record = report(site)
    made = site.post(f"/record/{record}/translation", {"to": "fr", "due": "2031-03-04", "why": "للاجتماع"})
    place = made.headers["location"]
    site.sign_in("interpreter")
    page = site.get(place)
    assert "<mark>الإرهابيين</mark>" in page
    assert 'dir="rtl"' in page
    assert "mandat" in page
    site.post(place, {"do": "assign"})
    kept = site.post(place, {"do": "keep", "title": "Mouvement", "text": "Le mandat"}, status=200)
    assert "Le mandat" in kept.text
    assert "Le mandat" in site.get(place)
    site.post(place, {"do": "return", "title": "Mouvement", "text": FRENCH})
    assert 'value="certify"' not in site.get(place)
    site.sign_in("release", "fr")
    assert FRENCH.replace("'", "&#39;") in site.get(place)
    site.post(place, {"do": "certify", "share": "yes"})
    shown = site.get(f"/record/{record}")
    assert FRENCH.replace("'", "&#39;") in shown
    assert "certifiée" in shown
    assert "traduction humaine" in shown


def test_words_kept_at_the_desk_go_with_the_original(site: Site) -> None:
    record = report(site)
    place = f"/translations/{asked(site, record)}"
    site.sign_in("interpreter")
    site.post(place, {"do": "assign"})
    site.post(place, {"do": "keep", "title": "Mouvement", "text": FRENCH}, status=200)
    with site.node.store.write() as tx:
        assert len(tx.forget_copies(raw_of(RecordId(record)))) == 1
    assert FRENCH.replace("'", "&#39;") not in site.get(place)


def test_a_translator_is_warned_of_what_he_lost_or_added_before_he_returns_it(site: Site) -> None:
    ask = asked(site, report(site))
    lost = site.post(
        f"/translations/{ask}", {"do": "keep", "title": "Mouvement", "text": "L'armée et les bandits"}, 200
    )
    assert "كلمات محمَّلة للكاتب غابت عن الترجمة" in lost.text
    assert "كلمات محمَّلة أضافتها الترجمة" in lost.text
    fine = site.post(f"/translations/{ask}", {"do": "keep", "title": "M", "text": FRENCH}, 200)
    assert "غابت عن الترجمة" not in fine.text
    step(site, ask, do="return", title="M", text="L'armée a poursuivi des hommes.")
    made = rows(site)[0]["translation"]
    assert [f["code"] for f in standing(site, made)["flags"]] == ["LOADED_WORD_LOST"]


def test_an_ask_stands_in_todays_clocks_and_tasks_until_it_is_certified(site: Site) -> None:
    ask = asked(site, report(site))
    found = [c for c in site.api("/api/clocks")["rows"] if c["name"] == "translation"]
    assert [(c["record"], c["due"]) for c in found] == [(ask, "2031-03-04T23:59:59Z")]
    codes = [r["code"] for r in site.api("/api/alerts")["rows"]]
    assert codes == ["translation.assign"]
    assert "تحرك" in site.get("/today")
    step(site, ask, do="return", title="M", text=FRENCH)
    site.sign_in("release")
    step(site, ask, do="certify")
    assert [r["code"] for r in site.api("/api/alerts")["rows"]] == []


def test_what_is_asked_of_a_hidden_record_is_hidden_with_it(site: Site) -> None:
    site.sign_in("duty", compartments=("CASE-ORYX",))
    record = report(site, audience=["ML"], compartments=["CASE-ORYX"])
    ask = asked(site, record)
    assert [r["ask"] for r in rows(site)] == [ask]
    site.sign_in("analyst")
    assert rows(site) == []
    assert ask not in site.get("/translations")
    hidden, absent = site.get(f"/translations/{ask}", 404), site.get(f"/translations/{NO_SUCH}", 404)
    assert hidden.replace(ask, "") == absent.replace(NO_SUCH, "")
    no = site.api(f"/api/records/{record}/translation", {"to": "fr"}, status=422)
    assert no["code"] == site.api(f"/api/records/{NO_SUCH}/translation", {"to": "fr"}, status=422)["code"]


def test_a_record_in_a_foreign_language_has_a_gist_marked_as_the_machines_and_never_kept(site: Site) -> None:
    bears = {"level": "restricted", "audience": ["ML"]}
    said: dict[str, Any] = {"statement_type": "allegation", "place": {"name": "غاو"}}
    sent = {"kind": "statement", "title": "الإرهابيون في غاو", "text": TEXT, "label": bears, "fields": said}
    record = site.api("/api/records", sent, status=201)["id"]
    assert 'id="gist"' not in site.get(f"/record/{record}")
    site.read_in("fr")
    page = site.get(f"/record/{record}")
    assert "Fait par la machine" in page or "machine" in page.partition('id="gist"')[2][:400]
    gist = page.partition('id="gist"')[2].partition("</section>")[0]
    assert "allégation" in gist
    assert "Mots chargés, de l&#39;auteur lui-même" in gist
    assert "«الإرهابيون» (terroriste)" in gist
    assert site.api("/api/records?kind=translation")["rows"] == []


def test_a_text_without_a_record_is_asked_for_and_stays_here(site: Site) -> None:
    sent = {"title": "برقية", "text": TEXT, "written": "ar", "to": "fr", "level": "confidential"}
    place = site.post("/translations", sent).headers["location"]
    assert "الإرهابيين" in site.get(place)
    site.sign_in("release", "fr")
    site.post(place, {"do": "return", "title": "Dépêche", "text": FRENCH})
    site.sign_in("legal", "fr")
    site.post(place, {"do": "certify", "share": "yes"})
    made = site.api(f"/api/records/{rows(site)[0]['translation']}")
    assert made["label"]["audience"] == ["ML"]


def test_the_desk_speaks_three_languages(site: Site) -> None:
    ask = asked(site, report(site))
    for lang in LANGS:
        site.read_in(lang)
        for path in ("/translations", f"/translations/{ask}"):
            assert "⟦" not in site.get(path)
