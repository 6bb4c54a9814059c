"""The parts as a real browser draws them: both directions, both themes, wide and narrow, on paper."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser

from tansiq.base.messages import Lang, say
from tansiq.web.gallery import gallery_context
from tansiq.web.render import page
from tests.pages.browser import Watched, browsing, serving

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("gallery")]

LOOKS = [
    ("ar", "light", "normal", 1280),
    ("ar", "dark", "roomy", 390),
    ("fr", "dark", "normal", 1280),
    ("fr", "light", "roomy", 390),
    ("ar", "dark", "dense", 1280),
    ("en", "light", "dense", 1280),
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
    looks = query.get("theme", "auto"), query.get("density", "normal")
    return page("parts_gallery.html", lang, nonce=query["nonce"], **gallery_context(lang, *looks))


@pytest.fixture(scope="module")
def origin() -> Iterator[str]:
    with serving(_draw) as address:
        yield address


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with browsing() as started:
        yield started


def _open(
    browser: Browser, origin: str, lang: str, theme: str = "light", width: int = 1280, density: str = "normal"
) -> Watched:
    seen = Watched(browser, origin, width=width)
    seen.page.goto(f"{origin}/parts?lang={lang}&theme={theme}&density={density}")
    seen.page.wait_for_selector("tq-map[data-state]", timeout=60_000)
    return seen


@pytest.mark.parametrize(("lang", "theme", "density", "width"), LOOKS)
def test_the_parts_fit_their_page_and_ask_no_other_host(
    browser: Browser, origin: str, lang: str, theme: str, density: str, width: int
) -> None:
    seen = _open(browser, origin, lang, theme, width, density)
    seen.keep(f"parts-{lang}-{theme}-{density}-{width}")
    assert seen.page.evaluate("document.documentElement.scrollWidth") <= width
    assert seen.page.evaluate(OVERHANGS) == []
    assert seen.faults == []
    assert seen.strangers == []


@pytest.mark.parametrize("lang", ["ar", "fr"])
def test_both_scripts_are_drawn_in_the_shipped_face(browser: Browser, origin: str, lang: str) -> None:
    seen = _open(browser, origin, lang)
    loaded = seen.page.evaluate(
        "[...document.fonts].filter((f) => f.status === 'loaded').map((f) => f.family.replaceAll('\"', ''))"
    )
    assert {"Plex", "Plex Arabic"} <= set(loaded)


def test_the_map_is_drawn_with_the_list_in_step(browser: Browser, origin: str) -> None:
    seen = _open(browser, origin, "ar")
    assert seen.page.get_attribute("tq-map", "data-state") == "drawn"
    row = seen.page.locator("table[data-map] tbody tr").nth(1)
    row.hover()
    assert row.get_attribute("aria-selected") == "true"
    assert seen.page.locator(".tq-popup").inner_text() == row.locator("td").first.inner_text()


def test_pointing_at_a_field_lights_its_words_and_no_others(browser: Browser, origin: str) -> None:
    seen = _open(browser, origin, "ar")
    seen.page.locator('[data-span-ref="s3"]').hover()
    assert seen.page.locator("mark.is-lit").all_inner_texts() == ["عين خليل"]
    seen.page.locator('mark[data-span-ids="s1"]').hover()
    lit = seen.page.locator("[data-span-ref].is-lit")
    assert [each.get_attribute("data-span-ref") for each in lit.all()] == ["s1"]


def test_the_palette_finds_a_page_by_loose_typing(browser: Browser, origin: str) -> None:
    seen = _open(browser, origin, "ar")
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
    seen = _open(browser, origin, lang)
    seen.page.keyboard.press("Tab")
    assert seen.page.evaluate("document.activeElement.className") == "skip"
    seen.page.keyboard.press("Enter")
    assert seen.page.evaluate("document.activeElement.id") == "main"


@pytest.mark.parametrize("lang", ["ar", "fr"])
def test_on_paper_the_label_heads_and_foots_each_sheet(browser: Browser, origin: str, lang: str) -> None:
    seen = _open(browser, origin, lang, "dark")
    seen.page.emulate_media(media="print")
    shown = "(name) => getComputedStyle(document.querySelector(name)).display"
    assert seen.page.evaluate(shown, ".banner-head") == "table-header-group"
    assert seen.page.evaluate(shown, ".banner-foot") == "table-footer-group"
    assert seen.page.locator(".banner-foot .on-paper").inner_text() == "تمرين · EXERCICE · EXERCISE"
    assert seen.page.evaluate(shown, ".nav") == "none"
    ink = "getComputedStyle(document.querySelector('.banner-head strong')).color"
    assert seen.page.evaluate(ink).startswith("oklch(0 0 ")


@pytest.mark.parametrize(
    ("lang", "theme"), [("ar", "light"), ("ar", "dark"), ("fr", "dark"), ("en", "light")]
)
def test_the_parts_keep_to_wcag_in_both_directions_and_themes(
    browser: Browser, origin: str, lang: str, theme: str
) -> None:
    assert _open(browser, origin, lang, theme).barriers() == []


def test_the_keys_walk_a_list_whatever_the_layout(browser: Browser, origin: str) -> None:
    seen = _open(browser, origin, "ar")
    seen.page.locator("main").focus()
    row = "document.activeElement.closest('tr')?.rowIndex"
    seen.page.keyboard.press("KeyJ")
    assert seen.page.evaluate(row) == 1
    seen.page.keyboard.press("KeyJ")
    seen.page.keyboard.press("KeyK")
    assert seen.page.evaluate(row) == 1
    seen.page.keyboard.press("Slash")
    seen.page.keyboard.type("jk")
    assert seen.page.input_value("#search-words") == "jk"


def test_where_the_map_cannot_be_drawn_the_list_says_so(browser: Browser, origin: str) -> None:
    seen = Watched(browser, origin, width=1280)
    seen.page.route("**/maplibre-gl-*.js", lambda route: route.abort())
    seen.page.goto(f"{origin}/parts?lang=ar")
    seen.page.wait_for_selector("tq-map[data-state=plain]")
    assert say("parts.map.failed", "ar") in seen.page.locator("tq-map").inner_text()
    assert seen.page.locator("table[data-map] tbody tr").count() == 4
