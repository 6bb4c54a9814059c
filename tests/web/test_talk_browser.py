"""The thread below a record in a real browser, in Arabic: answered in place."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from tests.pages.browser import Watched
from tests.web.browsed import served, watched
from tests.web.site import Site
from tests.work.nodes import done, put

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("talk")]


@pytest.fixture
def seen(browser: Browser, tmp_path: Path) -> Iterator[Watched]:
    site = Site(tmp_path)
    with site.client:
        about = done(put(site.node.desk("release"), "وصول قافلة إلى غاو", to=("DZ", "ML", "NE")))
        site.sign_in("duty")
        with served(site) as origin:
            made = watched(browser, site, origin)
            made.page.goto(f"{origin}/record/{about}")
            yield made
            made.context.close()


def test_a_message_is_answered_in_place_and_its_receipts_stand_beside_it(seen: Watched) -> None:
    address = seen.page.url
    for words in ("متى وصلت القافلة إلى Gao؟", "ومن رآها؟"):
        seen.page.fill("#thread textarea", words)
        seen.page.click("#thread button[type=submit]")
        expect(seen.page.locator(".thread li", has_text=words).first).to_be_visible()
    assert seen.page.url == address
    assert seen.page.locator(".thread > li").count() == 2
    assert seen.page.locator("#thread textarea").input_value() == ""
    assert seen.page.evaluate("getComputedStyle(document.querySelector('.thread li p')).direction") == "rtl"
    assert seen.page.locator(".thread > li > details").count() == 2
    assert seen.barriers() == []
    assert (seen.faults, seen.strangers) == ([], [])
    seen.keep("talk-ar")


def test_words_that_stand_in_the_form_outlive_a_refresh_of_the_page(seen: Watched) -> None:
    seen.page.fill("#thread textarea", "نصف جملة")
    with seen.page.expect_response(lambda r: "/record/" in r.url and r.request.method == "GET"):
        seen.page.evaluate("document.getElementById('live').dispatchEvent(new Event('changed'))")
    seen.page.wait_for_timeout(200)
    assert seen.page.locator("#thread textarea").input_value() == "نصف جملة"
