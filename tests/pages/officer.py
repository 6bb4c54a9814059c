"""What an officer does at a page: opens it, fills its real form, signs, and looks at what came of it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from urllib.parse import urlparse

from playwright.sync_api import Browser, Locator, Page

from tansiq.base.messages import Lang
from tests.pages.browser import Watched
from tests.pages.duty_room import DutyRoom, enter
from tests.web.browsed import watched

WIDE, NARROW = 1280, 390
NEIGHBOURS = ("DZ", "MR", "NE")
OVER = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
OVER_RIDDEN = """() => [...document.querySelectorAll('main time[dir=ltr], main bdi')]
  .filter((e) => /[\\u0600-\\u06ff]/.test(e.textContent) && e.dir === 'ltr').map((e) => e.textContent)"""
# A word of the machine that stands on the page instead of its words.
RAW = (
    r"\b(?:aspects|web|institution|diplomacy|forces|arms|warnings|requirements|protected|today)\.[a-z_.-]+|⟦"
)


class Officer:
    """One officer at one page; every fault, stranger and overhang is kept until ``looks_right``."""

    def __init__(self, seen: Watched, origin: str, lang: Lang) -> None:
        self.seen, self.page, self.origin, self.lang = seen, seen.page, origin, lang
        self._narrow: list[str] = []

    def opens(self, path: str) -> Page:
        """Go to a page; it must be there, in its direction."""
        answer = self.page.goto(self.origin + path)
        assert answer is not None
        assert answer.ok, f"{path}: {answer.status}"
        self._look()
        return self.page

    def signs(self, kind: str, *ticks: str, **said: str) -> str:
        """Fill the form of a kind for the neighbours, tick ``name=value``, sign; the record's path."""
        self.fills(f"/records/{kind}/new", *ticks, to=NEIGHBOURS, **said)
        self.page.click("button[value=sign]")
        path = urlparse(self.page.url).path
        assert path.startswith("/record/"), self.page.locator("main").inner_text()[:600]
        self._look()
        return path

    def fills(self, path: str, *ticks: str, to: tuple[str, ...] = (), **said: str) -> Page:
        """Open a form and write into it; ``f_title`` is the control ``f.title``, ``__`` a dot within."""
        self.opens(path)
        self.page.eval_on_selector_all("details", "all => all.forEach((d) => { d.open = true; })")
        for name, words in said.items():
            self._write(self.page.locator(f'[name="{_control(name)}"]').first, words)
        for party in to:
            self.page.check(f'#label-part [name="l.audience"][value="{party}"]')
        for tick in ticks:
            name, _, value = tick.partition("=")
            self.page.check(f'[name="{name}"][value="{value}"]')
        return self.page

    def presses(self, selector: str) -> Page:
        """Press a button of a form and look at what came."""
        with self.page.expect_navigation():
            self.page.locator(selector).first.click()
        self._look()
        return self.page

    def text(self, selector: str = "main") -> str:
        """What stands there, as it is read."""
        return self.page.locator(selector).first.inner_text()

    def looks_right(self, *paths: str) -> None:
        """Look at pages wide and narrow: no overflow, no fault, no stranger, no raw word."""
        for path in paths:
            self.opens(path)
        self.page.set_viewport_size({"width": NARROW, "height": 800})
        for path in paths:
            self.opens(path)
        self.page.set_viewport_size({"width": WIDE, "height": 900})
        assert (self.seen.faults, self.seen.strangers) == ([], [])

    def _look(self) -> None:
        page = self.page
        assert page.locator("html").get_attribute("dir") == ("rtl" if self.lang == "ar" else "ltr")
        assert page.evaluate(OVER) <= 0, f"{page.url} overflows"
        assert page.evaluate(OVER_RIDDEN) == []
        raw = page.evaluate(f"document.body.innerText.match(/{RAW}/g)")
        assert raw is None, f"{page.url}: {raw}"

    def _write(self, control: Locator, words: str) -> None:
        if control.evaluate("e => e.tagName") == "SELECT":
            control.select_option(words)
        else:
            control.fill(words)


def _control(name: str) -> str:
    head, _, rest = name.partition("_")
    return ".".join((head, *rest.split("__")))


@contextmanager
def at_desk(
    browser: Browser, room: DutyRoom, origin: str, who: str = "salem", lang: Lang = "ar"
) -> Iterator[Officer]:
    """An officer signed in at the room's node, in his own window."""
    enter(room, who, lang)
    seen = watched(browser, room, origin, width=WIDE)
    try:
        yield Officer(seen, origin, lang)
    finally:
        seen.context.close()
