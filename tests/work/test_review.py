"""Records of a revoked key: what the store's own check says of them, and what an officer may do."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tansiq.base.clock import millis
from tansiq.base.refusal import Refusal
from tansiq.model.label import Party
from tansiq.node.upkeep import verified
from tansiq.policy import amend
from tansiq.work import amend_charter, review
from tests.federation import FOUR
from tests.simulate.desks import desk_at, steps
from tests.simulate.nodes import World, world_of


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    made = world_of(tmp_path, FOUR)
    made["DZ"].write(FOUR, title="مشكوك فيه")
    made.settle()
    book, key = made["DZ"].link.book, made["DZ"].keys.signer_id
    changes = amend.revoke(book(), Party("DZ"), key, from_ms=millis(made.clock.now()) - 3_600_000)
    assert not isinstance(changes, Refusal)
    digest = amend_charter.propose(desk_at(made["ML"]), made["ML"].link.book, changes)
    assert isinstance(digest, bytes)
    for party in ("ML", "MR", "NE"):
        amend_charter.sign(desk_at(made[party]), made[party].link.book, digest)
        steps(made, 2)
    yield made
    made.close()


def test_the_store_is_whole_though_a_key_was_revoked_since(world: World) -> None:
    for party in ("DZ", "ML"):
        assert world[party].link.book.epoch == 2
        report = verified(world[party].store)
        assert report.ok, [line.wrong for line in report.lines if not line.ok]


def test_what_is_held_back_leaves_others_lists_and_stays_in_its_originators(world: World) -> None:
    assert world["DZ"].titles() == ["مشكوك فيه"]
    assert world["ML"].titles() == []


def test_an_officer_settles_once_with_a_reason(world: World) -> None:
    node = world["ML"]
    desk, book = desk_at(node), node.link.book
    with node.store.read() as rx:
        (held,) = [h for h in review.waiting(rx, desk) if h.record.header.kind == "report/1"]
    digest = held.record.digest
    for role in ("duty", "legal", "auditor"):
        refused = review.settle(desk_at(node, role), book, digest, accept=True, reason="سبب")
        assert refused == Refusal("role", frozenset({"release"}))
    assert review.settle(desk, book, digest, accept=True, reason=" ") == Refusal("review.no-reason")
    assert review.settle(desk, book, bytes(32), accept=True, reason="x") == Refusal("review.unknown")
    assert not isinstance(review.settle(desk, book, digest, accept=False, reason="سبب"), Refusal)
    assert review.settle(desk, book, digest, accept=True, reason="سبب") == Refusal("review.settled")
    assert node.titles() == []
    assert verified(node.store).ok
