"""Summaries, dossiers and the question before a person's name in a real browser: wide and narrow."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tansiq.base.messages import Lang
from tests.pages.officer import OVER
from tests.pages.test_intake_desk import OPEN_LAYOUT
from tests.requirements.office import FOUR, SEVEN, sign
from tests.web.browsed import served, watched
from tests.web.site import Site

pytestmark = [pytest.mark.browser, pytest.mark.edge, pytest.mark.xdist_group("gallery")]
ASKED = "&".join(f"audience={party}" for party in SEVEN)


@pytest.fixture
def site(tmp_path: Path) -> Iterator[Site]:
    made = Site(tmp_path)
    with made.client:
        made.sign_in("release")
        yield made


def furnished(site: Site) -> tuple[str, str, str]:
    """A signed summary, a dossier, and a relation on a graded statement; one record stays with the four."""
    grade = {"reliability": "B", "credibility": "2"}
    said = sign(
        site, "statement", "قول عن الحلف", SEVEN, predicate="الجماعة حليفة لسماسرة التهريب",
        statement_type="claim", grade=grade,
    )  # fmt: skip
    sign(site, "report", "Réunion de Tamanrasset", FOUR, lang_="fr", text="Pour les quatre seuls.")
    sign(site, "event", "هجوم على مركز حدودي", SEVEN, event_type="attack", place={"name": "كيدال"})
    group = sign(site, "entity", "الجماعة المسلحة", SEVEN, subject_type="group")
    ends = {"relation_type": "allied-with", "subject_ref": group, "object": "سماسرة التهريب"}
    relation = sign(site, "relation", "حلف مع المهربين", SEVEN, sources_=[said], **ends)
    draft = site.api("/api/summaries", {"audience": [*SEVEN]}, status=201)["draft"]
    return str(site.api("/api/records", draft, status=201)["id"]), group, relation


@pytest.mark.parametrize(("lang", "width"), OPEN_LAYOUT)
def test_summaries_and_dossiers_read_well(site: Site, browser: Browser, lang: Lang, width: int) -> None:
    summary, group, relation = furnished(site)
    site.read_in(lang)
    pages = {
        "summaries": f"/summaries?since=2010-04-12&{ASKED}", "summary": f"/record/{summary}",
        "dossier": f"/record/{group}", "relation": f"/record/{relation}",
        "purpose": "/search?q=Pierre+Marchand",
    }  # fmt: skip
    with served(site) as origin:
        seen = watched(browser, site, origin, width=width)
        for name, path in pages.items():
            seen.page.goto(origin + path)
            assert seen.page.evaluate(OVER) <= 0, path
            assert seen.barriers() == [], path
            seen.keep(f"summary-{name}-{lang}-{width}")
        assert (seen.faults, seen.strangers) == ([], [])
        seen.context.close()


def test_a_summary_is_built_and_signed_by_hand(site: Site, browser: Browser) -> None:
    furnished(site)
    with served(site) as origin:
        seen = watched(browser, site, origin)
        page = seen.page
        page.goto(f"{origin}/summaries")
        for party in SEVEN:
            page.eval_on_selector_all("form.panel details", "all => all.forEach((d) => { d.open = true; })")
            page.check(f'form.panel input[name="audience"][value="{party}"]')
        page.fill('input[name="since"]', "2010-04-12")
        with page.expect_navigation():
            page.click("form.panel .actions button >> nth=0")
        assert "Réunion de Tamanrasset" in page.locator("#left-out").inner_text()
        assert "Réunion de Tamanrasset" not in page.locator("#paragraphs").inner_text()
        page.click("a.button[href='/records/intsum/new']")
        assert "هجوم على مركز حدودي" in page.content()
        seen.context.close()
