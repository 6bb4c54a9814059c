"""Beside a draft: where its text is from and what may be wrong in it, and what is proposed for quarantine."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape
from pathlib import Path

import pytest
from msgspec.structs import replace

from tansiq.base.messages import LANGS, Lang
from tansiq.intake.documents.shape import Mark
from tansiq.work.intake_text import Intake, keep, take_text
from tests.web.site import Site

TEXT = (
    "قال مصدر أمني إن دورية عثرت يوم الاثنين على مخبأ أسلحة قرب ميناكا.\n"
    "وأضاف المصدر أن حزبا معارضا يدعم مرشحا للانتخابات الرئاسية المقبلة في مالي.\n"
)
POLITICS = "مرشحا للانتخابات"


@pytest.fixture
def site(tmp_path: Path) -> Iterator[Site]:
    made = Site(tmp_path, "MR")
    with made.client:
        made.sign_in("duty")
        yield made


def taken(site: Site) -> Intake:
    """The text taken in."""
    made = take_text(site.node.desk(), "خبر.txt", TEXT.encode())
    assert isinstance(made, Intake)
    return made


def panel(page: str, name: str) -> str:
    """The words of one panel of a page; blank where it is not there."""
    found = re.search(rf'<section class="panel stack" id="{name}">.*?</section>', page, re.DOTALL)
    return unescape(re.sub(r"<[^>]*>", " ", found[0])) if found else ""


@pytest.mark.parametrize("lang", LANGS)
def test_a_sentence_of_a_states_own_politics_is_proposed_for_quarantine(site: Site, lang: Lang) -> None:
    made = taken(site)
    site.read_in(lang)
    page = site.get(f"/intake/{made.id}")
    said = panel(page, "quarantine")
    assert "⟦" not in page
    assert POLITICS in said
    assert "مخبأ أسلحة" not in said


def test_what_is_kept_here_does_not_go_with_the_record(site: Site) -> None:
    made = taken(site)
    (held,) = {f"statements.{h.statement}" for h in made.file.machine.held}
    site.post(f"/intake/{made.id}", {"verdict": f"{held}=rejected"})
    draft = site.api(f"/api/intake/{made.id}")
    assert {i["address"]: i["outcome"] for i in draft["items"]}[held] == "rejected"
    said = panel(site.get(f"/intake/{made.id}"), "quarantine")
    assert "باقية هنا" in said
    assert "أبقها هنا" not in said


def test_a_text_without_politics_has_no_such_panel(site: Site) -> None:
    made = take_text(site.node.desk(), "خبر.txt", TEXT.partition("\n")[0].encode())
    assert isinstance(made, Intake)
    page = site.get(f"/intake/{made.id}")
    assert panel(page, "quarantine") == panel(page, "original") == ""


@pytest.mark.parametrize("lang", LANGS)
def test_what_was_read_from_a_picture_says_so_with_the_page_of_each_word(site: Site, lang: Lang) -> None:
    made, desk = taken(site), site.node.desk()
    second = TEXT.index("\n") + 1
    pages = (Mark(0, "page", 1), Mark(second, "page", 2))
    with site.node.store.write() as tx:
        keep(tx, desk, scanned(made, pages))
    site.read_in(lang)
    page = site.get(f"/intake/{made.id}")
    words = panel(page, "original")
    assert "⟦" not in page
    assert {"ar": "صورة", "fr": "image", "en": "picture"}[lang] in words
    shown = unescape(re.sub(r"<[^>]*>", " ", page))
    assert {"ar": "الصفحة 2", "fr": "page 2", "en": "page 2"}[lang] in shown


def scanned(made: Intake, pages: tuple[Mark, ...]) -> Intake:
    """The same text as one read from pictures, page by page."""
    return Intake(made.id, made.saved_ms, replace(made.file, pages=pages, flags=("ocr", "remote")))
