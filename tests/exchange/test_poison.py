"""A frame that a member signed and no reader foresaw is put aside with a code; it never comes for ever."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tansiq.base.clock import millis
from tansiq.exchange.gaps import missing
from tansiq.exchange.verdict import Held, Noted, Outcome, Quarantined, Taken
from tansiq.model.label import Party
from tansiq.seal import HeadList, sign_note
from tansiq.seal.charter_notes import CharterVoice, Farewell
from tansiq.seal.segment import (
    BlobPart,
    BlobWish,
    FeedSeen,
    FeedTip,
    Head,
    JournalHead,
    LostRange,
    RecoveryPart,
    RecoveryWish,
    ResendRequest,
    RevokedHead,
    StampLine,
    WitnessedHead,
)
from tansiq.work.alarms import open_alarms
from tests.exchange.test_inbox import arrive, envelope, report, segment_of
from tests.simulate.nodes import World, world_of

HUGE = 2**64 - 1
NE = (Party("NE"),)


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    found = world_of(tmp_path, ("ML", "NE"))
    yield found
    found.close()


NOTES: dict[str, tuple[type[Any], dict[str, Any]]] = {
    "feed number": (HeadList, {"heads": (Head(NE, HUGE, b"h" * 32, 0),)}),
    "feed number below": (HeadList, {"heads": (Head(NE, -(2**63), b"", 0),)}),
    "through": (HeadList, {"heads": (Head(NE, 1, b"h" * 32, HUGE),)}),
    "journal": (HeadList, {"journal": JournalHead(HUGE, b"h" * 32)}),
    "lost": (HeadList, {"lost": (LostRange(NE, -(2**63), HUGE),)}),
    "lost many": (HeadList, {"heads": (Head(NE, 5, b"h" * 32, 0),), "lost": (LostRange(NE, 0, 2**62),)}),
    "epoch": (HeadList, {"epoch": HUGE}),
    "since": (HeadList, {"epoch_since_ms": HUGE}),
    "frame": (HeadList, {"frame_bytes": HUGE}),
    "frame below": (HeadList, {"frame_bytes": -HUGE // 2}),
    "created": (HeadList, {"created_ms": HUGE}),
    "created below": (HeadList, {"created_ms": -(2**63)}),
    "revoked": (HeadList, {"revoked": (RevokedHead("x", NE, HUGE),)}),  # type: ignore[arg-type]
    "witnessed": (HeadList, {"witnessed": (WitnessedHead(Party("NE"), HUGE, b""),)}),
    "seen": (HeadList, {"seen": (FeedSeen(Party("NE"), (Party("ML"),), HUGE, b"h" * 32),)}),
    "links": (HeadList, {"links": (b"",) * 100, "journal": JournalHead(100, b"h" * 32)}),
    "nul": (HeadList, {"heads": (Head((Party("N\0\ud7ff"),), 1, b"", 0),)}),
    "resend": (ResendRequest, {"recipients": NE, "numbers": (HUGE, -(2**63), 0)}),
    "resend many": (ResendRequest, {"recipients": NE, "numbers": tuple(range(40000))}),
    "blob wish": (BlobWish, {"digest": b"", "offset": HUGE, "size_bytes": -(2**63)}),
    "blob part": (BlobPart, {"digest": b"x", "offset": HUGE, "total_bytes": HUGE, "data": b"x"}),
    "voice": (CharterVoice, {"digest": b"d", "act": "decline", "created_ms": HUGE}),
    "voice plain": (CharterVoice, {"digest": b"d", "act": "decline"}),
    "farewell": (Farewell, {"created_ms": HUGE}),
    "recovery wish": (RecoveryWish, {"after": b"x", "stamp": HUGE}),
    "recovery part": (
        RecoveryPart,
        {"tips": (FeedTip(b"", (), b""),), "heads": (b"", b""), "stamps": (StampLine(HUGE, b""),)},
    ),
}  # fmt: skip


def note(world: World, shape: type[Any], said: dict[str, Any]) -> bytes:
    ml = world["ML"]
    whose: dict[str, Any] = {
        "originator": ml.party,
        "to": Party("NE"),
        "created_ms": millis(ml.clock.now()),
        "epoch": 1,
        "signer": ml.keys.signer_id,
    }
    return envelope(world, sign_note(shape(**whose | said), ml.keys))


@pytest.mark.parametrize("case", NOTES)
def test_no_note_of_a_member_comes_for_ever(world: World, case: str) -> None:
    outcome: Outcome = arrive(world, note(world, *NOTES[case]))
    assert isinstance(outcome, Noted | Quarantined | Held)


HEADS: dict[str, dict[str, Any]] = {
    "number": {"number": HUGE, "previous": b"p" * 32},
    "epoch": {"epoch": HUGE},
    "created": {"created_ms": 2**62},
    "created below": {"created_ms": -(2**62)},
    "priority": {"priority": HUGE},
}


@pytest.mark.parametrize("case", HEADS)
def test_no_segment_of_a_member_comes_for_ever(world: World, case: str) -> None:
    raw = envelope(world, segment_of(world["ML"], [report(world["ML"])], **HEADS[case]))
    assert arrive(world, raw) is not None


def test_what_nobody_foresaw_is_put_aside_with_a_code_and_the_next_frame_is_taken(
    world: World, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    raw = envelope(world, segment_of(world["ML"], [report(world["ML"], "كمين")]))

    def unforeseen(*_: object) -> Outcome:
        raise KeyError("كمين")

    with monkeypatch.context() as broken:
        broken.setattr(type(world["NE"].link.receiver), "_sorted", unforeseen)
        assert arrive(world, raw) == Quarantined("segment.malformed")
    assert arrive(world, raw) == Taken(new=1)
    said = capsys.readouterr().out
    assert "KeyError" in said
    assert "كمين" not in said


def test_a_full_disk_is_no_fault_of_the_frame(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> Outcome:
        raise OSError(28, "no space")

    monkeypatch.setattr(type(world["NE"].link.receiver), "_sorted", full)
    with pytest.raises(OSError, match="no space"):
        arrive(world, envelope(world, segment_of(world["ML"], [report(world["ML"])])))
    assert world["NE"].codes() == []


ASKED = [case for case, (shape, _) in NOTES.items() if shape in (ResendRequest, RecoveryWish, BlobWish)]


@pytest.mark.parametrize("case", ASKED)
def test_what_a_member_asks_for_beyond_all_numbers_does_not_stop_the_link(world: World, case: str) -> None:
    link, entry = world["NE"].link, world.federation.charter.party("NE")
    assert entry is not None
    asyncio.run(link.post.carriers["routine"].put(entry.mailbox, note(world, *NOTES[case])))
    assert asyncio.run(link.drain("alert")) == []
    (outcome,) = asyncio.run(link.drain("routine"))
    assert isinstance(outcome, Noted)


def test_an_alarm_does_not_drown_in_frames_that_are_refused(world: World) -> None:
    store = world["NE"].store
    with store.write() as tx:
        tx.quarantine("feed.fork", b"x", digest=b"a" * 32, at_ms=1, party="ML")
        for n in range(1001):
            tx.quarantine("frame.malformed", b"", digest=n.to_bytes(32), at_ms=2)
    with store.read() as rx:
        assert [row.code for row in open_alarms(rx)] == ["feed.fork"]


def test_a_head_list_signed_far_ahead_does_not_silence_those_after_it(world: World) -> None:
    lost = {"heads": (Head(NE, 1, b"h" * 32, 0),)}
    arrive(world, note(world, HeadList, {"created_ms": 2**62}))
    arrive(world, note(world, HeadList, lost))
    with world["NE"].store.read() as rx:
        assert [gap.numbers for gap in missing(rx)] == [(1,)]


def test_a_list_far_ahead_that_was_believed_once_is_forgotten(world: World) -> None:
    with world["NE"].store.write() as tx:
        tx.set_setting("heads.ML", str(2**62))
    arrive(world, note(world, HeadList, {"heads": (Head(NE, 1, b"h" * 32, 0),)}))
    with world["NE"].store.read() as rx:
        assert [gap.numbers for gap in missing(rx)] == [(1,)]
