"""Proposals of a next epoch between nodes: signatures come together, one epoch comes out."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any, Literal
from unittest import mock

import msgspec
import pytest

from tansiq.base.clock import millis
from tansiq.base.refusal import Refusal
from tansiq.exchange import proposals
from tansiq.model.amendment import Change, Moved, Renamed
from tansiq.model.label import Party
from tansiq.policy import amend
from tansiq.policy.charter import SignedCharter, encode_charter, sign_charter
from tansiq.seal.charter_notes import CharterVoice
from tansiq.store.epochs import VoiceRow
from tansiq.work import amend_charter
from tests.federation import FOUR, START_MS
from tests.simulate.desks import desk_at, steps
from tests.simulate.nodes import World, world_of

FIVE = (*FOUR, "FR")


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    made = world_of(tmp_path, FIVE)
    made.settle()
    yield made
    made.close()


def propose(world: World, party: str, *changes: Change) -> bytes:
    node = world[party]
    digest = amend_charter.propose(desk_at(node), node.link.book, changes)
    assert isinstance(digest, bytes), digest
    return digest


def sign(world: World, party: str, digest: bytes) -> bytes | Refusal:
    node = world[party]
    return amend_charter.sign(desk_at(node, "legal"), node.link.book, digest)


def withdraw(world: World, party: str, digest: bytes) -> bytes | Refusal:
    node = world[party]
    return amend_charter.withdraw(desk_at(node), node.link.book, digest)


def suspension(world: World, of: str = "NE") -> tuple[Change, ...]:
    changes = amend.suspend(world["DZ"].link.book(), Party(of), at_ms=millis(world.clock.now()))
    assert not isinstance(changes, Refusal)
    return changes


def epochs(world: World) -> dict[str, int]:
    return {party: node.link.book.epoch for party, node in world.nodes.items()}


def names(world: World) -> set[str]:
    return {node.link.book().name for node in world.nodes.values()}


def test_signatures_come_together_and_every_node_adopts_the_epoch(world: World) -> None:
    digest = propose(world, "DZ", Renamed("اسم جديد"))
    assert sign(world, "DZ", digest) == digest
    steps(world)
    assert sign(world, "ML", digest) == digest
    steps(world)
    assert set(epochs(world).values()) == {1}
    assert sign(world, "MR", digest) == digest
    assert world["MR"].link.book.epoch == 2
    steps(world)
    assert set(epochs(world).values()) == {2}
    assert names(world) == {"اسم جديد"}


def test_a_partner_hears_nothing_of_a_proposal_until_it_is_in_force(world: World) -> None:
    propose(world, "DZ", Renamed("اسم جديد"))
    steps(world)
    held = {p: len(_proposals(world, p)) for p in FIVE}
    assert held == {"DZ": 1, "ML": 1, "MR": 1, "NE": 1, "FR": 0}


def test_a_suspension_takes_two_and_whom_it_suspends_is_not_told(world: World) -> None:
    digest = propose(world, "DZ", *suspension(world))
    sign(world, "DZ", digest)
    steps(world)
    assert _proposals(world, "NE") == []
    sign(world, "ML", digest)
    steps(world)
    assert epochs(world) == {"DZ": 2, "ML": 2, "MR": 2, "FR": 2, "NE": 1}


def test_every_node_says_since_when_it_knows_an_epoch(world: World) -> None:
    digest = propose(world, "DZ", *suspension(world))
    sign(world, "DZ", digest)
    steps(world, 2)
    sign(world, "ML", digest)
    steps(world, 4)
    with world["DZ"].store.read() as rx:
        known = {row.party: row.since_ms for row in rx.known_epochs(2)}
    assert set(known) == {"DZ", "ML", "MR", "FR"}
    assert all(START_MS < since <= millis(world.clock.now()) for since in known.values())


def test_a_party_signs_one_proposal_of_an_epoch_until_it_takes_that_back(world: World) -> None:
    first = propose(world, "DZ", Renamed("أول"))
    second = propose(world, "ML", Renamed("ثان"))
    steps(world)
    assert sign(world, "MR", first) == first
    assert sign(world, "MR", second) == Refusal("charter.signed-another", frozenset({first.hex()[:16]}))
    assert withdraw(world, "MR", first) == first
    assert sign(world, "MR", second) == second


def test_a_signature_that_was_taken_back_does_not_count_and_does_not_return(world: World) -> None:
    first = propose(world, "DZ", Renamed("أول"))
    sign(world, "DZ", first)
    steps(world)
    sign(world, "MR", first)
    steps(world)
    assert withdraw(world, "MR", first) == first
    steps(world)
    assert sign(world, "ML", first) == first  # ML's note still bears no signature of MR
    steps(world)
    assert set(epochs(world).values()) == {1}
    with world["DZ"].store.read() as rx:
        row = rx.proposal(first)
        assert row is not None
        assert proposals.standing_of(rx, row, world["DZ"].link.book).given == ("DZ", "ML")
    sign(world, "MR", first)
    steps(world)
    assert set(epochs(world).values()) == {2}


def test_of_two_proposals_one_becomes_the_epoch(world: World) -> None:
    first = propose(world, "DZ", Renamed("أول"))
    second = propose(world, "NE", Renamed("ثان"))
    steps(world)
    sign(world, "DZ", first)
    sign(world, "NE", second)
    sign(world, "ML", first)
    sign(world, "MR", second)
    steps(world)
    assert set(epochs(world).values()) == {1}
    withdraw(world, "MR", second)
    steps(world)
    sign(world, "MR", first)
    steps(world, 4)
    assert set(epochs(world).values()) == {2}
    assert names(world) == {"أول"}
    assert sign(world, "ML", second) == Refusal("charter.not-next")


def test_who_signs_two_proposals_raises_an_alarm_and_counts_for_the_first(world: World) -> None:
    first = propose(world, "DZ", Renamed("أول"))
    second = propose(world, "ML", Renamed("ثان"))
    steps(world)
    sign(world, "MR", first)
    steps(world)
    _sign_against_the_rule(world, "MR", second)
    steps(world)
    assert "charter.fork" in world["DZ"].codes()
    sign(world, "ML", second)
    sign(world, "DZ", second)
    steps(world)
    assert set(epochs(world).values()) == {1}


def _sign_against_the_rule(world: World, party: str, digest: bytes) -> None:
    """Sign as a node does that keeps no rule."""
    node = world[party]
    with node.store.write() as tx:
        row = tx.proposal(digest)
        assert row is not None
        (signature,) = sign_charter(SignedCharter(row.raw), [node.keys]).signatures
        proposals.sign_for(tx, digest, signature, at_ms=millis(world.clock.now()))
        proposals.tell_electors(tx, row, node.link.book, me=node.party, at_ms=millis(world.clock.now()))


def test_two_good_charters_for_one_epoch_raise_the_alarm(world: World) -> None:
    fed = world.federation
    after = amend.next_epoch(
        fed.charter, world["DZ"].link.book.newest_hash, [Renamed("سري")], issued_ms=START_MS
    )
    hidden = sign_charter(after, [fed.keys[p] for p in ("ML", "MR", "NE")])
    digest = propose(world, "DZ", Renamed("علني"))
    for party in ("DZ", "ML", "MR"):
        sign(world, party, digest)
        steps(world)
    assert amend_charter.adopt(desk_at(world["DZ"]), world["DZ"].link.book, hidden) == Refusal("charter.fork")
    assert names(world) == {"علني"}


def test_officers_of_other_roles_and_parties_that_are_no_members_sign_nothing(world: World) -> None:
    digest = propose(world, "DZ", Renamed("اسم"))
    book = world["DZ"].link.book
    for role in ("duty", "analyst", "admin", "auditor", "interpreter"):
        refused = amend_charter.sign(desk_at(world["DZ"], role), book, digest)
        assert refused == Refusal("role", frozenset({"charter"}))
    france = world["FR"]
    assert amend_charter.propose(desk_at(france), france.link.book, [Renamed("x")]) == Refusal(
        "charter.not-member"
    )


def test_what_the_words_do_not_tell_is_not_signed(world: World) -> None:
    node = world["DZ"]
    after = amend.next_epoch(node.link.book(), node.link.book.newest_hash, [], issued_ms=START_MS)
    shuffled = msgspec.structs.replace(after, parties=after.parties[::-1])
    digest = amend_charter.propose_signed(
        desk_at(node), node.link.book, SignedCharter(encode_charter(shuffled))
    )
    assert isinstance(digest, bytes)
    assert sign(world, "DZ", digest) == Refusal("charter.beyond-words")


@pytest.mark.parametrize("shift", [timedelta(days=15), timedelta(hours=-2)])
def test_a_proposal_dated_far_from_now_is_not_signed(world: World, shift: timedelta) -> None:
    digest = propose(world, "DZ", Renamed("اسم"))
    world.clock.set(world.clock.now() + shift)
    assert sign(world, "DZ", digest) == Refusal("charter.ill-dated")


def test_declining_is_told_and_can_be_thought_better_of(world: World) -> None:
    digest = propose(world, "DZ", Renamed("اسم"))
    steps(world)
    ml = world["ML"]
    assert amend_charter.decline(desk_at(ml), ml.link.book, digest) == digest
    steps(world)
    with world["DZ"].store.read() as rx:
        assert [(v.party, v.act) for v in rx.voices(digest)] == [("ML", "decline")]
    assert sign(world, "ML", digest) == digest
    assert amend_charter.decline(desk_at(ml), ml.link.book, digest) == Refusal("charter.signed")
    assert withdraw(world, "DZ", digest) == Refusal("charter.not-signed")


def test_who_comes_back_reads_the_epoch_before_it_sends_anything(world: World) -> None:
    world.cut("MR")
    digest = propose(world, "DZ", *suspension(world))
    sign(world, "DZ", digest)
    steps(world)
    sign(world, "ML", digest)
    steps(world)
    secret = world["MR"].write(("DZ", "NE"), title="بعد القرار")
    steps(world)
    world.cut()
    steps(world, 5, heads=True)
    assert world["MR"].link.book.epoch == 2
    assert secret.header.id in world["DZ"].ids()
    assert secret.header.id not in world["NE"].ids()


def test_what_was_sealed_under_an_old_epoch_is_refused_until_its_originator_stands_by_it(
    world: World,
) -> None:
    digest = propose(world, "DZ", Renamed("اسم"))
    sign(world, "DZ", digest)
    steps(world)
    sign(world, "ML", digest)
    world.clock.set(world.clock.now() + timedelta(seconds=5))
    record = world["NE"].write(("DZ", "MR"), title="قديم")
    world["NE"].link.dispatcher.close_segments("routine")
    sign(world, "MR", digest)
    world.net.cut(())
    steps(world, 1)
    world.settle()
    assert record.header.id in world["DZ"].ids()
    assert record.header.id in world["MR"].ids()


def test_a_new_mailbox_is_used_at_once_and_the_old_one_still_read(world: World) -> None:
    boxes = (b"x" * 16, b"y" * 16)
    late = world["ML"].write(("NE",), title="إلى الصندوق القديم")
    world.cut("NE")
    steps(world, 2)
    digest = propose(world, "DZ", Moved(Party("NE"), *boxes))
    for party in ("DZ", "ML", "MR"):
        sign(world, party, digest)
        steps(world)
    fresh = world["ML"].write(("NE",), title="إلى الصندوق الجديد")
    world.cut()
    world.settle()
    assert {late.header.id, fresh.header.id} <= world["NE"].ids()
    before = world.federation.charter.party("NE")
    assert before is not None
    world["ML"].write(("NE",), title="بعده")
    waiting = world.net.waiting(before.mailbox)
    world.settle()
    assert world.net.waiting(before.mailbox) == waiting


def test_the_past_tells_where_a_signature_was_given(world: World) -> None:
    digest = propose(world, "DZ", Renamed("اسم"))
    sign(world, "DZ", digest)
    with world["DZ"].store.read() as rx:
        acts = [(e.act, e.officer, e.detail) for e in rx.journal_entries()]
    assert acts == [
        ("charter.sign", "legal", f"2; {digest.hex()[:16]}"),
        ("charter.propose", "release", f"2; {digest.hex()[:16]}"),
    ]


def _voice(world: World, digest: bytes, *, ahead: timedelta, act: Literal["withdraw", "decline"]) -> None:
    """Give DZ a voice of ML that is dated so far ahead of DZ's clock."""
    dz, now_ms = world["DZ"], millis(world.clock.now())
    said = CharterVoice(
        originator=Party("ML"),
        to=dz.party,
        created_ms=now_ms + ahead // timedelta(milliseconds=1),
        epoch=1,
        signer=world["ML"].keys.signer_id,
        digest=digest,
        act=act,
    )
    with dz.store.write() as tx:
        proposals.take_voice(tx, said, dz.link.book, me=dz.party, at_ms=now_ms)


def _given(world: World, digest: bytes) -> tuple[Party, ...]:
    with world["DZ"].store.read() as rx:
        row = rx.proposal(digest)
        assert row is not None
        return proposals.standing_of(rx, row, world["DZ"].link.book).given


@pytest.mark.parametrize("act", ["withdraw", "decline"])
def test_a_voice_dated_far_ahead_keeps_no_signature_from_counting(
    world: World, act: Literal["withdraw", "decline"]
) -> None:
    digest = propose(world, "DZ", Renamed("اسم"))
    steps(world)
    _voice(world, digest, ahead=timedelta(hours=73), act=act)
    sign(world, "ML", digest)
    steps(world)
    assert _given(world, digest) == ("ML",)
    _voice(world, digest, ahead=timedelta(days=9000), act=act)
    assert _given(world, digest) == ("ML",)


def test_a_voice_that_was_noted_far_ahead_gives_way_to_the_signature(world: World) -> None:
    digest = propose(world, "DZ", Renamed("اسم"))
    steps(world)
    with world["DZ"].store.write() as tx:
        tx.put_voice(VoiceRow(digest, Party("ML"), "withdraw", b"", 2**62))
    sign(world, "ML", digest)
    steps(world)
    assert _given(world, digest) == ("ML",)


def test_a_signature_told_far_ahead_can_still_be_taken_back(world: World) -> None:
    digest = propose(world, "DZ", Renamed("اسم"))
    steps(world)
    sign(world, "ML", digest)
    dz, ml, now_ms = world["DZ"], world["ML"], millis(world.clock.now())
    with dz.store.write() as tx:
        row = tx.proposal(digest)
        assert row is not None
        mine = sign_charter(SignedCharter(row.raw), [ml.keys]).signatures
        book, far_ms = dz.link.book, now_ms + 90 * 86_400_000
        proposals.take_signatures(tx, row, mine, book, at_ms=now_ms, teller="ML", told_ms=far_ms)
    assert _given(world, digest) == ("ML",)
    withdraw(world, "ML", digest)
    steps(world)
    assert _given(world, digest) == ()


def test_a_party_that_floods_with_proposals_buries_nobody(world: World) -> None:
    found = propose(world, "DZ", Renamed("اسم صادق"))
    sign(world, "DZ", found)
    world.clock.set(world.clock.now() + timedelta(minutes=1))
    for n in range(proposals.OPEN_LIMIT):
        propose(world, "ML", Renamed(f"طوفان {n}"))
    node = world["ML"]
    no = Refusal("charter.too-many", frozenset({"5"}))
    assert amend_charter.propose(desk_at(node), node.link.book, [Renamed("طوفان")]) == no
    with mock.patch.object(proposals, "OPEN_LIMIT", 50):
        for n in range(20):
            propose(world, "ML", Renamed(f"سيل {n}"))
    steps(world)
    assert len(_proposals(world, "DZ")) == 6
    assert "charter.too-many" in world["DZ"].codes()
    with world["ML"].store.read() as rx:
        assert len(rx.proposals()) == 26
        assert proposals.foremost(rx, 20)[0].digest == found


def test_what_another_party_has_signed_is_no_flood_and_old_proposals_make_room(world: World) -> None:
    made = [propose(world, "ML", Renamed(f"اسم {n}")) for n in range(proposals.OPEN_LIMIT)]
    steps(world)
    sign(world, "DZ", made[0])
    steps(world)
    propose(world, "ML", Renamed("سادس"))
    world.clock.set(world.clock.now() + timedelta(days=15))
    propose(world, "ML", Renamed("سابع"))


def _proposals(world: World, party: str) -> list[Any]:
    with world[party].store.read() as rx:
        return list(rx.proposals())
