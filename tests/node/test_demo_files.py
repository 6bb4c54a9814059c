"""The files that the demonstration drops: a PDF with its text, an e-mail with its attachment."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tansiq.intake.documents.extract import extract
from tansiq.node.demo.files import ARTICLE, ATTACHED, LETTER, WHY, letter_of, pdf_of
from tansiq.node.demo.texts import texts
from tansiq.work.take_files import read_waiting
from tests.web.site import Site

REPORTS = Path(__file__).parents[2] / "src" / "tansiq" / "samples" / "reports"


@pytest.fixture
def site(tmp_path: Path) -> Iterator[Site]:
    made = Site(tmp_path, texts().report.party)
    with made.client:
        made.sign_in("release")
        yield made


def sample(name: str) -> str:
    return (REPORTS / f"{name}.txt").read_text(encoding="utf8")


def words(text: str) -> list[str]:
    return [w for w in text.replace("\u202f", " ").split() if any(c.isalpha() for c in w)]


def test_the_pdf_holds_every_word_of_its_article_on_its_pages() -> None:
    made = pdf_of(sample(ARTICLE))
    (found,) = extract(made, "x.pdf").documents
    assert found.format == "pdf"
    assert words(found.text) == words(sample(ARTICLE))
    assert pdf_of(sample(ARTICLE)) == made


def test_the_letter_and_its_attachment_become_drafts(site: Site) -> None:
    files = {"file": ("x.eml", letter_of(LETTER, ATTACHED))}
    made = site.client.post("/api/intake/file", files=files).json()
    assert "ميناكا" in site.api(f"/api/intake/{made['id']}")["text"]
    inner = next(f for f in site.api("/api/intake")["files"] if f["name"] == f"{ATTACHED}.txt")
    assert inner["state"] == "waiting"
    assert read_waiting(site.node.desk("release"), inner["id"]) is not None
    inner = next(f for f in site.api("/api/intake")["files"] if f["name"] == f"{ATTACHED}.txt")
    assert words(site.api(f"/api/intake/{inner['drafts'][0]}")["text"]) == words(sample(ATTACHED))


def test_the_day_of_the_paper_is_entered_and_a_gap_of_it_asked_for(site: Site) -> None:
    files = {"file": ("x.pdf", pdf_of(sample(ARTICLE)))}
    made = site.client.post("/api/intake/file", files=files).json()
    draft = site.api(f"/api/intake/{made['id']}/published", {"lo": "2029-03-27", "why": WHY})
    assert draft["machine"]["published"]["basis"] == "given"
    assert site.api(f"/api/intake/{made['id']}/gap", {"gap": 0}, 201)["rfi"]
