"""The node's own affairs tell nothing of hidden records: counts of what leaves and waits, events."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from msgspec import msgpack

from tansiq.base.clock import millis
from tansiq.model.record import Record
from tansiq.store.values import Changes
from tansiq.web.events import concerns
from tests.store.making import Maker
from tests.web.guarded import GuardedSite
from tests.web.test_guarded import filed
from tests.work.nodes import done, put


@pytest.fixture
def site(tmp_path: Path) -> Iterator[GuardedSite]:
    made = GuardedSite(tmp_path)
    with made.client:
        yield made


def told(site: GuardedSite, who: str) -> tuple[object, str]:
    """What the interface and the page tell an officer of the exchange."""
    site.enter(who)
    answer = site.api("/api/exchange")
    page = site.get("/exchange")
    return answer, page[page.index("<main") : page.index("</main")].replace(site.csrf(), "")


def hidden(site: GuardedSite) -> Record:
    """A record of Niger's under HOSTAGE."""
    return Maker("refused")(bears=site.label(), originator="NE", signer="NE-1")


def test_what_leaves_counts_for_who_may_read_it_and_for_nobody_else(site: GuardedSite) -> None:
    before = {who: told(site, who) for who in ("idriss", "maryam", "sidi")}
    filed(site)
    assert {who: told(site, who) for who in before} == before
    unsent = {p["party"]: p["unsent"] for p in told(site, "salem")[0]["peers"]}  # type: ignore[index]
    assert unsent["NE"] == 1


def test_an_open_record_counts_for_all(site: GuardedSite) -> None:
    done(put(site.node.desk("release"), "ظاهر", to=("ML", "NE")))
    answer = told(site, "idriss")[0]
    assert {p["party"]: p["unsent"] for p in answer["peers"]}["NE"] == 1  # type: ignore[index]
    assert answer["pending"] == 1  # type: ignore[index]


def test_what_waits_and_what_was_refused_follow_their_labels(site: GuardedSite) -> None:
    before = {who: told(site, who) for who in ("idriss", "maryam")}
    record, at_ms = hidden(site), millis(site.node.clock.now())
    with site.node.store.write() as tx:
        tx.wait(record, needs=[b"n" * 16], feed=None, at_ms=at_ms)
        raw = msgpack.encode(record.signed)
        tx.quarantine("record.expired", raw, digest=record.digest, at_ms=at_ms, party="NE")
    assert {who: told(site, who) for who in before} == before
    site.enter("salem")
    assert site.api("/api/exchange")["waiting"] == 1
    assert [r["code"] for r in site.api("/api/quarantine")["rows"]] == ["record.expired"]


def test_no_event_wakes_a_page_for_what_is_hidden(site: GuardedSite) -> None:
    record = hidden(site)
    with site.node.store.write() as tx:
        raw = msgpack.encode(record.signed)
        tx.quarantine("record.expired", raw, digest=record.digest, at_ms=1, party="NE")
        tx.append(record, received_ms=1)
    changes = Changes((record.id,), frozenset({"report/1"}), frozenset({"quarantine", "peers", "feeds"}))
    assert not concerns(site.visit("idriss"), changes)
    listening = site.visit("aicha")
    assert concerns(listening, changes)
    with site.node.store.write() as tx:
        tx.dismiss("HOSTAGE", "aicha")
    assert not concerns(listening, changes)
