"""How a draft is read on its page: days, units and places to look at, in the officer's own language."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from tansiq.base.messages import LANGS, Lang, messages
from tansiq.language.lexicon import rows
from tests.web.site import Site

TEXT = """نواكشوط، 18 نوفمبر 2026 — تعهدت الحكومة الموريتانية بحفر أربع آبار في باسكنو قبل نهاية السنة.
واتفق الطرفان على عقد لقاء في باسكنو يوم 15 ديسمبر 2026."""
DAYS = {
    "ar": ("15 دجمبر 2026", "31 دجمبر 2026", "4 آبار"),
    "fr": ("15 décembre 2026", "31 décembre 2026", "4 puits"),
    "en": ("15 December 2026", "31 December 2026", "4 wells"),
}
FORM: dict[str, str] = {"l.level": "restricted", "l.audience": "ML"}


@pytest.fixture
def site(tmp_path: Path) -> Iterator[Site]:
    made = Site(tmp_path, "MR")
    with made.client:
        made.sign_in("duty")
        yield made


def says(page: str) -> list[str]:
    """What stands in one line for each proposed item."""
    return [re.sub(r"<[^>]*>", "", line) for line in re.findall(r'<p class="says">(.*?)</p>', page, re.S)]


@pytest.mark.parametrize("lang", LANGS)
def test_days_and_units_of_a_draft_are_read_in_words(site: Site, lang: Lang) -> None:
    made = site.api("/api/intake", {"name": "t", "text": TEXT}, 201)["id"]
    site.read_in(lang)
    lines = "\n".join(says(site.get(f"/intake/{made}")))
    assert not re.search(r"\d{4}-\d\d-\d\d", lines)
    assert [word for word in DAYS[lang] if word not in lines] == [], lines


@pytest.mark.parametrize("lang", LANGS)
def test_days_and_units_are_read_in_words_on_the_record_too(site: Site, lang: Lang) -> None:
    made = site.api("/api/intake", {"name": "t", "text": TEXT}, 201)["id"]
    sent = site.post(f"/intake/{made}/release", FORM)
    site.read_in(lang)
    drawn = site.get(sent.headers["location"].partition("#")[0]).partition('id="evidence"')[2]
    found = drawn or site.get(sent.headers["location"].partition("#")[0])
    assert [word for word in DAYS[lang] if word not in found] == []


def test_every_unit_that_a_text_can_be_read_in_has_words_in_each_language() -> None:
    units = {r["value"] for r in rows("units.psv") if r["kind"] == "unit"}
    for lang in LANGS:
        assert {u for u in units if f"gist.unit.{u}" not in messages(lang)} == set()


def test_who_would_see_it_is_shown_where_one_looks_after_asking(site: Site) -> None:
    made = site.api("/api/intake", {"name": "t", "text": TEXT}, 201)["id"]
    page = site.get(f"/intake/{made}")
    assert f'formaction="/intake/{made}#who-sees"' in page
    assert page.partition('id="who-sees"')[2].partition("<section")[2].startswith(' class="readers"')


@pytest.mark.parametrize(
    ("said", "control"),
    [
        ({"do": "save", "title": "آخر"}, 'name="why"'),
        ({"only": "statements.0", "statements.0.text": "آخر"}, 'name="why.statements.0"'),
        ({"do": "save", "title": ""}, 'name="title"'),
        ({"only": "events.0", "events.0.lo": "غدا", "why.events.0": "تمرين"}, 'name="events.0.lo"'),
    ],
)
def test_the_focus_comes_to_the_field_that_was_refused(
    site: Site, said: dict[str, str], control: str
) -> None:
    made = site.api("/api/intake", {"name": "t", "text": TEXT}, 201)["id"]
    answer = site.post(f"/intake/{made}", said, 422)
    assert 'id="who-sees"' not in answer.text  # where that is, a browser goes there instead
    [focused] = re.findall(r"<[^>]*\sautofocus[^>]*>", answer.text)
    assert control in focused
    assert 'aria-invalid="true"' in focused
    wrong = re.search(r'aria-describedby="([^"]*)"', focused)
    assert wrong is not None
    assert all(f'id="{name}"' in answer.text for name in wrong[1].split())
    around = answer.text[: answer.text.index(focused)].rpartition("<details")[2]
    assert "</details>" in around or " open" in around.partition(">")[0]


def test_a_refused_day_of_publication_stands_again_with_the_focus(site: Site) -> None:
    made = site.api("/api/intake", {"name": "t", "text": TEXT}, 201)["id"]
    answer = site.post(
        f"/intake/{made}/published", {"lo": "أمس", "hi": "", "why": "من الجريدة", "do": "enter"}, 422
    )
    [focused] = re.findall(r"<[^>]*\sautofocus[^>]*>", answer.text)
    assert 'name="lo"' in focused
    assert 'value="أمس"' in focused
    assert 'value="من الجريدة"' in answer.text


@pytest.mark.parametrize("lang", LANGS)
def test_the_example_in_an_empty_day_cannot_be_taken_for_a_day(site: Site, lang: Lang) -> None:
    made = site.api("/api/intake", {"name": "t", "text": TEXT}, 201)["id"]
    site.read_in(lang)
    page = site.get(f"/intake/{made}")
    assert 'placeholder="2' not in page
    assert len(re.findall(r'placeholder="[^"0-9]+\d{4}-', page)) >= 2
