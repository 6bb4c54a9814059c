"""The import page in a real browser, in Arabic: paste, see what is wrong at its cell, correct, sign."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.pages.browser import browsing
from tests.web.browsed import served, watched
from tests.web.site import Site

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("talk")]

CELLS = "العنوان\tالنص\nكمين قرب Gao\tوصلت القافلة\n\tبلا عنوان\n"


def test_pasted_rows_are_corrected_at_their_cell_and_signed(tmp_path: Path) -> None:
    site = Site(tmp_path)
    with site.client, browsing() as browser:
        site.sign_in("duty")
        with served(site) as origin:
            seen = watched(browser, site, origin)
            seen.page.goto(f"{origin}/sheets")
            seen.page.select_option("[name=kind]", "report")
            seen.page.fill("[name=cells]", CELLS)
            seen.page.click("main form button[type=submit]")
            seen.page.wait_for_selector("[name='c.1.0']")
            assert seen.barriers() == []
            seen.page.fill("[name='c.1.0']", "عنوان صحيح")
            seen.page.click("button[value=correct]")
            seen.page.wait_for_selector("[name=row][value='1']")
            for row in ("0", "1"):
                seen.page.check(f"[name=row][value='{row}']")
            seen.page.check("[name='l.audience'][value=NE]")
            seen.page.click("button[value=sign]")
            seen.page.wait_for_selector("td a[href^='/record/']")
            assert seen.page.locator("td a[href^='/record/']").count() == 2
            assert seen.page.evaluate("getComputedStyle(document.documentElement).direction") == "rtl"
            assert (seen.faults, seen.strangers) == ([], [])
            seen.keep("sheet-ar")
            seen.context.close()
