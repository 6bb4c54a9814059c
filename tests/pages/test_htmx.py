"""What a page may ask of htmx under the content policy: parts with the nonce, live parts, no stranger."""

from collections.abc import Iterator
from functools import partial

import pytest
from playwright.sync_api import Browser, expect

from tansiq.web.render import environment, spoken
from tests.pages.browser import Watched, serving

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("gallery")]

PAGE = """{% extends "base.html" %}{% block main %}
<button id="good" hx-get="/part" hx-target="#place" hx-nonce="{{ nonce }}">اقرأ</button>
<button id="smuggled" hx-get="/part" hx-target="#place">دخيل</button>
<div id="place"></div>
<div id="receipts" hx-get="/part" hx-trigger="changed from:#live" hx-swap="innerMorph"
  hx-nonce="{{ nonce }}"></div>
{% endblock %}"""
PART = (
    '<p id="got">وصل</p><button id="next" hx-get="/more" hx-target="#got" hx-nonce="{{ nonce }}">زد</button>'
)
ANSWERS = {"/": PAGE, "/part": PART, "/more": "المزيد", "/stream": "event: changed\ndata: 1\n\n\n"}


def _draw(path: str, query: dict[str, str]) -> str:
    template = environment().from_string(ANSWERS[path])
    return template.render(
        lang="ar", t=partial(spoken, "ar"), title="تجربة", stream="/stream", nonce=query["nonce"]
    )


@pytest.fixture(scope="module")
def origin() -> Iterator[str]:
    with serving(_draw) as address:
        yield address


@pytest.fixture
def seen(browser: Browser, origin: str) -> Iterator[Watched]:
    watched = Watched(browser, origin, width=1280)
    watched.page.goto(f"{origin}/")
    yield watched
    watched.context.close()


def test_a_part_is_fetched_and_its_own_controls_work(seen: Watched) -> None:
    seen.page.click("#good")
    seen.page.click("#place #next")
    expect(seen.page.locator("#place #got")).to_have_text("المزيد")


def test_a_control_without_the_nonce_is_stripped(seen: Watched) -> None:
    expect(seen.page.locator("#smuggled:not([hx-get])")).to_have_count(1)
    seen.page.click("#smuggled")
    assert seen.page.locator("#place").inner_text() == ""
    assert [fault for fault in seen.faults if "smuggled" in fault]


def test_a_part_is_fetched_again_when_a_live_event_names_it(seen: Watched) -> None:
    seen.page.wait_for_selector("#receipts #got")
    assert seen.page.locator("#receipts #got").inner_text() == "وصل"
