"""The charter at its edges: what makes one malformed, the very moments, who is named, who is counted."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from typing import Any

import msgspec
import pytest

from tansiq.base.ids import SeededEntropy
from tansiq.base.refusal import Refusal
from tansiq.model.label import Party, label
from tansiq.policy.charter import (
    Charter,
    CharterRules,
    Compartment,
    Seat,
    SignedCharter,
    charter_hash,
    only_suspends,
    recipients_of,
    sign_charter,
    standing,
    suspended_by,
    verify_charter,
)
from tansiq.seal.keys import generate
from tests.federation import FOUR, START, START_MS, TYPES, federation, names, seats

FED = federation()


def amended(signers: Iterable[str], **changes: Any) -> SignedCharter:
    """The next epoch with changes, signed by these parties."""
    given = {"epoch": 2, "previous": charter_hash(FED.signed.charter), "issued_ms": START_MS}
    after = msgspec.structs.replace(FED.charter, **given | changes)
    return sign_charter(after, [FED.keys[p] for p in signers])


def reason(found: Charter | Refusal) -> str | None:
    return found.reason if isinstance(found, Refusal) else None


def with_party(charter: Charter, code: str, /, **changes: Any) -> Charter:
    """The charter with one party's entry changed."""
    parties = tuple(msgspec.structs.replace(p, **changes) if p.code == code else p for p in charter.parties)
    return msgspec.structs.replace(charter, parties=parties)


def with_compartment(code: str, *, protected: bool) -> Charter:
    """The charter with one compartment more."""
    added = Compartment(code, names("جسر جوي"), protected=protected)
    return msgspec.structs.replace(FED.charter, compartments=(*FED.charter.compartments, added))


def refused_as(charter: Charter) -> str | None:
    """Why this may not be the first epoch; all members sign it."""
    return reason(verify_charter(sign_charter(charter, [FED.keys[p] for p in FOUR]), previous=None))


def with_sign_key(code: str, **changes: Any) -> Charter:
    """The charter with one party's sign key changed."""
    held = FED.charter.party(code)
    assert held is not None
    return with_party(FED.charter, code, sign_keys=(msgspec.structs.replace(held.sign_keys[0], **changes),))


@pytest.mark.parametrize(
    "charter",
    [
        with_party(FED.charter, "NE", mailbox=b"m" * 15),
        with_party(FED.charter, "NE", alert_mailbox=b"m" * 17),
        with_sign_key("NE", public=b"k" * 31),
        with_sign_key("NE", public=b"k" * 33),
        msgspec.structs.replace(FED.charter, rules=CharterRules(amend_quorum=-1)),
        msgspec.structs.replace(FED.charter, rules=CharterRules(suspend_quorum=-1)),
        with_party(FED.charter, "FR", mailbox=FED.charter.parties[0].mailbox),
        with_party(FED.charter, "FR", mailbox=FED.charter.parties[0].alert_mailbox),
        with_party(FED.charter, "FR", sign_keys=FED.charter.parties[0].sign_keys),
        with_party(FED.charter, "FR", code=""),
        with_party(FED.charter, "FR", code="*"),
        with_party(FED.charter, "FR", code="ALL"),
        with_party(FED.charter, "FR", code="OWN"),
        msgspec.structs.replace(FED.charter, presidency=(Seat(Party("XX"), 0),)),
        msgspec.structs.replace(FED.charter, form=0),
        with_compartment("AIR LIFT", protected=True),
        with_compartment("*AIR", protected=True),
    ],
)
def test_a_charter_whose_parts_do_not_agree_is_malformed(charter: Charter) -> None:
    assert refused_as(charter) == "charter.malformed"


@pytest.mark.parametrize(("code", "protected"), [("AIR", True), ("CASE-9", True), ("AIR LIFT", False)])
def test_a_compartment_may_be_marked_where_the_mark_holds(code: str, *, protected: bool) -> None:
    assert refused_as(with_compartment(code, protected=protected)) is None


@pytest.mark.parametrize(
    ("charter", "expected"),
    [
        (msgspec.structs.replace(FED.charter, form=2), None),
        (msgspec.structs.replace(FED.charter, presidency=seats(TYPES)), None),
        (with_party(FED.charter, "FR", code="FR2"), None),
        (msgspec.structs.replace(FED.charter, rules=CharterRules(suspend_quorum=1)), None),
        (msgspec.structs.replace(FED.charter, epoch=2), "charter.not-next"),
        (msgspec.structs.replace(FED.charter, epoch=0), "charter.not-next"),
        (msgspec.structs.replace(FED.charter, previous=bytes(32)), "charter.not-next"),
    ],
)
def test_a_first_epoch_is_number_one_and_may_be_of_a_later_form(
    charter: Charter, expected: str | None
) -> None:
    assert refused_as(charter) == expected


def test_an_epoch_may_be_dated_as_the_one_before_and_no_earlier() -> None:
    same = amended(FOUR, issued_ms=FED.charter.issued_ms)
    assert isinstance(verify_charter(same, previous=FED.signed), Charter)
    earlier = amended(FOUR, issued_ms=FED.charter.issued_ms - 1)
    assert reason(verify_charter(earlier, previous=FED.signed)) == "charter.not-next"


def test_every_party_and_key_that_is_gone_is_named() -> None:
    left = tuple(p for p in FED.charter.parties if p.code not in ("FR", "US"))
    gone = amended(FOUR, parties=left)
    refused = verify_charter(gone, previous=FED.signed)
    assert refused == Refusal("charter.altered-past", frozenset({"FR", "US"}))
    keyless = with_party(FED.charter, "NE", sign_keys=())
    refused = verify_charter(amended(FOUR, parties=keyless.parties), previous=FED.signed)
    assert refused == Refusal("charter.altered-past", frozenset({FED.keys["NE"].signer_id}))


def following(before: Charter, signers: Iterable[str] = FOUR, **changes: Any) -> Charter | Refusal:
    """The answer to the next epoch after a first one that all members signed."""
    first = sign_charter(before, [FED.keys[p] for p in FOUR])
    given = {"epoch": 2, "previous": charter_hash(first.charter), "issued_ms": START_MS}
    after = msgspec.structs.replace(before, **given | changes)
    return verify_charter(sign_charter(after, [FED.keys[p] for p in signers]), previous=first)


def test_a_revocation_stands_on_in_the_epochs_after() -> None:
    revoked = with_sign_key("FR", revoked_ms=START_MS - 1)
    assert isinstance(following(revoked, name="ن"), Charter)
    later = with_sign_key("FR", revoked_ms=START_MS).parties
    refused = following(revoked, parties=later)
    assert refused == Refusal("charter.altered-past", frozenset({FED.keys["FR"].signer_id}))
    assert isinstance(following(revoked, parties=with_sign_key("FR", revoked_ms=0).parties), Charter)


def test_a_revoked_key_that_vanishes_is_named() -> None:
    revoked = with_sign_key("FR", revoked_ms=START_MS - 1)
    refused = following(revoked, parties=with_party(revoked, "FR", sign_keys=()).parties)
    assert refused == Refusal("charter.altered-past", frozenset({FED.keys["FR"].signer_id}))


@pytest.mark.parametrize(
    ("key", "counts"),
    [
        ({"from_ms": START_MS}, True),
        ({"from_ms": START_MS + 1}, False),
        ({"until_ms": START_MS + 1}, True),
        ({"until_ms": START_MS}, False),
        ({"until_ms": START_MS - 1}, False),
        ({"revoked_ms": START_MS + 1}, True),
        ({"revoked_ms": START_MS}, False),
        ({"revoked_ms": START_MS - 1}, False),
    ],
)
def test_a_signature_counts_while_its_key_is_in_force(key: dict[str, int], *, counts: bool) -> None:
    keyed = with_sign_key("NE", **key)
    before = sign_charter(keyed, [FED.keys[p] for p in FOUR])
    after = msgspec.structs.replace(
        keyed, epoch=2, previous=charter_hash(before.charter), issued_ms=START_MS, name="ن"
    )
    found = standing(sign_charter(after, [FED.keys[p] for p in ("DZ", "NE")]), previous=before)
    assert found.given == (("DZ", "NE") if counts else ("DZ",))


def test_a_signature_by_a_key_that_the_charter_does_not_list_does_not_count() -> None:
    stranger = generate(Party("NE"), entropy=SeededEntropy("غريب"))
    signed = sign_charter(amended(["DZ"], name="ن"), [stranger])
    found = standing(signed, previous=FED.signed)
    assert (found.given, found.lacking) == (("DZ",), ("ML", "MR", "NE"))


def test_signing_again_adds_to_the_signatures_and_changes_nothing_else() -> None:
    one = amended(["DZ"], name="ن")
    two = sign_charter(one, [FED.keys["ML"], FED.keys["MR"]])
    assert two.charter == one.charter
    assert [s.party for s in two.signatures] == ["DZ", "ML", "MR"]
    assert two.signatures[0] == one.signatures[0]
    assert [s.signer for s in two.signatures] == [FED.keys[p].signer_id for p in ("DZ", "ML", "MR")]


def test_whom_an_epoch_suspends_is_whoever_was_not_suspended_so_before() -> None:
    barred = with_party(FED.charter, "NE", suspended_ms=START_MS)
    both = with_party(barred, "MR", suspended_ms=START_MS)
    assert suspended_by(FED.charter, barred) == {"NE"}
    assert suspended_by(barred, both) == {"MR"}
    assert suspended_by(barred, FED.charter) == frozenset()
    assert suspended_by(barred, with_party(barred, "NE", suspended_ms=START_MS + 1)) == {"NE"}
    newcomer = msgspec.structs.replace(FED.charter.parties[0], code=Party("XX"), suspended_ms=START_MS)
    joined = msgspec.structs.replace(FED.charter, parties=(*FED.charter.parties, newcomer))
    assert suspended_by(FED.charter, joined) == {"XX"}


def test_what_moves_or_lifts_a_suspension_does_not_only_suspend() -> None:
    barred = with_party(FED.charter, "NE", suspended_ms=START_MS)
    both = with_party(barred, "MR", suspended_ms=START_MS)
    assert only_suspends(FED.charter, barred)
    assert only_suspends(barred, both)
    assert not only_suspends(both, barred)
    assert not only_suspends(barred, with_party(both, "NE", suspended_ms=START_MS + 1))
    later = msgspec.structs.replace(barred, epoch=7, previous=b"x" * 32, issued_ms=START_MS + 5)
    assert only_suspends(FED.charter, later)
    assert not only_suspends(FED.charter, msgspec.structs.replace(barred, name="ن"))


def test_an_amendment_that_also_suspends_is_bound_by_its_own_quorum_alone() -> None:
    barred = FED.charter
    for code in ("NE", "MR"):
        barred = with_party(barred, code, suspended_ms=START_MS)
    all_of_them = amended(FOUR, parties=barred.parties, name="ن")
    assert isinstance(verify_charter(all_of_them, previous=FED.signed), Charter)


def test_half_of_an_odd_roll_rounds_to_the_majority() -> None:
    three = with_party(FED.charter, "NE", until_ms=START_MS)
    before = with_party(three, "MR", suspended_ms=START_MS - 1)
    before = msgspec.structs.replace(before, rules=CharterRules())
    first = sign_charter(before, [FED.keys[p] for p in FOUR])
    after = msgspec.structs.replace(
        before, epoch=2, previous=charter_hash(first.charter), issued_ms=START_MS, name="ن"
    )
    signed = sign_charter(after, [FED.keys[p] for p in ("DZ", "ML")])
    found = standing(signed, previous=first)
    assert (found.kind, found.needed, found.given, found.lacking) == ("amendment", 2, ("DZ", "ML"), ())
    assert isinstance(verify_charter(signed, previous=first), Charter)


def test_where_nobody_may_sign_nothing_is_quorate() -> None:
    nobody = msgspec.structs.replace(FED.charter, parties=(), circles=(), compartments=(), presidency=())
    found = standing(sign_charter(nobody, []), previous=None)
    assert (found.kind, found.needed, found.given, found.quorate) == ("first", 0, (), False)
    assert verify_charter(sign_charter(nobody, []), previous=None) == Refusal("charter.quorum")
    assert standing(FED.signed, previous=None).quorate


def test_a_record_for_everybody_goes_to_every_active_party_but_its_originator() -> None:
    ended = with_party(FED.charter, "US", until_ms=START_MS)
    everybody = recipients_of(label(["*"], level="open"), ended, Party("ML"), now=START)
    assert everybody == tuple(sorted(set(TYPES) - {"ML", "US"}))
    assert recipients_of(label(["ML"]), ended, Party("ML"), now=START) == ()


def test_the_hash_of_a_charter_names_what_is_hashed() -> None:
    assert charter_hash(b"raw") == hashlib.sha256(b"tansiq.charter/1raw").digest()
