"""Day of publication, grade, gaps, origins and names in a real browser: they read well, wide and narrow."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tansiq.base.messages import Lang
from tests.pages.officer import OVER
from tests.pages.test_intake_desk import OPEN_LAYOUT
from tests.requirements.office import sign
from tests.requirements.test_r07 import three
from tests.requirements.test_r09 import real, traps
from tests.requirements.test_r10 import CUT
from tests.requirements.test_r11 import UNDATED
from tests.web.browsed import served, watched
from tests.web.site import Site

pytestmark = [pytest.mark.browser, pytest.mark.edge, pytest.mark.xdist_group("gallery")]


@pytest.fixture
def site(tmp_path: Path) -> Iterator[Site]:
    made = Site(tmp_path)
    with made.client:
        made.sign_in("release")
        yield made


def furnished(site: Site) -> tuple[str, str, str]:
    """Two drafts, one with gaps asked for, and a report with a gap; claims and contradictions beside them."""
    three(site)
    real(site)
    traps(site)
    sign(site, "body", "لجنة الأركان العملياتية المشتركة", ("ML",))
    cut = str(site.api("/api/intake", {"name": "مبتور", "text": CUT}, 201)["id"])
    site.api(f"/api/intake/{cut}/gap", {"gap": 0}, 201)
    dated = str(site.api("/api/intake", {"name": "مؤرخ", "text": UNDATED}, 201)["id"])
    site.api(f"/api/intake/{dated}/published", {"lo": "2031-02-18", "hi": "2031-02-20", "why": "الغلاف"})
    third = str(site.api("/api/intake", {"name": "ثالث", "text": CUT}, 201)["id"])
    label = {"level": "restricted", "audience": ["ML"]}
    report = site.api(f"/api/intake/{third}/release", {"label": label}, 201)["id"]
    return cut, dated, str(report)


@pytest.mark.parametrize(("lang", "width"), OPEN_LAYOUT)
def test_what_stands_side_by_side_reads_well(site: Site, browser: Browser, lang: Lang, width: int) -> None:
    cut, dated, report = furnished(site)
    site.read_in(lang)
    pages = {
        "gaps": f"/intake/{cut}", "dated": f"/intake/{dated}", "report": f"/record/{report}",
        "compare": "/compare", "requirements": "/requirements", "names": "/search?q=CEMOC",
    }  # fmt: skip
    with served(site) as origin:
        seen = watched(browser, site, origin, width=width)
        for name, path in pages.items():
            seen.page.goto(origin + path)
            seen.page.eval_on_selector_all(
                "#published details", "all => all.forEach((d) => { d.open = true; })"
            )
            assert seen.page.evaluate(OVER) <= 0, path
            assert seen.barriers() == [], path
            seen.keep(f"side-{name}-{lang}-{width}")
        assert (seen.faults, seen.strangers) == ([], [])
        seen.context.close()


def test_the_day_of_publication_is_entered_and_a_gap_asked_for_by_hand(site: Site, browser: Browser) -> None:
    made = str(site.api("/api/intake", {"name": "مؤرخ", "text": UNDATED}, 201)["id"])
    with served(site) as origin:
        seen = watched(browser, site, origin)
        page = seen.page
        page.goto(f"{origin}/intake/{made}")
        page.click("#published summary")
        page.fill('#published [name="lo"]', "2031-02-20")
        page.fill('#published [name="hi"]', "2031-02-20")
        page.fill('#published [name="why"]', "تاريخ العدد")
        with page.expect_navigation():
            page.click('#published button[value="enter"]')
        assert "2031" in page.locator("#published .days").inner_text()
        with page.expect_navigation():
            page.click('#grading button[value="grade"]')
        chosen = page.locator('[name="grade.reliability"]').input_value()
        assert chosen
        assert chosen in "ABCDEF"
        seen.context.close()
