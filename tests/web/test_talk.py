"""The thread below a record, as pages show it and as forms and htmx add to it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tansiq.base.messages import LANGS, Lang
from tests.web.site import Site
from tests.work.nodes import done, put

SAID = {"text": "من رأى القافلة؟", "some": "yes", "to": ["DZ", "NE"], "lang": "ar"}


@pytest.fixture
def site(tmp_path: Path) -> Iterator[Site]:
    made = Site(tmp_path)
    with made.client:
        made.sign_in("duty")
        yield made


@pytest.fixture
def about(site: Site) -> str:
    return done(put(site.node.desk("release"), "وصول قافلة", to=("DZ", "ML", "NE")))


@pytest.mark.parametrize("lang", LANGS)
def test_a_record_has_a_form_to_answer_in(site: Site, about: str, lang: Lang) -> None:
    site.read_in(lang)
    page = site.get(f"/record/{about}")
    assert f'action="/record/{about}/say"' in page
    assert 'name="to" value="DZ" checked' in page


def test_a_plain_form_adds_a_message_and_returns_to_the_thread(site: Site, about: str) -> None:
    answer = site.post(f"/record/{about}/say", SAID)
    assert answer.headers["location"] == f"/record/{about}#thread"
    page = site.get(f"/record/{about}")
    assert '<p dir="auto" lang="ar">من رأى القافلة؟</p>' in page


def test_htmx_gets_the_thread_alone(site: Site, about: str) -> None:
    answer = site.client.post(
        f"/record/{about}/say", data={"_csrf": site.csrf(), **SAID}, headers={"hx-request": "true"}
    )
    assert answer.status_code == 200
    assert answer.text.lstrip().startswith('<section class="panel stack" id="thread">')
    assert "من رأى القافلة؟" in answer.text


def test_a_message_to_fewer_says_to_whom(site: Site, about: str) -> None:
    site.post(f"/record/{about}/say", SAID | {"to": ["NE"]})
    thread = site.get(f"/record/{about}").partition('id="thread"')[2]
    assert 'class="chip' in thread.partition("</ol>")[0]


def test_what_cannot_be_signed_comes_back_as_it_was_written(site: Site, about: str) -> None:
    answer = site.post(f"/record/{about}/say", SAID | {"to": ["FR"]}, status=422)
    assert "talk.wider" in answer.text
    assert "من رأى القافلة؟</textarea>" in answer.text


def test_a_message_has_no_thread_of_its_own_and_is_no_referrer(site: Site, about: str) -> None:
    site.post(f"/record/{about}/say", SAID)
    page = site.get(f"/record/{about}")
    assert page.count("من رأى القافلة؟") == 1
    message = page.partition('<li id="m-')[2].partition('"')[0]
    assert 'id="thread"' not in site.get(f"/record/{message}")


def test_who_signs_nothing_reads_and_has_no_form(site: Site, about: str) -> None:
    site.post(f"/record/{about}/say", SAID)
    site.sign_in("interpreter")
    page = site.get(f"/record/{about}")
    assert "من رأى القافلة؟" in page
    assert f"/record/{about}/say" not in page
    site.post(f"/record/{about}/say", SAID, status=403)
