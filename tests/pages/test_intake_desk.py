"""The Intake screen by keyboard alone, in a real browser: from the text to the signed report."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from tansiq.base.messages import Lang
from tests.pages.browser import Watched
from tests.pages.officer import OVER
from tests.requirements.test_r05 import Office, hidden
from tests.web.browsed import served, watched
from tests.web.site import Site
from tests.work.intakes import MINISTERS, held, taken
from tests.work.test_lessons import FIRST, LIKE

pytestmark = [pytest.mark.browser, pytest.mark.edge, pytest.mark.xdist_group("gallery")]
KEYS_LAYOUT = [("ar", 1280), ("fr", 390)]
OPEN_LAYOUT = [("ar", 390), ("fr", 1280)]
HELD = "document.activeElement.dataset.address ?? document.activeElement.name ?? ''"


@pytest.fixture
def site(tmp_path: Path) -> Iterator[Site]:
    made = Site(tmp_path, "MR")
    with made.client:
        yield made


def focused(page: Page) -> str:
    """The address of the item in focus, or the name of the control."""
    return str(page.evaluate(HELD))


def awaits(page: Page, address: str, outcome: str) -> None:
    """Wait until an item bears an outcome."""
    page.wait_for_selector(f'.intake-item[data-address="{address}"][data-outcome="{outcome}"]')


@pytest.mark.parametrize(("lang", "width"), KEYS_LAYOUT)
def test_the_whole_job_is_done_by_keyboard(site: Site, browser: Browser, lang: Lang, width: int) -> None:
    made = taken(site.node.desk(), MINISTERS)
    site.sign_in("duty", lang)
    with served(site) as origin:
        seen = watched(browser, site, origin, width=width)
        page = seen.page
        page.goto(f"{origin}/intake/{made.id}")
        assert page.evaluate(OVER) <= 0
        page.focus('[data-address="title"]')
        page.keyboard.press("Enter")
        awaits(page, "title", "accepted")
        _walks_accepts_rejects_and_takes_back(page)
        _corrects(page)
        seen.keep(f"intake-desk-{lang}-{width}")
        assert page.evaluate(OVER) <= 0
        assert (seen.barriers(), seen.faults, seen.strangers) == ([], [], [])
        _leaves_and_signs(seen)
        file = held(site.node.desk(), made).file
        assert file.marks["statements.1.text"].value == "قول مصحح"
        assert file.released is not None
        seen.context.close()


def _walks_accepts_rejects_and_takes_back(page: Page) -> None:
    page.focus('[data-address="statements.0"]')
    assert page.locator("mark.is-lit").count() > 0
    page.keyboard.press("Delete")
    awaits(page, "statements.0", "rejected")
    assert focused(page) == "statements.1"
    page.keyboard.press("Control+z")
    awaits(page, "statements.0", "proposed")
    page.keyboard.press("ArrowDown")
    assert focused(page) == "statements.1"
    page.keyboard.press("ArrowUp")
    page.keyboard.press("Enter")
    awaits(page, "statements.0", "accepted")
    assert page.locator("#intake-progress progress").get_attribute("value") == "2"


def _corrects(page: Page) -> None:
    page.focus('[data-address="statements.1"]')
    page.keyboard.press("F2")
    assert focused(page) == "statements.1.type"
    page.keyboard.press("Tab")
    page.keyboard.press("Control+a")
    page.keyboard.type("قول مصحح")
    page.keyboard.press("Tab")
    page.keyboard.type("تمرين")
    page.keyboard.press("Enter")
    awaits(page, "statements.1", "corrected")
    assert focused(page) == "statements.1"


def _leaves_and_signs(seen: Watched) -> None:
    """Tab leads out of an item and on; the label and the signature are reached like any control."""
    page = seen.page
    before = focused(page)
    page.keyboard.press("Tab")
    assert focused(page) != before
    page.focus('#label-part input[name="l.audience"][value="MR"]')
    page.keyboard.press("Space")
    page.focus('#sign button[formaction$="/release"]')
    with page.expect_navigation():
        page.keyboard.press("Enter")
    assert "/record/" in page.url


def test_the_keys_are_the_same_on_an_arabic_layout(site: Site, browser: Browser) -> None:
    made = taken(site.node.desk(), MINISTERS)
    site.sign_in("duty", "ar")
    press = """([key, code, ctrlKey]) => document.activeElement.dispatchEvent(
      new KeyboardEvent('keydown', {key, code, ctrlKey, bubbles: true, cancelable: true}))"""
    with served(site) as origin:
        page = watched(browser, site, origin).page
        page.goto(f"{origin}/intake/{made.id}")
        page.focus('[data-address="title"]')
        page.keyboard.press("Enter")
        awaits(page, "title", "accepted")
        page.focus('[data-address="title"]')
        page.evaluate(press, ["ى", "KeyN", False])
        assert focused(page) == "occurred"
        page.evaluate(press, ["ئ", "KeyZ", True])
        awaits(page, "title", "proposed")
        page.focus('[data-address="title"]')
        page.keyboard.press("Enter")
        awaits(page, "title", "accepted")
        page.evaluate(press, ["z", "KeyW", True])
        awaits(page, "title", "proposed")
        page.context.close()


def test_words_lead_to_their_field_and_fields_to_their_words(site: Site, browser: Browser) -> None:
    made = taken(site.node.desk(), MINISTERS)
    site.sign_in("duty", "ar")
    with served(site) as origin:
        page = watched(browser, site, origin).page
        page.goto(f"{origin}/intake/{made.id}")
        page.locator('mark[data-span-ids~="statements.3"] a').first.click()
        address = focused(page)
        assert "is-lit" in str(page.locator(f'[data-address="{address}"]').get_attribute("class"))
        page.focus("mark a.word")
        page.keyboard.press("ArrowLeft")
        page.keyboard.press("Enter")
        assert focused(page).partition(".")[0] in (
            "title",
            "places",
            "actors",
            "statements",
            "events",
            "chain",
        )
        page.context.close()


def test_without_script_words_and_fields_are_links_and_verdicts_are_buttons(
    site: Site, browser: Browser
) -> None:
    made = taken(site.node.desk(), MINISTERS)
    site.sign_in("duty", "fr")
    with served(site) as origin:
        seen = watched(browser, site, origin)
        state = seen.context.storage_state()
        context = browser.new_context(java_script_enabled=False, storage_state=state)
        page = context.new_page()
        page.goto(f"{origin}/intake/{made.id}")
        page.click('[data-address="statements.2"] a.to-words')
        assert page.url.endswith("#w-statements-2")
        page.locator('mark[data-span-ids~="statements.2"] a').first.click()
        assert "#" in page.url
        page.click('[data-address="statements.2"] button[value="statements.2=rejected"]')
        awaits(page, "statements.2", "rejected")
        assert page.url.endswith("#statements-2")
        page.click('button[value="undo"]')
        awaits(page, "statements.2", "proposed")
        context.close()
        seen.context.close()


@pytest.mark.parametrize(("lang", "width"), OPEN_LAYOUT)
def test_the_pages_around_a_draft_read_well(tmp_path: Path, browser: Browser, lang: Lang, width: int) -> None:
    site = Office(tmp_path)
    with site.client:
        site.enter("salem")
        _, draft = hidden(site)
        first = str(site.api("/api/intake", {"name": "الأول", "text": FIRST}, 201)["id"])
        there = site.api(f"/api/intake/{first}")["items"]
        place = next(i["address"] for i in there if i["address"].startswith("places."))
        site.api(f"/api/intake/{first}", {place: "rejected"})
        like = str(site.api("/api/intake", {"name": "الثاني", "text": LIKE}, 201)["id"])
        cut = site.api(f"/api/intake/{like}/split")["blocks"]
        site.api(f"/api/intake/{like}/split", {"blocks": {str(n): 1 for n in range(len(cut) - 1)}})
        site.read_in(lang)
        with served(site) as origin:
            seen = watched(browser, site, origin, width=width)
            for path in (
                f"/intake/{draft['id']}", f"/intake/{like}", f"/intake/{like}/source?n=0",
                f"/intake/{like}/split", f"/intake/{like}/part/1", "/lessons", "/vault", "/intake",
                f"/intake/{like}/near",
            ):  # fmt: skip
                seen.page.goto(origin + path)
                assert seen.page.evaluate(OVER) <= 0, path
                assert seen.barriers() == [], path
                seen.keep(f"intake{path.replace('/', '-').partition('?')[0][-12:]}-{lang}-{width}")
            assert (seen.faults, seen.strangers) == ([], [])
            seen.context.close()
