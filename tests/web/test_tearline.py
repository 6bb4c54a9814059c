"""The tearline's page: what leaks is shown on both sides, and held back until it is changed or justified."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tansiq.base.messages import LANGS, Lang
from tansiq.model.label import label
from tansiq.store.values import JournalEntry
from tests.store.making import Maker
from tests.web.site import Site
from tests.work.nodes import done, put

FORM = {"l.level": ["restricted"], "l.audience": ["ML", "FR"], "title": ["Extrait"], "do": ["sign"]}

PLAIN = {
    "kind": "tearline",
    "title": "Extrait",
    "text": "Kidal",
    "label": {"level": "restricted", "audience": ["ML", "FR"]},
}


@pytest.fixture
def site(tmp_path: Path) -> Iterator[Site]:
    made = Site(tmp_path)
    with made.client:
        yield made


def basis(site: Site) -> str:
    text = "شوهدت أربعون شاحنة قرب كيدال مع يونس صالح"
    return done(put(site.node.desk("release"), "تحرك", to=("ML", "NE"), fields={"text": text}))


@pytest.mark.parametrize("lang", LANGS)
def test_a_leak_stands_on_the_page_with_its_words_and_places_on_both_sides(site: Site, lang: Lang) -> None:
    record = basis(site)
    site.sign_in("release", lang)
    sent = FORM | {"text": ["Quarante camions vers Kidal"], "do": ["preview"]}
    page = site.post(f"/record/{record}/tearline", sent, 200).text
    assert "⟦" not in page
    assert "<mark>كيدال</mark>" in page
    assert "<mark>Kidal</mark>" in page
    assert 'value="number:Quarante"' in page
    assert 'id="readers"' in page


def test_what_leaks_is_signed_only_when_each_leak_is_justified(site: Site) -> None:
    record = basis(site)
    site.sign_in("release")
    leaking = FORM | {"text": ["Quarante camions vers Kidal"]}
    assert "tearline.justified" not in [e.act for e in journal(site)]
    refused = site.post(f"/record/{record}/tearline", leaking, 422).text
    assert "في النص ما تسرّب من الأصل" in refused
    leak = {"leak": ["number:Quarante", "place:Kidal"]}
    site.post(f"/record/{record}/tearline", leaking | leak | {"why": ["معلن", " "]}, 422)
    made = site.post(f"/record/{record}/tearline", leaking | leak | {"why": ["معلن", "معلن في الصحف"]})
    assert "Extrait" in site.get(made.headers["location"])
    noted = [e.detail for e in journal(site) if e.act == "tearline.justified"]
    assert sorted(noted) == ["number:Quarante = معلن", "place:Kidal = معلن في الصحف"]


def test_text_without_leaks_is_signed_at_once_and_by_program_too(site: Site) -> None:
    record = basis(site)
    site.sign_in("release")
    site.post(f"/record/{record}/tearline", FORM | {"text": ["Un mouvement commercial est attendu"]})
    asked = {"title": "Extrait", "text": "Kidal", "label": {"audience": ["ML", "FR"]}}
    refused = site.api(f"/api/records/{record}/tearline", asked, 422)
    assert (refused["code"], refused["where"]) == ("tearline.leaks", "place:Kidal")
    told = asked | {"text": "Rien", "forbidden": ["rien"]}
    assert site.api(f"/api/records/{record}/tearline", told, 422)["where"] == "term:Rien"
    site.api(f"/api/records/{record}/tearline", asked | {"text": "Rien"}, 201)


@pytest.mark.parametrize("door", ["form", "program"])
def test_no_door_signs_a_tearline_that_names_nothing_it_is_written_of(site: Site, door: str) -> None:
    basis(site)
    site.sign_in("release")
    if door == "form":
        refused = site.post("/records/tearline/new", FORM | {"f.title": ["Kidal"], "f.text": ["Kidal"]}, 422)
        assert "يُكتب المقتطف" in refused.text
        return
    assert site.api("/api/records", PLAIN, 422)["code"] == "tearline.no-basis"


def test_the_plain_door_of_programs_holds_a_tearline_against_its_basis(site: Site) -> None:
    record = basis(site)
    site.sign_in("release")
    asked = PLAIN | {"basis": [record]}
    refused = site.api("/api/records", asked, 422)
    assert (refused["code"], refused["where"]) == ("tearline.leaks", "place:Kidal")
    blank = asked | {"justified": {"place:Kidal": " "}}
    assert site.api("/api/records", blank, 422)["code"] == "tearline.leaks"
    forbidden = asked | {"text": "Rien", "forbidden": ["rien"]}
    assert site.api("/api/records", forbidden, 422)["where"] == "term:Rien"
    site.api("/api/records", asked | {"justified": {"place:Kidal": "معلن"}}, 201)
    assert [e.detail for e in journal(site) if e.act == "tearline.justified"] == ["place:Kidal = معلن"]


@pytest.mark.parametrize("door", ["form", "program"])
def test_a_correction_of_a_tearline_is_held_against_the_same_basis(site: Site, door: str) -> None:
    record = basis(site)
    site.sign_in("release")
    line = site.api(f"/api/records/{record}/tearline", {k: PLAIN[k] for k in ("title", "label")}, 201)["id"]
    if door == "form":
        said = {"f.title": ["Extrait"], "f.text": ["Quarante camions"]}
        page = site.post(f"/record/{line}/edit", FORM | said, 422)
        assert "في النص ما تسرّب من الأصل" in page.text
        site.post(f"/record/{line}/edit", FORM | said | {"f.text": ["Rien"]})
        return
    put_to = f"/api/records/{line}/versions"
    assert site.api(put_to, PLAIN, 422)["where"] == "place:Kidal"
    site.api(put_to, PLAIN | {"text": "Rien"}, 200)


def journal(site: Site) -> list[JournalEntry]:
    with site.node.store.read() as rx:
        return list(rx.journal_entries())


def test_who_is_shown_an_extract_and_not_its_basis_can_release_it(site: Site) -> None:
    line = Maker("extract")("مقتطف", originator="NE", bears=label(["ML", "NE"]))
    with site.node.store.write() as tx:
        tx.append(line, received_ms=line.header.created_ms)
    there = f"/record/{line.header.record_id}"
    site.sign_in("duty")
    assert f"{there}/let-go" not in site.get(there)
    site.sign_in("release")
    assert f"{there}/let-go" in site.get(there)
    site.post(f"{there}/let-go", {})
    assert f"{there}/let-go" not in site.get(there)
    site.post(f"{there}/let-go", {}, 422)


def test_above_the_line_stand_title_and_text_and_the_machines_words_of_the_fields_apart(site: Site) -> None:
    place: dict[str, object] = {"place": {"name": "غاو", "country": "ML"}}
    text = "شوهدت أربعون شاحنة"
    record = done(put(site.node.desk("release"), "تحرك", to=("ML", "NE"), fields=place | {"text": text}))
    site.sign_in("release")
    above, _, rest = site.get(f"/record/{record}/tearline").partition(
        "<details><summary>ما تقوله الحقول الأخرى"
    )
    assert text in above
    assert "غاو" not in above
    assert "غاو" in rest.partition("</details>")[0]
    sent = FORM | {"text": ["Vers Gao"], "do": ["preview"]}
    opened = site.post(f"/record/{record}/tearline", sent, 200).text
    assert "<details open><summary>ما تقوله" in opened
    assert "<mark>غاو</mark>" in opened
