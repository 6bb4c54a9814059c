"""The parts as a real browser draws them: both directions, both themes, wide and narrow, on paper."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser

from tansiq.base.messages import Lang
from tansiq.web.gallery import gallery_context
from tansiq.web.render import page
from tests.pages.browser import NONCE, Watched, browsing, serving

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("gallery")]

LOOKS = [
    ("ar", "light", 1280),
    ("ar", "dark", 390),
    ("fr", "dark", 1280),
    ("fr", "light", 390),
]
# An element that reaches past the page although nothing around it scrolls.
OVERHANGS = """() => {
  const wide = document.documentElement.clientWidth;
  const free = (e) => { for (let p = e.parentElement; p; p = p.parentElement)
    if (getComputedStyle(p).overflowX !== 'visible') return false; return true; };
  return [...document.querySelectorAll('main *')].filter((e) => {
    const box = e.getBoundingClientRect();
    return box.width && (box.right > wide + 1 || box.left < -1) && free(e) && !e.closest('.hush, dialog');
  }).map((e) => e.tagName + '.' + e.className).slice(0, 5); }"""


def _lang(value: str) -> Lang:
    return {"ar": "ar", "fr": "fr"}.get(value, "en")  # type: ignore[return-value]


def _draw(_path: str, query: dict[str, str]) -> str:
    lang = _lang(query.get("lang", "ar"))
    return page("parts_gallery.html", lang, nonce=NONCE, **gallery_context(lang, query.get("theme", "auto")))


@pytest.fixture(scope="module")
def origin() -> Iterator[str]:
    with serving(_draw) as address:
        yield address


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with browsing() as started:
        yield started


def _open(browser: Browser, origin: str, lang: str, theme: str, width: int) -> Watched:
    seen = Watched(browser, origin, width=width)
    seen.page.goto(f"{origin}/parts?lang={lang}&theme={theme}")
    seen.page.wait_for_selector("tq-map[data-state]", timeout=60_000)
    return seen


@pytest.mark.parametrize(("lang", "theme", "width"), LOOKS)
def test_the_parts_fit_their_page_and_ask_no_other_host(
    browser: Browser, origin: str, lang: str, theme: str, width: int
) -> None:
    seen = _open(browser, origin, lang, theme, width)
    seen.keep(f"parts-{lang}-{theme}-{width}")
    assert seen.page.evaluate("document.documentElement.scrollWidth") <= width
    assert seen.page.evaluate(OVERHANGS) == []
    assert seen.faults == []
    assert seen.strangers == []


@pytest.mark.parametrize("lang", ["ar", "fr"])
def test_both_scripts_are_drawn_in_the_shipped_face(browser: Browser, origin: str, lang: str) -> None:
    seen = _open(browser, origin, lang, "light", 1280)
    loaded = seen.page.evaluate(
        "[...document.fonts].filter((f) => f.status === 'loaded').map((f) => f.family.replaceAll('\"', ''))"
    )
    assert {"Plex", "Plex Arabic"} <= set(loaded)


def test_the_map_is_drawn_with_the_list_in_step(browser: Browser, origin: str) -> None:
    seen = _open(browser, origin, "ar", "light", 1280)
    assert seen.page.get_attribute("tq-map", "data-state") == "drawn"
    row = seen.page.locator("table[data-map] tbody tr").nth(1)
    row.hover()
    assert row.get_attribute("aria-selected") == "true"
    assert seen.page.locator(".tq-popup").inner_text() == row.locator("td").first.inner_text()


def test_pointing_at_a_field_lights_its_words_and_no_others(browser: Browser, origin: str) -> None:
    seen = _open(browser, origin, "ar", "light", 1280)
    seen.page.locator('[data-span-ref="s3"]').hover()
    assert seen.page.locator("mark.is-lit").all_inner_texts() == ["عين خليل"]
    seen.page.locator('mark[data-span-ids="s1"]').hover()
    lit = seen.page.locator("[data-span-ref].is-lit")
    assert [each.get_attribute("data-span-ref") for each in lit.all()] == ["s1"]


def test_the_palette_finds_a_page_by_loose_typing(browser: Browser, origin: str) -> None:
    seen = _open(browser, origin, "ar", "light", 1280)
    seen.page.keyboard.press("Control+k")
    seen.page.keyboard.type("الاليه")
    assert seen.page.locator(".palette li[role=option]").count() == 1
    seen.page.keyboard.press("Enter")
    assert seen.page.url.endswith("#mechanism")


def test_without_script_the_list_of_places_and_the_menus_are_there(browser: Browser, origin: str) -> None:
    context = browser.new_context(java_script_enabled=False, viewport={"width": 1280, "height": 900})
    plain = context.new_page()
    plain.goto(f"{origin}/parts?lang=ar")
    assert plain.locator("table[data-map] tbody tr").count() == 4
    plain.locator("details.menu > summary").click()
    assert plain.locator(".menu-body button[name=lang]").count() == 3


@pytest.mark.parametrize("lang", ["ar", "fr"])
def test_the_first_stop_of_the_keyboard_leads_to_the_content(
    browser: Browser, origin: str, lang: str
) -> None:
    seen = _open(browser, origin, lang, "light", 1280)
    seen.page.keyboard.press("Tab")
    assert seen.page.evaluate("document.activeElement.className") == "skip"
    seen.page.keyboard.press("Enter")
    assert seen.page.evaluate("document.activeElement.id") == "main"
