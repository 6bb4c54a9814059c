"""Intake in a real browser: words and fields light each other; nothing is asked of another host."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tansiq.base.messages import Lang
from tests.web.browsed import served, watched
from tests.web.site import Site
from tests.work.intakes import MINISTERS, NEMA, taken

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("gallery")]


@pytest.fixture
def site(tmp_path: Path) -> Iterator[Site]:
    made = Site(tmp_path, "MR")
    with made.client:
        yield made


@pytest.mark.parametrize("lang", ["ar", "fr"])
def test_words_and_fields_light_each_other(site: Site, browser: Browser, lang: Lang) -> None:
    made = taken(site.node.desk(), NEMA)
    site.sign_in("duty", lang)
    with served(site) as origin:
        seen = watched(browser, site, origin)
        seen.page.goto(f"{origin}/intake/{made.id}")
        seen.page.hover('[data-span-ref="statements.4"]')
        lit = seen.page.eval_on_selector_all("mark.is-lit", "all => all.map(m => m.textContent).join('')")
        assert lit == made.file.machine.statements[4].text
        seen.page.hover('mark[data-span-ids~="statements.6"]')
        fields = seen.page.eval_on_selector_all(
            "[data-span-ref].is-lit", "all => all.map(f => f.dataset.spanRef)"
        )
        assert "statements.6" in fields
        seen.keep(f"intake-{lang}")
        assert (seen.barriers(), seen.faults, seen.strangers) == ([], [], [])
        seen.context.close()


@pytest.mark.parametrize(("lang", "width"), [("ar", 390), ("fr", 1280)])
def test_asking_and_refusals_lead_to_where_one_looks(
    site: Site, browser: Browser, lang: Lang, width: int
) -> None:
    made = taken(site.node.desk(), MINISTERS)
    site.sign_in("duty", lang)
    with served(site) as origin:
        seen = watched(browser, site, origin, width=width)
        page = seen.page
        page.goto(f"{origin}/intake/{made.id}")
        with page.expect_navigation():
            page.click('button[value="preview"]')
        assert page.url.endswith("#who-sees")
        page.wait_for_function("document.activeElement.id === 'who-sees'")
        shown = "document.activeElement.getBoundingClientRect()"
        assert 0 <= page.evaluate(f"{shown}.top") < 900
        page.focus('[data-address="statements.1"]')
        page.keyboard.press("F2")
        page.keyboard.press("Tab")
        page.keyboard.type("قول")
        page.keyboard.press("Tab")
        with page.expect_navigation():
            page.keyboard.press("Enter")
        page.wait_for_function("document.activeElement.name === 'why.statements.1'")
        assert 0 <= page.evaluate(f"{shown}.top") < 900
        seen.keep(f"intake-refused-{lang}-{width}")
        assert (seen.barriers(), seen.strangers) == ([], [])
        seen.context.close()


@pytest.mark.parametrize("lang", ["ar", "fr"])
def test_the_path_from_a_text_to_a_signed_report_and_a_promise(
    site: Site, browser: Browser, lang: Lang, tmp_path: Path
) -> None:
    file = tmp_path / "خبر.txt"
    file.write_bytes(taken(site.node.desk(), MINISTERS).file.text.encode())
    site.sign_in("duty", lang)
    with served(site) as origin:
        seen = watched(browser, site, origin)
        page = seen.page
        page.goto(f"{origin}/intake")
        page.set_input_files("#f-file", str(file))
        page.click("#take button[type=submit]")
        page.fill("#f-title", "عنوان مصحَّح")
        page.fill("#f-why", "تمرين")
        page.check('#label-part input[name="l.audience"][value="MR"]')
        page.check('#label-part input[name="l.audience"][value="NE"]')
        with page.expect_navigation():
            page.click('button[value="save"]')
        assert page.locator("#f-title-field .by-officer").count() == 1
        assert page.locator("#readers .sees").count() == 2
        draft = page.url
        page.click('#sign button[formaction$="/release"]')
        assert "/record/" in page.url
        assert page.locator("h1").inner_text() == "عنوان مصحَّح"
        page.goto(f"{draft}/promise?n=1")
        page.fill("#f-title", "ضابط اتصال")
        page.check('input[name="owner"][value="ML"]')
        page.check('#label-part input[name="l.audience"][value="MR"]')
        assert seen.barriers() == []
        page.click('button[value="sign"]')
        promise = page.url.removeprefix(origin)
        page.goto(f"{origin}/#promises")
        assert page.locator(f'#promises a[href="{promise}"]').count() == 1
        assert (seen.faults, seen.strangers) == ([], [])
        seen.context.close()
