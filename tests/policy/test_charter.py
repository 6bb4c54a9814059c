"""Charter epochs: who may change them, what names stand for, who receives."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta
from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tansiq.base.ids import SeededEntropy
from tansiq.base.refusal import Refusal
from tansiq.model.charter import BadCharter, decode_charter, encode_charter
from tansiq.model.label import EVERYBODY, Party, label
from tansiq.policy.charter import (
    Charter,
    CharterRules,
    Circle,
    CircleCode,
    Seat,
    SignedCharter,
    charter_hash,
    recipients_of,
    sign_charter,
    standing,
    verify_charter,
)
from tansiq.seal.keys import generate
from tests.federation import DAY_MS, FOUR, START, START_MS, TYPES, Federation, federation, names

FED = federation()


def amended(fed: Federation, signers: Iterable[str], **changes: Any) -> SignedCharter:
    """The next epoch with changes, signed by these parties."""
    given = {"epoch": 2, "previous": charter_hash(fed.signed.charter), "issued_ms": START_MS}
    after = msgspec.structs.replace(fed.charter, **given | changes)
    return sign_charter(after, [fed.keys[p] for p in signers])


def reason(found: Charter | Refusal) -> str | None:
    return found.reason if isinstance(found, Refusal) else None


def with_party(charter: Charter, code: str, **changes: Any) -> Charter:
    parties = tuple(msgspec.structs.replace(p, **changes) if p.code == code else p for p in charter.parties)
    return msgspec.structs.replace(charter, parties=parties)


def test_the_first_epoch_is_signed_by_all_its_members() -> None:
    assert verify_charter(FED.signed, previous=None) == FED.charter
    three = SignedCharter(FED.signed.charter, FED.signed.signatures[:3])
    assert verify_charter(three, previous=None) == Refusal("charter.quorum", frozenset({"NE"}))


def test_an_amendment_needs_its_quorum_of_members_of_the_epoch_before() -> None:
    assert (
        reason(verify_charter(amended(FED, ["DZ", "ML"], name="اسم"), previous=FED.signed))
        == "charter.quorum"
    )
    found = verify_charter(amended(FED, ["DZ", "ML", "MR"], name="اسم"), previous=FED.signed)
    assert isinstance(found, Charter)


def test_a_party_that_is_no_member_does_not_count() -> None:
    refused = verify_charter(amended(FED, ["DZ", "ML", "FR", "JSC"], name="اسم"), previous=FED.signed)
    assert refused == Refusal("charter.quorum", frozenset({"MR", "NE"}))


def test_one_member_signing_thrice_counts_once() -> None:
    assert (
        reason(verify_charter(amended(FED, ["DZ", "DZ", "DZ"], name="اسم"), previous=FED.signed))
        == "charter.quorum"
    )


def test_a_signature_of_another_charter_does_not_count() -> None:
    good = amended(FED, ["DZ", "ML", "MR"], name="اسم")
    other = amended(FED, ["DZ"], name="اسم آخر")
    assert (
        reason(verify_charter(SignedCharter(other.charter, good.signatures), previous=FED.signed))
        == "charter.quorum"
    )


def test_a_suspension_needs_fewer_and_nothing_else_may_ride_on_it() -> None:
    suspended = with_party(FED.charter, "NE", suspended_ms=START_MS)
    two = amended(FED, ["DZ", "ML"], parties=suspended.parties)
    assert isinstance(verify_charter(two, previous=FED.signed), Charter)
    more = amended(FED, ["DZ", "ML"], parties=suspended.parties, name="اسم")
    assert reason(verify_charter(more, previous=FED.signed)) == "charter.quorum"


def test_lifting_a_suspension_needs_the_full_quorum() -> None:
    suspended = with_party(FED.charter, "NE", suspended_ms=START_MS)
    second = amended(FED, FOUR, parties=suspended.parties)
    after = decode_charter(second.charter)
    third = msgspec.structs.replace(
        after, epoch=3, previous=charter_hash(second.charter), parties=FED.charter.parties
    )
    signed = sign_charter(third, [FED.keys["DZ"], FED.keys["ML"]])
    assert reason(verify_charter(signed, previous=second)) == "charter.quorum"


def test_a_member_signs_that_its_own_suspension_is_lifted_and_nothing_beside_it() -> None:
    suspended = with_party(FED.charter, "NE", suspended_ms=START_MS)
    second = amended(FED, FOUR, parties=suspended.parties)
    after = decode_charter(second.charter)
    changes = {"epoch": 3, "previous": charter_hash(second.charter), "parties": FED.charter.parties}
    third = msgspec.structs.replace(after, **changes)
    lifted = sign_charter(third, [FED.keys[p] for p in ("DZ", "ML", "NE")])
    assert verify_charter(lifted, previous=second) == third
    found = standing(lifted, previous=second)
    assert (found.kind, found.needed, found.lacking) == ("lift", 3, ("MR",))
    more = msgspec.structs.replace(third, name="اسم")
    refused = verify_charter(sign_charter(more, [FED.keys[p] for p in ("DZ", "ML", "NE")]), previous=second)
    assert refused == Refusal("charter.quorum", frozenset({"MR"}))


def both_ways(rules: CharterRules, codes: Iterable[str], signers: Iterable[str]) -> Charter | Refusal:
    """The answer to a suspension of these, under these rules."""
    first = msgspec.structs.replace(FED.charter, rules=rules)
    signed = sign_charter(first, [FED.keys[p] for p in FOUR])
    after = msgspec.structs.replace(first, epoch=2, previous=charter_hash(signed.charter), issued_ms=START_MS)
    for code in codes:
        after = with_party(after, code, suspended_ms=START_MS)
    return verify_charter(sign_charter(after, [FED.keys[p] for p in signers]), previous=signed)


@pytest.mark.parametrize(
    ("amend", "suspend", "barred", "expected"),
    [
        (3, 2, ["NE"], None),
        (3, 2, ["NE", "MR"], "charter.too-few"),
        (2, 2, ["NE", "MR"], None),
        (0, 2, ["NE"], None),
        (0, 2, ["NE", "MR"], "charter.too-few"),
        (9, 2, ["NE"], "charter.too-few"),
        (3, 2, ["FR", "NE"], None),
        (3, 2, ["FR", "US", "BF"], None),
        (0, 0, ["NE"], "charter.quorum"),
        (0, 1, ["NE"], None),
    ],
)
def test_a_suspension_leaves_as_many_as_an_amendment_needs(
    amend: int, suspend: int, barred: list[str], expected: str | None
) -> None:
    found = both_ways(CharterRules(amend_quorum=amend, suspend_quorum=suspend), barred, ["DZ", "ML"])
    assert reason(found) == expected


def test_a_suspension_names_whom_it_may_not_bar() -> None:
    rules = CharterRules(amend_quorum=3, suspend_quorum=2)
    refused = both_ways(rules, ["NE", "MR"], FOUR)
    assert refused == Refusal("charter.too-few", frozenset({"MR", "NE"}))


def test_all_the_others_suspend_where_no_number_is_set() -> None:
    assert isinstance(both_ways(CharterRules(), ["NE"], ["DZ", "ML", "MR"]), Charter)
    assert reason(both_ways(CharterRules(), ["NE"], ["DZ", "ML", "NE"])) == "charter.quorum"


suspensions = st.lists(st.sampled_from(FOUR), max_size=4)


@given(st.sets(st.sampled_from(FOUR), max_size=2), suspensions, st.integers(2, 4), st.integers(0, 3))
def test_fewer_than_a_quorum_never_come_to_amend_alone(
    few: set[str], barred: list[str], amend: int, suspend: int
) -> None:
    """Whatever they suspend, one after another, the amendment they want lacks signatures."""
    if len(few) >= amend:
        return
    first = msgspec.structs.replace(
        FED.charter, rules=CharterRules(amend_quorum=amend, suspend_quorum=suspend)
    )
    held = sign_charter(first, [FED.keys[p] for p in FOUR])
    for code in [*barred, ""]:
        now = decode_charter(held.charter)
        after = with_party(now, code, suspended_ms=START_MS) if code else now
        changes: dict[str, Any] = {"epoch": now.epoch + 1, "previous": charter_hash(held.charter)}
        changes |= {"issued_ms": START_MS} | ({} if code else {"name": "استيلاء"})
        signed = sign_charter(msgspec.structs.replace(after, **changes), [FED.keys[p] for p in sorted(few)])
        found = verify_charter(signed, previous=held)
        assert code or reason(found) == "charter.quorum"
        held = signed if isinstance(found, Charter) else held


def test_a_member_that_has_ended_is_not_counted() -> None:
    ended = with_party(FED.charter, "NE", until_ms=START_MS)
    second = amended(FED, FOUR, parties=ended.parties, rules=CharterRules())
    after = msgspec.structs.replace(
        decode_charter(second.charter), epoch=3, previous=charter_hash(second.charter), name="ن"
    )
    three = sign_charter(after, [FED.keys[p] for p in ("DZ", "ML", "MR")])
    assert verify_charter(three, previous=second) == after


def test_where_all_must_sign_the_suspended_are_not_waited_for_but_a_majority_is() -> None:
    first = msgspec.structs.replace(FED.charter, rules=CharterRules())
    for codes, signers, quorate in (
        (["NE"], ["DZ", "ML", "MR"], True),
        (["NE", "MR"], ["DZ", "ML"], False),
    ):
        held = first
        for code in codes:
            held = with_party(held, code, suspended_ms=START_MS)
        before = sign_charter(held, [FED.keys[p] for p in FOUR])
        after = msgspec.structs.replace(
            held, epoch=2, previous=charter_hash(before.charter), issued_ms=START_MS, name="ن"
        )
        signed = sign_charter(after, [FED.keys[p] for p in signers])
        assert isinstance(verify_charter(signed, previous=before), Charter) == quorate


def test_a_suspended_member_signs_no_amendment() -> None:
    suspended = with_party(FED.charter, "NE", suspended_ms=START_MS)
    second = amended(FED, FOUR, parties=suspended.parties)
    after = decode_charter(second.charter)
    third = msgspec.structs.replace(after, epoch=3, previous=charter_hash(second.charter), name="اسم")
    signed = sign_charter(third, [FED.keys[p] for p in ("DZ", "ML", "NE")])
    assert verify_charter(signed, previous=second) == Refusal("charter.quorum", frozenset({"MR"}))


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"epoch": 3}, "charter.not-next"),
        ({"epoch": 1}, "charter.not-next"),
        ({"previous": bytes(32)}, "charter.not-next"),
        ({"issued_ms": START_MS - 2 * DAY_MS}, "charter.not-next"),
        ({"exercise": False}, "charter.exercise"),
        ({"parties": FED.charter.parties[1:], "circles": (), "presidency": ()}, "charter.altered-past"),
        ({"parties": (*FED.charter.parties, FED.charter.parties[0])}, "charter.malformed"),
        ({"circles": (Circle(CircleCode("C9"), names("ن"), (Seat(Party("XX"), 0),)),)}, "charter.malformed"),
    ],
)
def test_an_epoch_that_does_not_follow_is_refused(changes: dict[str, Any], expected: str) -> None:
    assert reason(verify_charter(amended(FED, FOUR, **changes), previous=FED.signed)) == expected


def test_a_key_never_changes_under_its_id() -> None:
    thief = generate(Party("NE"), entropy=SeededEntropy("thief"))
    old = FED.keys["NE"].sign_key(from_ms=START_MS - DAY_MS)
    swapped = with_party(FED.charter, "NE", sign_keys=(msgspec.structs.replace(old, public=thief.public),))
    refused = verify_charter(amended(FED, FOUR, parties=swapped.parties), previous=FED.signed)
    assert refused == Refusal("charter.altered-past", frozenset({old.id}))


def test_a_first_epoch_names_no_previous_one() -> None:
    assert reason(verify_charter(amended(FED, FOUR), previous=None)) == "charter.not-next"


def test_bytes_that_are_no_charter_are_malformed() -> None:
    assert reason(verify_charter(SignedCharter(b"\x00"), previous=None)) == "charter.malformed"
    with pytest.raises(BadCharter):
        decode_charter(b"\x93")


def test_elements_that_a_newer_node_appends_to_a_charter_are_passed_over() -> None:
    longer = msgspec.msgpack.encode([*msgspec.msgpack.decode(encode_charter(FED.charter)), "new"])
    assert decode_charter(longer) == FED.charter


@given(st.binary(max_size=60))
def test_foreign_bytes_never_crash_the_reading_of_a_charter(raw: bytes) -> None:
    with pytest.raises(BadCharter):
        decode_charter(raw)


def expand(*given: str, own: str | None = None) -> tuple[str, ...] | Refusal:
    return FED.charter.expand(given, now=START, own=Party(own) if own else None)


def test_circles_and_parties_stand_for_the_parties_of_the_moment() -> None:
    assert expand("C4") == ("DZ", "JSC", "ML", "MR", "NE")
    assert expand("C4", "FR") == ("DZ", "FR", "JSC", "ML", "MR", "NE")
    assert expand("NE", own="ML") == ("ML", "NE")


def test_own_is_the_originator_alone() -> None:
    assert expand("OWN", own="ML") == ("ML",)
    assert expand("OWN") == Refusal("audience-unknown", frozenset({"OWN"}))


def test_everybody_stands_alone_whatever_is_named_beside_it() -> None:
    assert expand("*") == (EVERYBODY,)
    assert expand("PUBLIC", "DZ", own="ML") == (EVERYBODY,)


def test_all_but_some_is_expressible() -> None:
    assert expand("ALL-BUT:FR,US") == tuple(sorted(set(TYPES) - {"FR", "US"}))
    assert expand("C4-BUT:JSC") == FOUR
    assert expand("ALL-BUT:XX") == Refusal("audience-unknown", frozenset({"XX"}))


def test_no_audience_is_refused_and_never_the_public() -> None:
    assert expand() == Refusal("audience-empty")
    assert expand(" ") == Refusal("audience-empty")
    assert expand("ALL-BUT:" + ",".join(TYPES)) == Refusal("audience-empty")


def test_a_name_that_the_charter_does_not_hold_is_refused() -> None:
    assert expand("C4", "C9") == Refusal("audience-unknown", frozenset({"C9"}))


def test_a_suspended_party_drops_out_of_circles_and_cannot_be_named() -> None:
    charter = with_party(FED.charter, "NE", suspended_ms=START_MS)
    assert charter.expand(["C4"], now=START) == ("DZ", "JSC", "ML", "MR")
    assert charter.expand(["NE"], now=START) == Refusal("audience-inactive", frozenset({"NE"}))
    assert charter.expand(["NE"], now=START - timedelta(hours=1)) == ("NE",)
    assert charter.recipient("NE", now=START) is None


def test_a_circle_that_grows_counts_the_newcomer_from_his_first_day() -> None:
    newcomer = Seat(Party("BF"), START_MS + DAY_MS, START_MS + 2 * DAY_MS)
    circle = FED.charter.circles[0]
    grown = msgspec.structs.replace(circle, members=(*circle.members, newcomer))
    charter = msgspec.structs.replace(FED.charter, circles=(grown,))
    found = [charter.expand(["C4"], now=START + timedelta(days=d)) for d in (0, 1, 2)]
    assert [not isinstance(f, Refusal) and "BF" in f for f in found] == [False, True, False]


def test_a_record_goes_to_its_audience_without_its_originator_and_the_suspended() -> None:
    charter = with_party(FED.charter, "NE", suspended_ms=START_MS)
    assert recipients_of(label(FOUR), charter, Party("ML"), now=START) == ("DZ", "MR")
    everybody = recipients_of(label(["*"], level="open"), FED.charter, Party("ML"), now=START)
    assert everybody == tuple(sorted(set(TYPES) - {"ML"}))


def test_the_presidency_passes_on_its_day() -> None:
    assert FED.charter.president(now=START) == "DZ"
    assert FED.charter.president(now=START + timedelta(days=181)) is None


def test_the_newest_seal_key_in_force_is_the_one_to_seal_for() -> None:
    old = FED.keys["NE"].seal_key(from_ms=START_MS - DAY_MS)
    new = msgspec.structs.replace(old, id="NE-new", recipient="age1new", from_ms=START_MS)
    charter = with_party(FED.charter, "NE", seal_keys=(old, new))
    assert charter.recipient("NE", now=START) == "age1new"
    assert charter.recipient("NE", now=START - timedelta(hours=1)) == old.recipient
