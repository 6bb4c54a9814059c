"""The algebra of amendments: what changes tell, and what an epoch made of them is."""

from __future__ import annotations

from typing import Any, get_args

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tansiq.base.ids import SeededEntropy
from tansiq.base.messages import LANGS, Lang
from tansiq.base.refusal import Refusal
from tansiq.model import amendment
from tansiq.model.amendment import (
    Change,
    CircleDropped,
    CircleSet,
    CompartmentDropped,
    CompartmentSet,
    Detailed,
    Ended,
    Joined,
    Lifted,
    Moved,
    PresidencySet,
    Renamed,
    RulesSet,
    SealKeyAdded,
    SealKeyEnded,
    SignKeyAdded,
    SignKeyEnded,
    SignKeyRevoked,
    Suspended,
)
from tansiq.model.charter import Charter, CharterRules, Compartment, KeyId, LastGood, Seat
from tansiq.model.label import Party
from tansiq.policy import amend
from tansiq.policy.amend import applied, differences, next_epoch, told_whole
from tansiq.policy.charter import (
    Circle,
    CircleCode,
    SignedCharter,
    charter_hash,
    only_suspends,
    sign_charter,
    standing,
    verify_charter,
)
from tansiq.policy.charter_words import fingerprint, in_words
from tansiq.seal.keys import PartyKeys, generate
from tests.federation import DAY_MS, FOUR, START_MS, Federation, entry, federation, names, seats

FED = federation()
BEFORE = FED.charter
TG = Party("TG")
NEW: PartyKeys = generate(TG, entropy=SeededEntropy("TG"))
OTHER: PartyKeys = generate(Party("ML"), entropy=SeededEntropy("ML-2"))
ML, NE = Party("ML"), Party("NE")
OLD_KEY = KeyId(FED.keys["ML"].signer_id)
OLD_SEAL = BEFORE.party("ML").seal_keys[0].id  # type: ignore[union-attr]


def joining() -> Joined:
    made = entry(FED.keys["DZ"], code=TG, mailbox=b"m" * 16, alert_mailbox=b"a" * 16)
    own = {"sign_keys": (NEW.sign_key(from_ms=START_MS),), "seal_keys": (NEW.seal_key(from_ms=START_MS),)}
    return Joined(msgspec.structs.replace(made, type="associate", names=names("توغو"), **own))


EVERY: tuple[Change, ...] = (
    Renamed("اسم جديد"),
    joining(),
    Detailed(ML, "associate", names("مالي"), ("fr",), True, START_MS, "Africa/Bamako", (6, 7)),
    Suspended(NE, START_MS),
    Ended(Party("MR"), START_MS + DAY_MS),
    Moved(ML, b"x" * 16, b"y" * 16),
    SignKeyEnded(ML, OLD_KEY, START_MS + DAY_MS),
    SignKeyAdded(ML, OTHER.sign_key(from_ms=START_MS)),
    SignKeyRevoked(ML, OLD_KEY, START_MS - 5, (LastGood(b"f" * 16, 7),)),
    SealKeyEnded(ML, OLD_SEAL, START_MS + DAY_MS),
    SealKeyAdded(ML, OTHER.seal_key(from_ms=START_MS)),
    CircleDropped(CircleCode("C4")),
    CircleSet(Circle(CircleCode("C2"), names("اثنان"), seats(("DZ", "ML")))),
    CompartmentDropped("ORYX"),
    CompartmentSet(Compartment("CASE-1", names("قضية"), hidden=True, holders=(ML,))),
    PresidencySet(seats(("ML",))),
    RulesSet(CharterRules(amend_quorum=3, suspend_quorum=3, heartbeat_h=12, own_compartments=False)),
)
"""One of each kind, in the order in which differences are told; ``Lifted`` needs a suspended party."""

some_changes = st.lists(st.sampled_from(EVERY), unique_by=type, max_size=len(EVERY))


def suspended(*codes: str) -> Charter:
    return applied(BEFORE, [Suspended(Party(c), START_MS) for c in codes])


def bare(charter: Charter) -> Charter:
    return msgspec.structs.replace(charter, epoch=0, previous=None, issued_ms=0)


def test_every_kind_of_change_stands_among_the_samples() -> None:
    kinds = {*get_args(amendment.OfParty), *get_args(amendment.OfWhole)}
    assert {type(c) for c in EVERY} | {Lifted} == kinds


@pytest.mark.parametrize("change", EVERY, ids=lambda c: type(c).__name__)
def test_a_change_is_told_as_it_was_made(change: Change) -> None:
    after = applied(BEFORE, [change])
    assert after != BEFORE
    assert differences(BEFORE, after) == (change,)


def test_lifting_is_told_of_a_party_that_was_suspended() -> None:
    assert differences(suspended("NE"), BEFORE) == (Lifted(NE),)
    assert applied(suspended("NE"), [Lifted(NE)]) == BEFORE


@given(some_changes)
def test_what_changes_made_is_told_by_the_differences(changes: list[Change]) -> None:
    after = applied(BEFORE, changes)
    assert applied(BEFORE, differences(BEFORE, after)) == after
    assert told_whole(BEFORE, after)


@given(some_changes)
def test_differences_are_those_changes_whatever_their_order(changes: list[Change]) -> None:
    told = differences(BEFORE, applied(BEFORE, changes))
    assert sorted(map(repr, told)) == sorted(map(repr, changes))


@given(some_changes, some_changes)
def test_amending_twice_is_amending_once_by_both(first: list[Change], second: list[Change]) -> None:
    once = applied(applied(BEFORE, first), second)
    assert once == applied(BEFORE, [*first, *second])


@given(some_changes)
def test_nothing_is_different_from_itself(changes: list[Change]) -> None:
    after = applied(BEFORE, changes)
    assert differences(after, after) == ()


@settings(max_examples=60)
@given(some_changes)
def test_an_epoch_made_of_changes_is_adopted_when_all_members_sign(changes: list[Change]) -> None:
    hash_ = charter_hash(FED.signed.charter)
    after = next_epoch(BEFORE, hash_, changes, issued_ms=START_MS)
    assert (after.epoch, after.previous, after.issued_ms) == (2, hash_, START_MS)
    signed = sign_charter(after, [FED.keys[p] for p in FOUR])
    assert verify_charter(signed, previous=FED.signed) == after


@given(some_changes)
def test_a_suspension_is_what_holds_suspensions_and_nothing_else(changes: list[Change]) -> None:
    alone = all(isinstance(c, Suspended) for c in changes)
    assert only_suspends(BEFORE, applied(BEFORE, changes)) == alone


@pytest.mark.parametrize(
    "hidden",
    [
        {"form": 2},
        {"exercise": False},
        {"parties": BEFORE.parties[::-1]},
        {"parties": BEFORE.parties[:-1]},
        {"circles": BEFORE.circles[::-1]},
    ],
)
def test_what_the_changes_do_not_tell_is_found(hidden: dict[str, Any]) -> None:
    assert not told_whole(BEFORE, msgspec.structs.replace(BEFORE, **hidden))


def test_a_revocation_that_is_taken_back_is_not_told_and_not_adopted() -> None:
    revoked = next_epoch(
        BEFORE, charter_hash(FED.signed.charter), [SignKeyRevoked(ML, OLD_KEY, START_MS)], issued_ms=START_MS
    )
    second = sign_charter(revoked, [FED.keys[p] for p in ("DZ", "MR", "NE")])
    assert verify_charter(second, previous=FED.signed) == revoked
    for later in (None, START_MS + 1):
        back = msgspec.structs.replace(
            revoked, epoch=3, previous=charter_hash(second.charter), parties=_keyed(revoked, later).parties
        )
        signed = sign_charter(back, [FED.keys[p] for p in ("DZ", "MR", "NE")])
        assert verify_charter(signed, previous=second) == Refusal(
            "charter.altered-past", frozenset({OLD_KEY})
        )
    assert not told_whole(revoked, _keyed(revoked, None))
    earlier = _keyed(revoked, START_MS - 1)
    third = msgspec.structs.replace(earlier, epoch=3, previous=charter_hash(second.charter))
    signed = sign_charter(third, [FED.keys[p] for p in ("DZ", "MR", "NE")])
    assert verify_charter(signed, previous=second) == third


def _keyed(charter: Charter, revoked_ms: int | None) -> Charter:
    held = charter.party("ML")
    assert held is not None
    keys = tuple(msgspec.structs.replace(k, revoked_ms=revoked_ms) for k in held.sign_keys)
    parties = tuple(
        msgspec.structs.replace(p, sign_keys=keys) if p.code == "ML" else p for p in charter.parties
    )
    return msgspec.structs.replace(charter, parties=parties)


def proposed(*changes: Change, signers: tuple[str, ...], at_ms: int = START_MS) -> SignedCharter:
    after = next_epoch(BEFORE, charter_hash(FED.signed.charter), changes, issued_ms=at_ms)
    return sign_charter(after, [FED.keys[p] for p in signers])


def test_a_suspension_counts_no_vote_of_whom_it_suspends() -> None:
    own = proposed(Suspended(NE, START_MS), signers=("NE", "DZ"))
    assert verify_charter(own, previous=FED.signed) == Refusal("charter.quorum", frozenset({"ML", "MR"}))
    found = standing(own, previous=FED.signed)
    assert (found.kind, found.needed, found.given, found.lacking) == ("suspension", 2, ("DZ",), ("ML", "MR"))
    assert not found.quorate
    assert standing(proposed(Suspended(NE, START_MS), signers=("ML", "DZ")), previous=FED.signed).quorate


def test_where_every_member_must_sign_the_suspended_one_need_not() -> None:
    fed = _all_must_sign()
    after = next_epoch(
        fed.charter, charter_hash(fed.signed.charter), [Suspended(NE, START_MS)], issued_ms=START_MS
    )
    three = sign_charter(after, [fed.keys[p] for p in ("DZ", "ML", "MR")])
    assert verify_charter(three, previous=fed.signed) == after
    two = sign_charter(after, [fed.keys[p] for p in ("DZ", "ML")])
    assert standing(two, previous=fed.signed).lacking == ("MR",)


def _all_must_sign() -> Federation:
    charter = msgspec.structs.replace(BEFORE, rules=CharterRules())
    return Federation(FED.keys, charter, sign_charter(charter, [FED.keys[p] for p in FOUR]))


def test_an_amendment_shows_who_signed_and_who_may_still() -> None:
    found = standing(proposed(Renamed("ن"), signers=("DZ", "FR")), previous=FED.signed)
    assert (found.kind, found.needed, found.given) == ("amendment", 3, ("DZ",))
    assert found.lacking == ("ML", "MR", "NE")
    first = standing(SignedCharter(FED.signed.charter, ()), previous=None)
    assert (first.kind, first.needed, first.lacking) == ("first", 4, FOUR)


def test_a_suspension_does_not_reach_into_the_past() -> None:
    back = proposed(Suspended(NE, START_MS - 1), signers=FOUR)
    assert verify_charter(back, previous=FED.signed) == Refusal("charter.altered-past", frozenset({"NE"}))
    later = proposed(Suspended(NE, START_MS + 1), signers=FOUR)
    assert isinstance(verify_charter(later, previous=FED.signed), Charter)


def test_a_seal_key_never_changes_under_its_id_and_never_vanishes() -> None:
    held = BEFORE.party("ML")
    assert held is not None
    swapped = (msgspec.structs.replace(held.seal_keys[0], recipient=NEW.recipient),)
    for keys in (swapped, ()):
        parties = tuple(
            msgspec.structs.replace(p, seal_keys=keys) if p.code == "ML" else p for p in BEFORE.parties
        )
        after = msgspec.structs.replace(
            BEFORE, parties=parties, epoch=2, previous=charter_hash(FED.signed.charter), issued_ms=START_MS
        )
        refused = verify_charter(sign_charter(after, [FED.keys[p] for p in FOUR]), previous=FED.signed)
        assert refused == Refusal("charter.altered-past", frozenset({OLD_SEAL}))


def test_suspending_and_lifting_are_for_those_they_can_be_for() -> None:
    assert amend.suspend(BEFORE, NE, at_ms=START_MS) == (Suspended(NE, START_MS),)
    assert amend.suspend(BEFORE, TG, at_ms=0) == Refusal("amend.unknown-party", frozenset({"TG"}))
    assert amend.suspend(suspended("NE"), NE, at_ms=START_MS) == Refusal("amend.nothing", frozenset({"NE"}))
    assert amend.lift(suspended("NE"), NE) == (Lifted(NE),)
    assert amend.lift(BEFORE, NE) == Refusal("amend.nothing", frozenset({"NE"}))
    assert amend.lift(BEFORE, TG) == Refusal("amend.unknown-party", frozenset({"TG"}))


def test_a_party_joins_with_its_seats() -> None:
    newcomer = joining().entry
    changes = amend.join(BEFORE, newcomer, circles=["C7"])
    assert not isinstance(changes, Refusal)
    after = applied(BEFORE, changes)
    assert after.party("TG") == newcomer
    circle = after.circle("C7")
    assert circle is not None
    assert circle.members == (*BEFORE.circles[1].members, Seat(TG, newcomer.from_ms))
    assert amend.join(after, newcomer) == Refusal("amend.known-party", frozenset({"TG"}))
    assert amend.join(BEFORE, newcomer, circles=["C9"]) == Refusal("amend.unknown-circle", frozenset({"C9"}))


def test_a_party_that_leaves_keeps_its_keys_and_loses_its_seats() -> None:
    end = START_MS + DAY_MS
    changes = amend.leave(BEFORE, Party("DZ"), until_ms=end)
    assert not isinstance(changes, Refusal)
    after = applied(BEFORE, changes)
    left, held = after.party("DZ"), BEFORE.party("DZ")
    assert left is not None
    assert held is not None
    assert (left.until_ms, left.sign_keys, left.seal_keys) == (end, held.sign_keys, held.seal_keys)
    assert all("DZ" not in c.at(end) and "DZ" in c.at(end - 1) for c in after.circles)
    assert after.presidency == (msgspec.structs.replace(BEFORE.presidency[0], until_ms=end),)
    assert after.circles[0].members[1:] == BEFORE.circles[0].members[1:]
    assert amend.leave(after, Party("DZ"), until_ms=end) == Refusal("amend.nothing", frozenset({"DZ"}))
    assert amend.leave(BEFORE, TG, until_ms=end) == Refusal("amend.unknown-party", frozenset({"TG"}))
    assert amend.leave(BEFORE, Party("FR"), until_ms=end) == (Ended(Party("FR"), end),)
    sooner = amend.leave(after, Party("DZ"), until_ms=end - 1)
    assert not isinstance(sooner, Refusal)
    assert Ended(Party("DZ"), end - 1) in sooner


def test_a_seat_that_ends_earlier_is_left_as_it_is() -> None:
    end = START_MS + 365 * DAY_MS
    changes = amend.leave(BEFORE, Party("DZ"), until_ms=end)
    assert not isinstance(changes, Refusal)
    assert applied(BEFORE, changes).presidency == BEFORE.presidency


def test_rotation_ends_the_old_keys_and_adds_the_new() -> None:
    sign, seal = OTHER.sign_key(from_ms=START_MS), OTHER.seal_key(from_ms=START_MS)
    boxes = (b"x" * 16, b"y" * 16)
    changes = amend.rotate(
        BEFORE, ML, at_ms=START_MS, sign=sign, seal=seal, mailboxes=boxes, overlap_ms=DAY_MS
    )
    assert changes == (
        SignKeyEnded(ML, OLD_KEY, START_MS + DAY_MS),
        SignKeyAdded(ML, sign),
        SealKeyEnded(ML, OLD_SEAL, START_MS + DAY_MS),
        SealKeyAdded(ML, seal),
        Moved(ML, *boxes),
    )
    assert not isinstance(changes, Refusal)
    after = applied(BEFORE, changes)
    again = amend.rotate(after, ML, at_ms=START_MS + DAY_MS, sign=sign)
    assert again == (SignKeyEnded(ML, sign.id, START_MS + DAY_MS), SignKeyAdded(ML, sign))
    assert amend.rotate(BEFORE, ML, at_ms=START_MS) == Refusal("amend.nothing", frozenset({"ML"}))
    assert amend.rotate(BEFORE, TG, at_ms=0, sign=sign) == Refusal("amend.unknown-party", frozenset({"TG"}))
    at_once = amend.rotate(BEFORE, ML, at_ms=START_MS, seal=seal)
    assert at_once == (SealKeyEnded(ML, OLD_SEAL, START_MS), SealKeyAdded(ML, seal))


def test_revoking_names_a_key_of_the_party_and_goes_only_backwards() -> None:
    good = (LastGood(b"f" * 16, 7),)
    changes = amend.revoke(BEFORE, ML, OLD_KEY, from_ms=START_MS, last_good=good)
    assert changes == (SignKeyRevoked(ML, OLD_KEY, START_MS, good),)
    assert not isinstance(changes, Refusal)
    after = applied(BEFORE, changes)
    nothing = Refusal("amend.nothing", frozenset({OLD_KEY}))
    assert amend.revoke(after, ML, OLD_KEY, from_ms=START_MS) == nothing
    assert amend.revoke(after, ML, OLD_KEY, from_ms=START_MS - 1) == (
        SignKeyRevoked(ML, OLD_KEY, START_MS - 1),
    )
    unknown = Refusal("amend.unknown-key", frozenset({OLD_KEY}))
    assert amend.revoke(BEFORE, NE, OLD_KEY, from_ms=START_MS) == unknown


@pytest.mark.parametrize("lang", LANGS)
def test_every_change_is_a_sentence_that_names_what_it_is_about(lang: Lang) -> None:
    after = applied(BEFORE, EVERY)
    told = in_words(BEFORE, after, lang)
    assert len(told) == len(EVERY)
    whole = "\n".join((*told, *in_words(suspended("NE"), BEFORE, lang)))
    assert "⟦" not in whole
    assert "{" not in whole
    named = ("(TG)", "(NE)", "(MR)", "(ML)", OLD_KEY, OLD_SEAL, OTHER.signer_id, "C2", "C4", "CASE-1", "ORYX")
    assert all(each in whole for each in (*named, "اسم جديد", "2031-03-01 06:00Z", "Africa/Bamako"))
    assert fingerprint(OTHER.public) in whole


@pytest.mark.parametrize("lang", LANGS)
def test_what_has_no_end_is_said_in_other_words(lang: Lang) -> None:
    ended = applied(
        BEFORE, [Ended(ML, 5), SealKeyEnded(ML, OLD_SEAL, 5), SignKeyEnded(ML, OLD_KEY, START_MS)]
    )
    there, back = in_words(BEFORE, ended, lang), in_words(ended, BEFORE, lang)
    assert len(there) == len(back) == 3
    assert not set(there) & set(back)
    assert "⟦" not in "".join((*there, *back))


def test_a_circle_tells_who_comes_and_who_goes() -> None:
    circle = BEFORE.circles[0]
    changed = msgspec.structs.replace(circle, members=(*circle.members[1:], Seat(Party("BF"), START_MS)))
    (told,) = in_words(BEFORE, applied(BEFORE, [CircleSet(changed)]), "en")
    assert "in BF (BF)" in told
    assert "out DZ (DZ)" in told
    assert "in nobody" not in told


def test_the_fingerprint_is_the_begin_of_the_key_in_fours() -> None:
    assert fingerprint(bytes(range(32))) == "0001 0203 0405 0607"
