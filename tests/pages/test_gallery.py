"""The parts as a real browser draws them: both directions, both themes, wide and narrow, on paper."""

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser

from tansiq.base.messages import Lang, say
from tansiq.web.gallery import gallery_context
from tansiq.web.render import page
from tests.pages.browser import Watched, serving

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
FACES = "[...document.fonts].filter((f) => f.status === 'loaded').map((f) => f.family.replaceAll('\"', ''))"
Open = Callable[..., Watched]


def _lang(value: str) -> Lang:
    return {"ar": "ar", "fr": "fr"}.get(value, "en")  # type: ignore[return-value]


def _draw(_path: str, query: dict[str, str]) -> str:
    lang = _lang(query.get("lang", "ar"))
    context = gallery_context(lang, query.get("theme", "auto"), query.get("density", "normal"))
    if "map" not in query:
        context["places"] = []
    return page("parts_gallery.html", lang, nonce=query["nonce"], **context)


@pytest.fixture(scope="module")
def origin() -> Iterator[str]:
    with serving(_draw) as address:
        yield address


@pytest.fixture
def opened(browser: Browser, origin: str) -> Iterator[Open]:
    """Open the gallery as asked; what was opened is closed after the test: a map holds much memory."""
    pages: list[Watched] = []

    def open_(query: str = "lang=ar", width: int = 1280) -> Watched:
        seen = Watched(browser, origin, width=width)
        pages.append(seen)
        seen.page.goto(f"{origin}/parts?{query}")
        if "map" in query:
            seen.page.wait_for_selector("tq-map[data-state]", timeout=60_000)
        return seen

    yield open_
    for seen in pages:
        seen.context.close()


@pytest.mark.parametrize(("lang", "theme", "density", "width"), LOOKS)
def test_the_parts_fit_their_page_and_keep_to_wcag(
    opened: Open, lang: str, theme: str, density: str, width: int
) -> None:
    seen = opened(f"lang={lang}&theme={theme}&density={density}", width)
    seen.keep(f"parts-{lang}-{theme}-{density}-{width}")
    assert seen.page.evaluate("document.documentElement.scrollWidth") <= width
    assert seen.page.locator("main").count() == 1
    assert seen.page.evaluate(OVERHANGS) == []
    assert seen.barriers() == []
    assert seen.faults == []
    assert seen.strangers == []
    assert {"Plex", "Plex Arabic"} <= set(seen.page.evaluate(FACES))


@pytest.mark.parametrize(("query", "width"), [("lang=ar&map=1", 1280), ("lang=fr&theme=dark&map=1", 390)])
def test_the_map_is_drawn_with_the_list_in_step_and_asks_no_other_host(
    opened: Open, query: str, width: int
) -> None:
    seen = opened(query, width)
    seen.keep(f"map-{query[5:7]}-{width}")
    assert seen.page.get_attribute("tq-map", "data-state") == "drawn"
    row = seen.page.locator("table[data-map] tbody tr").nth(1)
    row.hover()
    assert row.get_attribute("aria-selected") == "true"
    assert seen.page.locator(".tq-popup").inner_text() == row.locator("td").first.inner_text()
    assert seen.page.evaluate("document.documentElement.scrollWidth") <= width
    assert seen.faults == []
    assert seen.strangers == []


def test_where_the_map_cannot_be_drawn_the_list_says_so(browser: Browser, origin: str) -> None:
    seen = Watched(browser, origin, width=1280)
    seen.page.route("**/maplibre-gl-*.js", lambda route: route.abort())
    seen.page.goto(f"{origin}/parts?lang=ar&map=1")
    seen.page.wait_for_selector("tq-map[data-state=plain]")
    assert say("parts.map.failed", "ar") in seen.page.locator("tq-map").inner_text()
    assert seen.page.locator("table[data-map] tbody tr").count() == 4
    seen.context.close()


def test_pointing_at_a_field_lights_its_words_and_no_others(opened: Open) -> None:
    seen = opened()
    seen.page.locator('[data-span-ref="s3"]').hover()
    assert seen.page.locator("mark.is-lit").all_inner_texts() == ["عين خليل"]
    seen.page.locator('mark[data-span-ids="s1"]').hover()
    lit = seen.page.locator("[data-span-ref].is-lit")
    assert [each.get_attribute("data-span-ref") for each in lit.all()] == ["s1"]


def test_the_palette_finds_a_page_by_loose_typing(opened: Open) -> None:
    seen = opened()
    seen.page.keyboard.press("Control+k")
    seen.page.keyboard.type("الاليه")
    assert seen.page.locator(".palette li[role=option]").count() == 1
    seen.page.keyboard.press("Enter")
    seen.page.wait_for_url("**#mechanism")


def test_the_keys_walk_a_list_whatever_the_layout(opened: Open) -> None:
    seen = opened()
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


def test_without_script_the_list_of_places_and_the_menus_are_there(browser: Browser, origin: str) -> None:
    context = browser.new_context(java_script_enabled=False, viewport={"width": 1280, "height": 900})
    plain = context.new_page()
    plain.goto(f"{origin}/parts?lang=ar&map=1")
    assert plain.locator("table[data-map] tbody tr").count() == 4
    plain.locator("details.menu > summary").click()
    assert plain.locator(".menu-body button[name=lang]").count() == 3
    context.close()


@pytest.mark.parametrize("lang", ["ar", "fr"])
def test_the_first_stop_of_the_keyboard_leads_to_the_content(opened: Open, lang: str) -> None:
    seen = opened(f"lang={lang}")
    seen.page.keyboard.press("Tab")
    assert seen.page.evaluate("document.activeElement.className") == "skip"
    seen.page.keyboard.press("Enter")
    assert seen.page.evaluate("document.activeElement.id") == "main"


@pytest.mark.parametrize("lang", ["ar", "fr"])
def test_on_paper_the_label_heads_and_foots_each_sheet(opened: Open, lang: str) -> None:
    seen = opened(f"lang={lang}&theme=dark")
    seen.page.emulate_media(media="print")
    shown = "(name) => getComputedStyle(document.querySelector(name)).display"
    assert seen.page.evaluate(shown, ".banner-head") == "table-header-group"
    assert seen.page.evaluate(shown, ".banner-foot") == "table-footer-group"
    assert seen.page.locator(".banner-foot .on-paper").inner_text() == "تمرين · EXERCICE · EXERCISE"
    assert seen.page.evaluate(shown, ".nav") == "none"
    ink = "getComputedStyle(document.querySelector('.banner-head strong')).color"
    assert seen.page.evaluate(ink).startswith("oklch(0 0 ")
    under = "getComputedStyle(document.querySelector('.chip'), '::after').content"
    assert seen.page.evaluate(under) == "none"  # the chip's black ground would swallow its words
