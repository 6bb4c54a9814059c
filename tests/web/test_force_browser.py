"""Boards of forces, arms, requirements, warnings in a real browser: no barrier, no stranger."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tansiq.base.messages import Lang
from tests.web.browsed import served, watched
from tests.web.site import Site
from tests.web.test_force_pages import BOX, filled, post

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("gallery")]
PATHS = ("forces", "arms", "requirements", "warnings", "map")


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


@pytest.mark.parametrize("lang", ["ar", "fr"])
def test_the_slider_shows_the_boxes_of_an_hour_and_at_its_start_those_of_all(
    site: Site, browser: Browser, lang: Lang
) -> None:
    site.read_in(lang)
    for day in ("02", "05"):
        window = {"lo": f"2031-03-{day}T06:00:00Z", "hi": f"2031-03-{day}T12:00:00Z"}
        fields = {"kind": "air-observation", "area_box": BOX, "window": window}
        post(site, "deconfliction-notice", f"يوم {day}", fields)
    with served(site) as origin:
        seen = watched(browser, site, origin)
        seen.page.goto(f"{origin}/map")
        seen.page.wait_for_selector("tq-map[data-state]", timeout=60_000)
        slider, rows = seen.page.locator(".map-time input"), seen.page.locator("tr[data-box]:visible")
        assert rows.count() == 3
        first = int(slider.get_attribute("min") or "0")
        slider.fill(str(first + 4))
        assert [rows.nth(i).get_attribute("data-title") for i in range(rows.count())] == [
            "مراقبة جوية",
            "يوم 02",
        ]
        assert seen.page.locator(".map-time output").inner_text() == "2031-03-02 09:00Z"
        seen.keep(f"map-time-{lang}")
        slider.fill(str(first))
        assert rows.count() == 3
        assert (seen.barriers(), seen.faults, seen.strangers) == ([], [], [])
        seen.context.close()
