"""The guides and the decisions: there, in step across languages, and true to the house."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.samples.forms import arabic_share

DOCS = Path(__file__).resolve().parents[2] / "docs"
PAGES = ("card.md", "demonstration.md", "keeping.md", "ceremony.md", "day.md")


def text(lang: str, page: str) -> str:
    """Return a page of the guide."""
    return (DOCS / "guide" / lang / page).read_text(encoding="utf8")


@pytest.mark.parametrize("page", PAGES)
def test_a_page_has_the_same_parts_in_three_languages(page: str) -> None:
    shapes = [
        (len(re.findall(r"^#+ ", body, re.M)), body.count("\n| "), len(re.findall(r"^\*\*\d", body, re.M)))
        for body in (text(lang, page) for lang in ("ar", "fr", "en"))
    ]
    assert shapes[0] == shapes[1] == shapes[2]


@pytest.mark.parametrize("page", PAGES)
def test_the_arabic_page_runs_from_right_to_left_in_arabic(page: str) -> None:
    assert text("ar", page).startswith('<div dir="rtl">\n')
    assert arabic_share(text("ar", page)) > 0.8
    assert arabic_share(text("fr", page) + text("en", page)) == 0


@pytest.mark.parametrize("lang", ["ar", "fr", "en"])
def test_the_quick_card_fits_two_sheets(lang: str) -> None:
    assert len(text(lang, "card.md").split()) <= 800


@pytest.mark.parametrize("lang", ["ar", "fr", "en"])
def test_the_path_has_thirteen_steps(lang: str) -> None:
    steps = re.findall(r"^\*\*(\d+) ", text(lang, "demonstration.md"), re.M)
    assert steps == [str(n) for n in range(1, 14)]


def test_every_decision_is_listed_short_and_says_what_it_costs() -> None:
    pages = sorted((DOCS / "adr").glob("0*.md"))
    listed = (DOCS / "adr" / "README.md").read_text(encoding="utf8")
    assert len(pages) >= 6
    for page in pages:
        body = page.read_text(encoding="utf8")
        assert f"({page.name})" in listed
        assert "\n## What it costs\n" in body
        assert len(body.splitlines()) <= 60
