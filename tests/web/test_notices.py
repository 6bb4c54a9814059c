"""The page of notices outside: an officer's own wishes, his own notices."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tansiq.base.messages import LANGS, Lang
from tansiq.work.outside import Post, tell
from tests.web.site import Site
from tests.work.nodes import done, put

WISHES = {"do": "save", "mail": "duty@ml.test", "urgencies": ["life", "clock"], "wake": ["life"]}


@pytest.fixture
def site(tmp_path: Path) -> Iterator[Site]:
    made = Site(tmp_path)
    with made.client:
        made.sign_in("duty")
        yield made


def post(site: Site) -> Post:
    return Post(site.node.store, lambda: site.node.world.charter, site.node.clock)


@pytest.mark.parametrize("lang", LANGS)
def test_the_page_offers_ways_and_urgencies_in_every_language(site: Site, lang: Lang) -> None:
    site.read_in(lang)
    page = site.get("/notices")
    assert 'name="mail"' in page
    assert 'value="life"' in page


def test_wishes_are_kept_and_a_notice_links_to_its_record(site: Site) -> None:
    site.post("/notices", WISHES)
    record = done(put(site.node.desk("release"), "موعد الجواب"))
    assert tell(post(site), record, "clock") == 1
    page = site.get("/notices")
    assert 'value="duty@ml.test"' in page
    assert f'href="/record/{record}"' in page


def test_another_officer_sees_none_of_it(site: Site) -> None:
    site.post("/notices", WISHES)
    record = done(put(site.node.desk("release"), "موعد الجواب"))
    tell(post(site), record, "clock")
    site.sign_in("legal")
    page = site.get("/notices")
    assert record not in page
    assert "duty@ml.test" not in page


def test_a_wrong_address_comes_back_with_its_reason(site: Site) -> None:
    answer = site.post("/notices", WISHES | {"mail": "nobody"}, status=422)
    assert "outside.mail" in answer.text
    assert 'value="nobody"' in answer.text


def test_a_trial_goes_to_oneself(site: Site) -> None:
    site.post("/notices", {"do": "try"}, status=422)
    site.post("/notices", WISHES)
    site.post("/notices", {"do": "try"})
    assert "تجربة" in site.get("/notices?done=tried")
