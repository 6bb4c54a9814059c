"""Protected compartments over a node's own pages and interface: open in a session, and nowhere else."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec
import pytest

from tansiq.seal import Segment, unpack, unseal
from tansiq.store.sealed_out import AWAITS_MS
from tests.web.guarded import GuardedSite

ABSENT = "01c16397-ab00-747e-9516-fe7fe687dcf4"


@pytest.fixture
def site(tmp_path: Path) -> Iterator[GuardedSite]:
    made = GuardedSite(tmp_path)
    with made.client:
        yield made


def filed(site: GuardedSite, **more: Any) -> str:
    """Sign a protected record as one who holds its compartment; return its id."""
    site.enter("aicha")
    return str(site.api("/api/records", site.hostage(**more), 201)["id"])


def test_a_holder_reads_lists_and_finds_it(site: GuardedSite) -> None:
    filed(site)
    site.enter("salem")
    rows = site.api("/api/records")["rows"]
    assert [row["title"] for row in rows] == ["مفاوضات المهندس"]
    assert site.api("/api/search?q=كيدال")["total"] == 1
    held = site.api(f"/api/records/{rows[0]['id']}")
    assert held["fields"]["text"] == "يُحتجز قرب كيدال منذ ثلاثة أيام"
    assert "مفاوضات المهندس" in site.get(f"/record/{rows[0]['id']}")


@pytest.mark.parametrize("who", ["idriss", "maryam", "admin", "sidi"])
def test_an_account_that_says_so_opens_nothing_without_the_key(site: GuardedSite, who: str) -> None:
    record = filed(site)
    site.enter(who)
    assert site.api("/api/records")["total"] == 0
    assert site.api("/api/search?q=كيدال")["total"] == 0
    there, absent = (site.client.get(f"/api/records/{each}") for each in (record, ABSENT))
    assert (there.status_code, there.text) == (absent.status_code, absent.text)
    assert there.status_code == 404


def test_nothing_of_it_stands_in_the_files_of_the_node(site: GuardedSite, tmp_path: Path) -> None:
    filed(site)
    site.api("/api/search?q=كيدال")
    files = b"".join(path.read_bytes() for path in tmp_path.rglob("*") if path.is_file())
    for word in ("مفاوضات", "المهندس", "كيدال", "يُحتجز"):
        assert word.encode() not in files


def test_after_signing_out_the_keys_are_gone(site: GuardedSite) -> None:
    filed(site)
    assert len(site.wiring.session_keys) == 1
    site.post("/sign-out", {})
    assert len(site.wiring.session_keys) == 0


def test_a_session_that_outlived_the_program_opens_nothing(site: GuardedSite) -> None:
    record = filed(site)
    site.wiring.session_keys.__init__()  # type: ignore[misc]  # what a restart leaves
    assert site.api("/api/me")["officer"] == "aicha"
    site.api(f"/api/records/{record}", status=404)
    assert site.api("/api/records")["total"] == 0


def test_who_does_not_hold_it_writes_nothing_under_it(site: GuardedSite) -> None:
    filed(site)
    site.enter("idriss")
    known, unknown = site.hostage(), site.hostage()
    unknown["label"] = unknown["label"] | {"compartments": ["CASE-NONE"]}
    answers = [
        site.client.post(
            "/api/records", content=msgspec.json.encode(sent), headers={"content-type": "application/json"}
        )
        for sent in (known, unknown)
    ]
    assert [a.status_code for a in answers] == [answers[0].status_code] * 2
    assert answers[0].text.replace("HOSTAGE", "X") == answers[1].text.replace("CASE-NONE", "X")
    assert answers[0].status_code >= 400


def test_it_leaves_sealed_for_its_recipient_alone(site: GuardedSite) -> None:
    filed(site)
    with site.node.store.read() as rx:
        assert rx.pending() == ()
        delivery = rx.unsent()[0]
        kept = rx.sealed_for(delivery.feed, delivery.number)
    assert set(kept) == {"NE"}
    opened = unpack(unseal(kept["NE"], site.node.world.keys["NE"].seal_identities))  # type: ignore[index]
    assert isinstance(opened, Segment)
    with pytest.raises(Exception, match="opens"):
        unseal(kept["NE"], site.node.world.keys["ML"].seal_identities)  # type: ignore[index]


def test_what_is_asked_for_again_waits_for_a_session_that_opens_it(site: GuardedSite) -> None:
    record = filed(site)
    store = site.node.store
    with store.write() as tx:
        held = tx.record(record)  # type: ignore[arg-type]
        assert held is not None
        sent = tx.unsent()[0]
        tx.mark_sent(sent.feed, sent.number, sent.party, 1)
        tx.drop_received([(held.header.id, 1)], sent.party)
        tx.await_session(sent.feed, sent.number, sent.party)
    site.enter("idriss")
    site.api("/api/me")
    with store.read() as rx:
        assert rx.sent_at(sent.feed, [sent.number], sent.party) == {sent.number: AWAITS_MS}
    site.enter("salem")
    site.api("/api/me")
    with store.read() as rx:
        assert rx.sent_at(sent.feed, [sent.number], sent.party) == {sent.number: None}
        assert set(rx.sealed_for(sent.feed, sent.number)) == {"NE"}


def test_a_correction_of_a_protected_record_goes_the_same_way(site: GuardedSite) -> None:
    record = filed(site)
    site.api(f"/api/records/{record}/versions", site.hostage("عنوان مصحح"))
    assert site.api(f"/api/records/{record}")["title"] == "عنوان مصحح"
    with site.node.store.read() as rx:
        assert len(rx.unsent()) == 2


def test_no_file_is_attached_under_a_protected_compartment(site: GuardedSite) -> None:
    record = filed(site)
    sent = {"_csrf": site.csrf(), "keep": "yes"}
    answer = site.client.post(
        f"/record/{record}/attach", data=sent, files={"file": ("صورة.txt", "نصّ".encode(), "text/plain")}
    )
    assert answer.status_code == 422
    with site.node.store.read() as rx:
        assert rx.wanted_blobs() == ()
        assert not site.api(f"/api/records/{record}")["blobs"]
