"""R04: aliases, scripts, month names: any name of a body or group opens one, any name of a month is one."""

from __future__ import annotations

from html import unescape
from typing import Any

import pytest

from tansiq.base.messages import LANGS, Lang
from tansiq.language.aliases import month_names, names
from tests.requirements.office import sign
from tests.web.site import Site

STAFF = (
    "لجنة الأركان العملياتية المشتركة",
    "هيئة أركان عملياتية مشتركة",
    "هيئة أركان مشتركة",
    "رئاسة أركان عملياتية مشتركة",
    "هذه القيادة المشتركة",
    "CEMOC",
    "Joint Operational Staff Committee",
)
GROUPS = {
    "AQIM": ("القاعدة", "القاعدة في بلاد المغرب الإسلامي", "AQMI", "AQIM"),
    "Islamic State": ("داعش", "تنظيم الدولة الإسلامية", "منظمة البغدادي", "ISIS", "État islamique"),
}
MONTHS = ("أوت 2009", "أغسطس 2009", "August 2009", "août 2009", "غشت 2009", "آب 2009")


def known(site: Site, phrase: str) -> dict[str, Any]:
    found: dict[str, Any] = site.client.get("/api/names", params={"q": phrase}).json()
    return found


def page(site: Site, phrase: str) -> str:
    answer = site.client.get("/search", params={"q": phrase})
    assert answer.status_code == 200
    return unescape(answer.text)


def test_r04_any_of_its_names_opens_one_body(office: Site) -> None:
    form = {"form": STAFF[0], "lang": "ar", "official": True}
    body = sign(office, "body", "Comité d'état-major opérationnel conjoint", ("ML",), names=[form])
    other = sign(office, "body", "وحدة الدمج والاتصال", ("ML",))
    for phrase in STAFF:
        assert known(office, phrase)["records"] == [body], phrase
        panel = page(office, phrase).partition('id="known"')[2].partition("</section>")[0]
        assert f"/record/{body}" in panel
        assert other not in panel


@pytest.mark.parametrize("group", GROUPS)
def test_r04_any_name_of_a_group_opens_one_dossier(office: Site, group: str) -> None:
    made = sign(office, "entity", GROUPS[group][1], ("ML",), subject_type="group")
    for phrase in GROUPS[group]:
        found = known(office, phrase)
        assert (found["canonical"], found["records"]) == (group, [made]), phrase


def test_r04_a_search_finds_what_is_written_under_another_name(office: Site) -> None:
    arabic = sign(office, "report", "خبر", ("ML",), text="أعلنت هيئة أركان مشتركة فتح الطريق")
    english = sign(office, "report", "Report", ("ML",), text="CEMOC opens the road", lang_="en")
    for phrase in ("CEMOC", "هيئة أركان مشتركة"):
        assert set(known(office, phrase)["rows"]) == {arabic, english}
        shown = page(office, phrase)
        assert f"/record/{arabic}" in shown
        assert f"/record/{english}" in shown


def test_r04_a_month_is_one_under_all_its_names(office: Site) -> None:
    texts = ("عقد الاجتماع في أوت 2009", "عقد الاجتماع في أغسطس 2009", "The meeting of August 2009")
    made = {sign(office, "report", "اجتماع", ("ML",), text=text) for text in texts}
    sign(office, "report", "آخر", ("ML",), text="عقد الاجتماع في أوت 2010")
    assert len({month_names(m) for m in MONTHS}) == 1
    for month in MONTHS:
        assert set(known(office, month)["rows"]) == made, month


def test_r04_a_body_of_the_officers_own_goes_by_the_names_he_gave_it(office: Site) -> None:
    forms = [{"form": "خلية الاتصال الرباعية", "lang": "ar"}, {"form": "Cellule quadripartite", "lang": "fr"}]
    made = sign(office, "body", "خلية الاتصال", ("ML",), names=forms)
    told = sign(office, "report", "خبر", ("ML",), text="La cellule quadripartite se réunit")
    found = known(office, "خلية الاتصال الرباعية")
    assert found["records"] == [made]
    assert told in found["rows"]


def test_r04_a_name_tells_nothing_of_what_the_reader_may_not_see(office: Site) -> None:
    sign(office, "body", STAFF[0], ("ML",))
    office.sign_in("auditor")
    assert known(office, "CEMOC").get("records", []) == []


def test_r04_what_names_nothing_opens_nothing(office: Site) -> None:
    for phrase in ("", "كلمة لا تسمي شيئا", "ا" * 400, "2009"):
        assert known(office, phrase)["records"] == []
    assert names().entry("مصدر") is None


@pytest.mark.parametrize("lang", LANGS)
def test_r04_the_panel_reads_in_each_language(office: Site, lang: Lang) -> None:
    office.read_in(lang)
    shown = page(office, "CEMOC")
    assert "⟦" not in shown
    assert 'id="known"' in shown
