"""Live refresh says that something changed to whom it concerns, and nothing else to anyone."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from msgspec import msgpack

from tansiq.base.messages import Lang
from tansiq.model.kinds.report import Report
from tansiq.model.label import label
from tansiq.model.record import Record, encode_body
from tansiq.seal.sign import sign_record
from tansiq.store.values import Changes
from tansiq.web.events import Ear, concerns
from tansiq.web.exits import EXITS
from tansiq.web.http import Sent
from tansiq.web.visit import Visit
from tests.federation import header_of
from tests.web.site import Site
from tests.work.nodes import done, put


@pytest.fixture
def site(tmp_path: Path) -> Iterator[Site]:
    made = Site(tmp_path)
    with made.client:
        yield made


def visit(site: Site, lang: Lang = "ar") -> Visit:
    """A duty officer's open page."""
    return Visit(
        wiring=site.wiring,
        exit=next(e for e in EXITS if e.name == "events"),
        address="/events",
        path={},
        query={},
        sent=Sent(),
        raw=b"",
        officer=site.node.desk().officer,
        token="t",
        lang=lang,
    )


def test_a_change_is_told_to_who_may_see_it_and_to_nobody_else(site: Site) -> None:
    heard: list[Changes] = []
    site.node.store.on_commit(heard.append)
    page = visit(site)
    done(put(site.node.desk(), "ظاهر", to=("ML",)))
    assert concerns(page, heard[-1])
    done(put(site.node.desk("duty", compartments=("HOSTAGE",)), "سر", compartments=("HOSTAGE",), to=("ML",)))
    assert not concerns(page, heard[-1])


def test_what_was_refused_is_told_once_and_never_by_what_stands_beside_it(site: Site) -> None:
    page, heard = Ear(visit(site)), Changes((), frozenset(), frozenset({"quarantine"}))
    assert not page(heard)
    with site.node.store.write() as tx:
        tx.quarantine("envelope.altered", b"", digest=b"a" * 32, at_ms=1, party="NE")
    assert page(heard)
    assert not page(heard)
    keys = site.node.world.keys["NE"]
    under = label(("ML",), level="restricted", compartments=("HOSTAGE",))
    secret = Record(sign_record(header_of(keys, under), encode_body(Report(title="سر"), bytes(16)), keys))
    with site.node.store.write() as tx:
        raw = msgpack.encode(secret.signed)
        tx.quarantine("record.expired", raw, digest=secret.digest, at_ms=2, party="NE")
    assert not page(heard)
    assert not Ear(visit(site))(heard)


def test_a_page_with_an_officer_listens_and_a_public_one_does_not(site: Site) -> None:
    site.sign_in()
    assert 'hx-sse:connect="/events"' in site.get("/inbox")
    site.client.cookies.clear()
    assert "hx-sse" not in site.get("/public")


def test_the_stream_begins_and_carries_no_record(site: Site) -> None:
    site.sign_in()
    site.wiring.live.close()
    with site.client.stream("GET", "/events") as answer:
        assert answer.headers["content-type"].startswith("text/event-stream")
        text = "".join(answer.iter_text())
    assert "data" not in text


def test_nobody_listens_without_signing_in(site: Site) -> None:
    assert site.client.get("/events", follow_redirects=False).status_code == 303
