"""Boards of forces, arms, requirements, warnings in a real browser: no barrier, no stranger."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tansiq.base.messages import Lang
from tests.pages.browser import browsing
from tests.web.browsed import served, watched
from tests.web.site import Site
from tests.web.test_force_pages import filled

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("gallery")]
PATHS = ("forces", "arms", "requirements", "warnings", "map")


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with browsing() as made:
        yield made


@pytest.fixture
def site(tmp_path: Path) -> Iterator[Site]:
    made = Site(tmp_path)
    with made.client:
        made.sign_in("release")
        filled(made)
        yield made


@pytest.mark.parametrize("lang", ["ar", "fr"])
def test_the_boards_are_read_without_barriers_and_ask_no_other_host(
    site: Site, browser: Browser, lang: Lang
) -> None:
    site.read_in(lang)
    with served(site) as origin:
        seen = watched(browser, site, origin)
        for path in PATHS:
            seen.page.goto(f"{origin}/{path}")
            assert seen.page.locator("h1").count() == 1
            seen.keep(f"{path}-{lang}")
            assert (path, seen.barriers(), seen.faults, seen.strangers) == (path, [], [], [])
        seen.context.close()


def test_the_map_draws_an_announced_box_beside_its_row(site: Site, browser: Browser) -> None:
    with served(site) as origin:
        seen = watched(browser, site, origin)
        seen.page.goto(f"{origin}/map")
        row = seen.page.locator("tr[data-box]")
        assert row.get_attribute("data-box") == "150000000,-70000000,160000000,-60000000"
        seen.page.wait_for_selector("tq-map[data-state]", timeout=60_000)
        seen.keep("map-box")
        assert (seen.faults, seen.strangers) == ([], [])
        seen.context.close()
