"""R07: corroboration counts independent origins, not copies."""

from __future__ import annotations

from html import unescape
from pathlib import Path
from typing import Any

import pytest

from tansiq.base.messages import LANGS, Lang
from tests.requirements.office import facts, flags, refused, sign, standing
from tests.web.site import Site

CLAIM = "CL-01"
ANNOUNCED = [{"name": "وزارة الدفاع الليبية", "source_kind": "ministry"}]
NAMELESS = [{"name": "مصدر أمني", "source_kind": "unnamed_source", "anonymous": True}]
TWO = {"reliability": "B", "credibility": "2"}
ONE = {"reliability": "B", "credibility": "1"}


def press(site: Site, outlet: str, chain: list[dict[str, Any]], **more: Any) -> str:
    """A press item that speaks to the claim."""
    said = {"outlet": outlet, "source_chain": chain, "claim_ref": CLAIM}
    return sign(site, "press", f"{outlet}: صواريخ مفقودة", ("ML",), **(said | more))


def claim(site: Site) -> tuple[int, int]:
    """The number of origins of the claim, and of copies."""
    (row,) = site.api(f"/api/boards/origins?claim={CLAIM}")["rows"]
    return row["origins"], row["copies"]


def three(site: Site) -> list[str]:
    """Three press items that cite one announcement, by two names of who made it."""
    return [press(site, outlet, ANNOUNCED) for outlet in ("الأفق", "Le Fanal", "بريد الرمال")]


def test_r07_three_press_items_of_one_announcement_are_one_origin_and_three_copies(office: Site) -> None:
    items = three(office)
    assert claim(office) == (1, 3)
    fact = next(f for f in standing(office, items[0])["facts"] if f["name"] == "origins")
    assert (fact["value"], fact["about"]["copies"]) == (1, 3)


def test_r07_they_cannot_raise_credibility_to_1(office: Site) -> None:
    three(office)
    said = {"outlet": "رابعة", "source_chain": ANNOUNCED, "claim_ref": CLAIM}
    no = refused(office, "press", "رابعة", ("ML",), **said, grade=ONE)
    assert (no["code"], no["where"], no["clause"]) == ("grade.one-origin", "2", "R07")
    press(office, "خامسة", ANNOUNCED, grade=TWO)


def test_r07_a_second_origin_lets_credibility_reach_1(office: Site) -> None:
    three(office)
    patrol = sign(office, "report", "دورية رأت الصناديق", ("ML",), claim_ref=CLAIM, grade=TWO)
    assert claim(office)[0] == 2
    assert facts(office, patrol)["best_credibility"] == "1"
    press(office, "سادسة", ANNOUNCED, grade=ONE)


def test_r07_one_announcer_under_two_names_is_one_origin(office: Site) -> None:
    press(office, "أولى", [{"name": "داعش", "source_kind": "official"}])
    press(office, "Deuxième", [{"name": "État islamique", "source_kind": "official"}])
    assert claim(office) == (1, 2)


def test_r07_outlets_that_cite_nobody_by_name_prove_no_second_origin(office: Site) -> None:
    press(office, "أولى", NAMELESS)
    second = press(office, "ثانية", NAMELESS, grade={"reliability": "F", "credibility": "3"})
    assert claim(office) == (1, 2)
    assert facts(office, second)["best_credibility"] == "3"


def test_r07_what_is_confirmed_by_its_own_copies_opens_an_alarm(office: Site) -> None:
    first = press(office, "أولى", NAMELESS)
    copy = press(office, "ثانية", NAMELESS, derived_from=[first])
    assert facts(office, first)["copies"] == 1
    said = {"claim_ref": CLAIM, "derived_from": [first, copy]}
    assert refused(office, "report", "مؤكد من مصدرين", ("ML",), **said, grade=ONE)["where"] == "3"
    ours = sign(office, "report", "مؤكد من مصدرين", ("ML",), **said, grade=TWO | {"credibility": "3"})
    assert "CIRCULAR" in flags(office, ours)
    (opened,) = [o for o in standing(office, ours)["opens"] if o["what"] == "circular_alarm"]
    assert set(opened["between"]) == {first, copy, ours}
    assert claim(office)[0] == 1


def test_r07_an_assessment_tells_on_how_many_origins_it_rests(office: Site) -> None:
    items = three(office)
    made = sign(office, "assessment", "تقدير", ("ML",), sources_=tuple(items))
    fact = next(f for f in standing(office, made)["facts"] if f["name"] == "origins")
    assert (fact["value"], fact["about"]["copies"]) == (1, 3)


@pytest.mark.parametrize("lang", LANGS)
def test_r07_the_page_tells_origins_and_copies(office: Site, lang: Lang) -> None:
    three(office)
    office.read_in(lang)
    page = unescape(office.get("/compare"))
    assert "⟦" not in page
    words = {
        "ar": ("مصادر أصلية: ", "نُسخ: "),
        "fr": ("origines : ", "copies : "),
        "en": ("origins: ", "copies: "),
    }
    plain = page.replace("\u2068", "").replace("\u2069", "")
    for each, number in zip(words[lang], "13", strict=True):
        assert f"{each}{number}" in plain


SEEDS = Path(__file__).parents[3] / "shared" / "seeds"


@pytest.mark.skipif(not SEEDS.is_dir(), reason="../shared absent")
def test_r07_the_third_article_counts_as_one_origin(office: Site) -> None:
    text = next(SEEDS.glob("003_*.txt")).read_text(encoding="utf8")
    made = office.api("/api/intake", {"name": "003.txt", "text": text}, 201)["id"]
    label = {"level": "restricted", "audience": ["ML"]}
    report = office.api(f"/api/intake/{made}/release", {"label": label}, 201)["id"]
    again = sign(office, "assessment", "تقدير", ("ML",), sources_=(report, press(office, "ناقلة", [
        {"name": "صحيفة الخبر الجزائرية (El Khabar)", "source_kind": "newspaper", "relays": 1}, *NAMELESS,
    ])))  # fmt: skip
    fact = next(f for f in standing(office, again)["facts"] if f["name"] == "origins")
    assert fact["value"] == 1
