"""A first visitor walks the thirteen steps of the demonstration in a real browser, in Arabic and French."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlparse

import pytest
from playwright.sync_api import Page
from playwright.sync_api import TimeoutError as NotThere

from tests.pages.browser import browsing

pytestmark = [pytest.mark.browser, pytest.mark.edge, pytest.mark.xdist_group("path")]
READY_S = 150
STEP_MS = 90_000
SHOWS = {
    1: "[data-span-ref]",
    2: "#f-title-field",
    3: "#readers",
    4: "[dir='rtl'][lang='ar'], [lang='ar'] bdi, p[dir='auto']",
    6: "#receipts",
    8: "#quarantine",
    9: "#promises",
    10: "#holders-table",
    11: "#m-1",
    13: "#published .timebar",
}
"""What there is to look at after a step, on the party's own page."""
BESIDE = {
    ("NE", "/compare"): "form button",
    ("NE", "/protected"): "main a[href^='/record/']",
    ("MR", "/releases"): "main tbody a[href^='/record/']",
    ("NE", "/releases"): "main tbody a[href^='/record/']",
}
"""What stands under the menu's other links once the path has been walked."""


@pytest.fixture(scope="module")
def door(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address that ``tansiq demo`` prints."""
    folder = tmp_path_factory.mktemp("demo")
    log = folder / "demo.log"
    with log.open("wb") as out:
        process = subprocess.Popen(
            [
                sys.executable,
                "-m",
                "tansiq",
                "demo",
                "--folder",
                str(folder / "nodes"),
            ],
            stdout=out,
            stderr=out,
            env=os.environ | {"PYTHONUNBUFFERED": "1"},
        )
    try:
        yield _address(process, log)
    finally:
        process.send_signal(signal.SIGINT)
        process.wait(60)


def _address(process: subprocess.Popen[bytes], log: Path) -> str:
    until = time.monotonic() + READY_S
    while time.monotonic() < until and process.poll() is None:
        lines = log.read_text(encoding="utf8").splitlines()
        if lines and lines[-1].startswith("http://"):
            return lines[-1].rstrip("/")
        time.sleep(0.2)
    raise AssertionError(log.read_text(encoding="utf8"))


def watched(page: Page, strange: list[str]) -> None:
    """Note every fault in the browser's console and every request to another host."""
    page.on("console", lambda m: strange.append(m.text) if m.type == "error" else None)
    page.on(
        "request",
        lambda r: strange.append(r.url) if urlparse(r.url).hostname not in ("127.0.0.1", None, "") else None,
    )


@pytest.mark.parametrize("lang", ["ar", "fr"])
def test_a_first_visitor_finishes_the_path(door: str, lang: str) -> None:
    strange: list[str] = []
    with browsing() as browser:
        page = browser.new_page(viewport={"width": 1280, "height": 900})
        watched(page, strange)
        page.goto(f"{door}/lang/{lang}")
        assert page.locator("html").get_attribute("dir") == ("rtl" if lang == "ar" else "ltr")
        assert page.locator(".party-card").count() == 7
        for step in range(1, 14):
            page.goto(door)
            page.locator(f"form[action='/step/{step}'] button").click(timeout=STEP_MS)
            page.wait_for_url(f"{door}/step/{step}", timeout=STEP_MS)
            is_ours(page)
            _look(page, step, door)
        page.goto(door)
        assert page.locator(".step[data-state='done']").count() == 13
        for (party, path), shown in BESIDE.items():
            page.goto(f"{door}/enter/{party}/duty?to={path}")
            assert page.locator(f"nav a[href='{path}']").count() == 1
            assert page.locator(shown).count() > 0, path
    assert strange == []


def is_ours(page: Page) -> None:
    """Wait until a page of ours is there; what is there instead is the fault's text."""
    try:
        page.locator(".ribbon").wait_for()
    except NotThere:
        raise AssertionError(f"{page.url}: {page.locator('body').inner_text()}") from None


def enters(page: Page, link: str, door: str) -> None:
    """Follow a link of the door to a party's own pages, and wait until one is there."""
    page.locator(link).click()
    page.wait_for_url(lambda url: not url.startswith(door), timeout=STEP_MS)
    is_ours(page)


def _look(page: Page, step: int, door: str) -> None:
    assert page.locator("[data-state='bad']").count() == 0
    if step == 5:
        sides = page.locator(".view-of")
        assert sides.count() == 7
        assert page.locator(".sees-nothing").count() == 2
        return
    enters(page, "main a.button[href^='/enter/']", door)
    if step in SHOWS:
        page.locator(SHOWS[step]).first.wait_for()


def test_a_step_that_needs_another_says_which(door: str) -> None:
    with browsing() as browser:
        page = browser.new_page()
        answer = page.request.post(f"{door}/step/9999")
        assert answer.status == 404


def test_one_click_enters_a_party_as_its_officer_in_the_partys_own_language(door: str) -> None:
    with browsing() as browser:
        page = browser.new_page()
        page.goto(f"{door}/lang/en")
        enters(page, "a[href='/enter/NE/duty']", door)
        assert page.locator("html").get_attribute("lang") == "fr"
        page.goto(door)
        enters(page, "a[href='/enter/DZ/analyst']", door)
        assert page.locator("html").get_attribute("lang") == "ar"


def test_a_post_from_another_origin_is_refused(door: str) -> None:
    with browsing() as browser:
        page = browser.new_page()
        answer = page.request.post(f"{door}/step/1", headers={"origin": "http://elsewhere.example"})
        assert answer.status == 403
