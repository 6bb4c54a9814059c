"""Who will see a record, told before it is signed."""

from __future__ import annotations

from typing import Any

import msgspec

from tansiq.model.charter import Charter
from tansiq.model.label import EVERYBODY, Party, label
from tansiq.policy.preview import Line, who_sees
from tests.federation import FOUR, START, START_MS, TYPES, federation

CHARTER = federation().charter


def with_party(code: str, **changes: Any) -> Charter:
    parties = tuple(msgspec.structs.replace(p, **changes) if p.code == code else p for p in CHARTER.parties)
    return msgspec.structs.replace(CHARTER, parties=parties)


def stopped_as(**changes: Any) -> str | None:
    seen = who_sees(label(["*"], level="open"), with_party("FR", **changes), now=START)
    return next(line.reason for line in seen.readers if line.party == "FR")


def test_what_an_officer_still_needs_is_told_beside_the_parties() -> None:
    value = label(FOUR, level="secret", compartments=["HOSTAGE", "ORYX"], uses=["judicial", "rescue"])
    seen = who_sees(value, CHARTER, now=START)
    assert (seen.level, seen.compartments, seen.uses) == (
        "secret",
        ("HOSTAGE", "ORYX"),
        ("judicial", "rescue"),
    )


def test_every_party_may_hold_what_no_holders_or_no_charter_bind() -> None:
    for compartments in (["HOSTAGE"], ["خاص"], ["HOSTAGE", "خاص"]):
        assert who_sees(label(FOUR, compartments=compartments), CHARTER, now=START).seeing == FOUR
    bound = who_sees(label(FOUR, compartments=["HOSTAGE", "ORYX", "خاص"]), CHARTER, now=START)
    assert bound.seeing == ("ML",)
    assert Line(Party("DZ"), False, "compartment") in bound.stopped


def test_a_purpose_stops_nobody_who_may_act_for_it() -> None:
    assert who_sees(label(FOUR, uses=["rescue"]), CHARTER, now=START).seeing == FOUR


def test_a_record_is_public_only_for_what_the_public_page_shows() -> None:
    assert who_sees(label(["*"], level="open"), CHARTER, now=START).public
    assert not who_sees(label(FOUR, level="open"), CHARTER, now=START).public
    assert not who_sees(label(["*"], level="open", until=START), CHARTER, now=START).public
    kept = who_sees(label(["*"], level="open", compartments=["ORYX"]), CHARTER, now=START)
    assert (kept.public, kept.seeing) == (False, ("BF", "ML"))


def test_the_moment_a_party_begins_ends_or_is_suspended_is_told_exactly() -> None:
    assert stopped_as() is None
    assert stopped_as(from_ms=START_MS) is None
    assert stopped_as(from_ms=START_MS + 1) == "not-begun"
    assert stopped_as(until_ms=START_MS + 1) is None
    assert stopped_as(until_ms=START_MS) == "ended"
    assert stopped_as(from_ms=START_MS, until_ms=START_MS) == "ended"
    assert stopped_as(suspended_ms=START_MS + 1) is None
    assert stopped_as(suspended_ms=START_MS) == "suspended"
    assert stopped_as(suspended_ms=START_MS - 1) == "suspended"
    assert stopped_as(suspended_ms=START_MS + 1, until_ms=START_MS) == "ended"


def test_the_lines_stand_in_the_order_of_codes_whatever_the_charters() -> None:
    turned = msgspec.structs.replace(CHARTER, parties=CHARTER.parties[::-1])
    seen = who_sees(label([EVERYBODY], level="open"), turned, now=START)
    assert tuple(line.party for line in seen.readers) == tuple(sorted(TYPES))
    assert seen.readers[0] == Line(Party("BF"), True)
    assert seen.stopped == ()
