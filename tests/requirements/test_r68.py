"""R68: one screen in three languages; a translation shows human or machine and its own release."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.requirements.office import sign, standing
from tests.web.site import Site

SENTENCE = "تقول الصحيفة إن باريس تضغط على الدول الأضعف في القارة السمراء."


@pytest.fixture
def site(tmp_path: Path) -> Iterator[Site]:
    made = Site(tmp_path)
    with made.client:
        made.sign_in("release")
        yield made


def translated(site: Site, record: str, text: str) -> str:
    ask = site.api(f"/api/records/{record}/translation", {"to": "fr"}, status=201)["id"]
    site.sign_in("interpreter")
    site.api(f"/api/translations/{ask}", {"do": "return", "title": "Dépêche", "text": text})
    site.sign_in("release")
    found: list[dict[str, Any]] = site.api("/api/boards/translations")["rows"]
    return str(found[0]["translation"])


def test_r68_the_same_screen_speaks_three_languages_in_their_own_direction(site: Site) -> None:
    """Arabic runs from the right, French and English from the left; no message is missing in any of them."""
    record = sign(site, "press", "ضغط على دول الساحل", text=SENTENCE)
    for lang, side in (("ar", "rtl"), ("fr", "ltr"), ("en", "ltr")):
        site.read_in(lang)  # type: ignore[arg-type]
        for path in ("/today", "/translations", f"/record/{record}"):
            page = site.get(path)
            assert f'lang="{lang}"' in page
            assert f'dir="{side}"' in page
            assert "⟦" not in page


def test_r68_a_translation_shows_whether_a_person_or_a_machine_made_it(site: Site) -> None:
    record = sign(site, "press", "ضغط على دول الساحل", text=SENTENCE)
    made = translated(site, record, "Paris presse les États les plus faibles du continent noir.")
    words = {s["of"]: s["word"] for s in standing(site, made)["states"]}
    assert words == {"self": "by-person", "certificate": "uncertified"}


def test_r68_a_translation_has_its_own_release_and_goes_no_further_than_its_original(site: Site) -> None:
    record = sign(site, "press", "ضغط على دول الساحل", to=("ML", "NE"), text=SENTENCE)
    made = translated(site, record, "Paris presse les États les plus faibles du continent noir.")
    assert site.api(f"/api/records/{made}")["label"]["audience"] == ["ML"]
    ask = site.api("/api/boards/translations")["rows"][0]["ask"]
    site.api(f"/api/translations/{ask}", {"do": "certify"})
    told = site.api(f"/api/records/{made}")
    assert (told["label"]["audience"], told["derived_from"]) == (["ML", "NE"], [record])


def test_r68_loaded_words_are_the_authors_and_a_translation_that_drops_them_says_so(site: Site) -> None:
    """X.11: the weaker states and the dark continent are the author's words; translations say so."""
    record = sign(site, "press", "ضغط على دول الساحل", text=SENTENCE)
    made = translated(site, record, "Paris presse certains États du continent africain.")
    fields = site.api(f"/api/records/{made}")["fields"]
    assert fields["loaded_words"] == ["الدول الأضعف", "القارة السمراء"]
    flags = {f["code"]: f["about"] for f in standing(site, made)["flags"]}
    assert flags == {"LOADED_WORD_LOST": {"words": ["الدول الأضعف", "القارة السمراء"]}}
