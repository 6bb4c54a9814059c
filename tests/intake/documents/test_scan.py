"""Scans read by the installed program, drawn by a browser as print is: Arabic, French, English."""

from __future__ import annotations

from difflib import SequenceMatcher
from importlib.resources import files

import pytest
from playwright.sync_api import Browser

from tansiq.intake.documents.extract import extract
from tansiq.intake.documents.faults import NoOcr
from tansiq.intake.documents.ocr import Ocr, installed
from tests.pages.conftest import browser

__all__ = ["browser"]

pytestmark = [pytest.mark.browser, pytest.mark.edge, pytest.mark.xdist_group("gallery")]
REPORTS = files("tansiq").joinpath("samples", "reports")
STYLE = "font: 22px/1.8 serif; margin: 60px"


@pytest.fixture(scope="module")
def program() -> Ocr:
    try:
        found = installed()
    except NoOcr:
        pytest.skip("tesseract is not installed here")
    if set(found.languages) != {"ara", "fra", "eng"}:
        pytest.skip("tesseract has not all of Arabic, French, English here")
    return found


def scanned(browser: Browser, text: str, way: str) -> bytes:
    """A picture of a printed page."""
    page = browser.new_page(viewport={"width": 900, "height": 1000}, device_scale_factor=2)
    lines = "".join(f"<p>{line}</p>" for line in text.splitlines() if line.strip())
    page.set_content(f'<html dir="{way}"><body style="{STYLE}">{lines}</body></html>')
    picture = page.screenshot(full_page=True)
    page.close()
    return picture


@pytest.mark.parametrize(
    ("name", "way", "share"),
    [
        ("ar-02-ammunition-relay.txt", "rtl", 0.85),
        ("fr-01-munitions-reprise.txt", "ltr", 0.95),
        ("en-01-caravan-wire.txt", "ltr", 0.95),
    ],
)
def test_a_printed_page_is_read_in_its_own_letters(
    browser: Browser, program: Ocr, name: str, way: str, share: float
) -> None:
    text = REPORTS.joinpath(name).read_text(encoding="utf8")
    found = extract(scanned(browser, text, way), "page.png", ocr=lambda: program).documents[0]
    matched = SequenceMatcher(None, text.split(), found.text.split(), autojunk=False).get_matching_blocks()
    assert sum(block.size for block in matched) >= share * len(text.split())
    assert found.flags == ("ocr",)
