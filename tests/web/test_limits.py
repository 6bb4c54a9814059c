"""Limits: as often as is fair, by session and by address, with a page that says when to come again."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from tansiq.base.messages import LANGS, Lang, title_of
from tansiq.web.exits import EXITS
from tansiq.web.limits import KEPT, Gauge, Limits, Rate, asking_of
from tests.web.site import Site

LIMITS = Limits(search=Rate(3, 6), write=Rate(2, 2), export=Rate(2, 2), upload=Rate(2, 2), sign_in=Rate(4, 4))


@pytest.fixture
def site(tmp_path: Path) -> Iterator[Site]:
    made = Site(tmp_path, gauge=Gauge(LIMITS))
    with made.client:
        made.sign_in("duty")
        yield made


@pytest.mark.parametrize("lang", LANGS)
def test_a_session_that_searches_too_often_is_told_when_to_come_again(site: Site, lang: Lang) -> None:
    site.read_in(lang)
    for _ in range(3):
        site.get("/search?q=x")
    answer = site.client.get("/search?q=x")
    assert answer.status_code == 429
    assert int(answer.headers["retry-after"]) in range(9, 13)
    assert title_of("web.slower", lang) in answer.text
    assert "web.slower" in answer.text
    site.get("/inbox")
    site.node.clock.set(site.node.clock.now() + timedelta(seconds=11))
    site.get("/search?q=x")


def test_the_interface_says_it_in_json(site: Site) -> None:
    for _ in range(2):
        site.client.post("/api/preview", json={})
    answer = site.client.post("/api/preview", json={})
    assert (answer.status_code, answer.json()["code"]) == (429, "web.slower")
    assert answer.headers["retry-after"]


def test_names_are_not_tried_at_leisure_from_one_address(site: Site) -> None:
    site.client.cookies.clear()
    tried = [
        site.client.post("/sign-in", data={"name": f"n{i}", "password": "x"}).status_code for i in range(6)
    ]
    assert tried == [401, 401, 401, 401, 429, 429]


def test_one_officer_s_haste_does_not_stop_another(site: Site) -> None:
    for _ in range(4):
        site.client.get("/search?q=x")
    site.sign_in("analyst")
    site.get("/search?q=x")


def test_an_address_is_counted_over_its_sessions() -> None:
    gauge = Gauge(Limits(search=Rate(2, 2), address_times=2))
    waits = [gauge.wait_s("search", session=f"s{i}", address="a", now_ms=0) for i in range(5)]
    assert [w > 0 for w in waits] == [False, False, False, False, True]


def test_the_memory_of_buckets_is_bounded() -> None:
    gauge = Gauge(Limits())
    for n in range(KEPT + 50):
        gauge.wait_s("sign-in", session="", address=str(n), now_ms=0)
    assert gauge.held == KEPT


@pytest.mark.parametrize(
    ("proxy", "peer", "address"),
    [(False, "127.0.0.1", "127.0.0.1"), (True, "127.0.0.1", "9.9.9.9"), (True, "10.0.0.1", "10.0.0.1")],
)
def test_a_proxy_is_believed_only_when_the_settings_name_one(proxy: bool, peer: str, address: str) -> None:
    assert Gauge(Limits(proxy=proxy)).address(peer, "1.1.1.1, 9.9.9.9") == address


def test_every_kind_of_asking_has_its_exits_and_reading_pages_has_none() -> None:
    kinds = {e.name: asking_of(e) for e in EXITS}
    assert {kinds[n] for n in ("sign-in", "sign-in-code", "api-sign-in", "enter")} == {"sign-in"}
    assert (kinds["search"], kinds["api-search"]) == ("search", "search")
    assert (kinds["record-json"], kinds["blob"], kinds["public-feed"]) == ("export", "export", "export")
    assert (kinds["attach"], kinds["intake-take"], kinds["api-intake-file"]) == ("upload", "upload", "upload")
    assert {kinds[n] for n in ("parcel-in", "api-parcel-in")} == {"upload"}
    assert {kinds[n] for n in ("parcel-out", "api-parcel-out", "journal-file")} == {"export"}
    assert (kinds["api-create"], kinds["api-correct"]) == ("write", "write")
    assert {kinds[n] for n in ("inbox", "record", "today", "health", "sign-in-form")} == {None}
