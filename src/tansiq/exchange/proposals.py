"""Proposals of a next epoch between nodes: taken in, counted, adopted, passed on. Source: DESIGN 1 (I5).

1. A proposal goes to the active members that it does not suspend; signatures come back the same way, to all
   of them, so each counts for itself.
2. A party signs one proposal of an epoch. A second signature is kept and does not count until the first is
   taken back; meanwhile it stands as the alarm ``charter.fork``.
3. When what counts reaches the quorum the epoch is adopted in that transaction; the first quorate one wins.
   Whoever makes it so passes it on to every active party.
4. What an epoch revokes is held back in the transaction that adopts it.
5. What a party says under a time over 72 h ahead of our own clock does not stand in the way of what it says
   in truth: such a voice is left out, and one that was noted gives way.
6. A party has at most five open proposals of an epoch that no other party has signed, so that nobody buries
   the others' under its own. One is open for fourteen days.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

import msgspec

from tansiq.base.clock import moment
from tansiq.base.refusal import Refusal
from tansiq.exchange import revoked
from tansiq.exchange.charters import CharterBook
from tansiq.exchange.heard_clock import FOLLOW_MS
from tansiq.model.charter import BadCharter, Charter, CharterSignature, SignedCharter, decode_charter
from tansiq.model.label import Party
from tansiq.policy.charter import Standing, charter_hash, standing, suspended_by, verify_charter
from tansiq.seal import CharterProposal, CharterVoice, Note
from tansiq.store.epochs import KnownEpoch, ProposalRow, VoiceRow
from tansiq.store.store import ReadTx, WriteTx

FORK: Final = "charter.fork"
TOO_MANY: Final = "charter.too-many"
OPEN_LIMIT: Final = 5
AGE_LIMIT_MS: Final = 14 * 86_400_000
"""How old a proposal may be when it is signed."""
_SIGNATURES: Final = msgspec.msgpack.Decoder(CharterSignature)
_NO_QUORUM: Final = "charter.quorum"


def electors(before: Charter, after: Charter, *, at_ms: int) -> tuple[Party, ...]:
    """Return who is told of a proposal: the active members of the epoch before that it does not suspend."""
    barred = suspended_by(before, after)
    members = (p for p in before.parties if p.type == "member" and p.active_at(at_ms))
    return tuple(sorted(p.code for p in members if p.code not in barred))


def may_follow(signed: SignedCharter, book: CharterBook) -> Charter | Refusal:
    """Return a proposed charter if only signatures are lacking for it to follow the one in force."""
    found = verify_charter(SignedCharter(signed.charter), previous=book.newest)
    if isinstance(found, Refusal) and found.reason != _NO_QUORUM:
        return found
    return decode_charter(signed.charter)


def collected(rx: ReadTx, row: ProposalRow) -> SignedCharter:
    """Return a proposal with every signature that was given and not taken back."""
    given = (v for v in rx.voices(row.digest) if v.act == "sign")
    return SignedCharter(row.raw, tuple(_SIGNATURES.decode(v.signature) for v in given))


def counted(rx: ReadTx, row: ProposalRow) -> SignedCharter:
    """Return a proposal with the signatures that count: none of a party that signed a rival before."""
    signatures = collected(rx, row).signatures
    return SignedCharter(row.raw, tuple(s for s in signatures if not rivals(rx, row, s.party)))


def rivals(rx: ReadTx, row: ProposalRow, party: str) -> tuple[bytes, ...]:
    """Return the proposals of the same epoch that a party signed before this one and did not leave."""
    own = next((v for v in rx.voices(row.digest) if v.party == party), None)
    if own is None:
        return ()
    return tuple(
        other.digest
        for other in rx.proposals(row.epoch)
        for v in rx.voices(other.digest)
        if v.party == party and v.act == "sign" and (v.at_ms, v.digest) < (own.at_ms, own.digest)
    )


def standing_of(rx: ReadTx, row: ProposalRow, book: CharterBook) -> Standing:
    """Return how far a proposal has come, by the signatures that count."""
    previous = book.signed_at(row.epoch - 1)
    return standing(counted(rx, row), previous=previous)


def take_proposal(
    tx: WriteTx, note: Note, content: CharterProposal, book: CharterBook, *, me: Party, at_ms: int
) -> Charter | Refusal | None:
    """Take a proposal in; return the charter if that adopts it, why it cannot follow, else None."""
    signed = SignedCharter(content.charter, content.signatures)
    found = may_follow(signed, book)
    if isinstance(found, Refusal):
        return None if _is_past(signed, book) else found
    if (no := one_too_many(tx, signed, book, by=content.originator, at_ms=at_ms)) is not None:
        return no
    row = enter(tx, signed, found, by=content.originator, at_ms=at_ms)
    told_ms = content.created_ms
    for party in take_signatures(
        tx, row, content.signatures, book, at_ms=at_ms, teller=content.originator, told_ms=told_ms
    ):
        if rivals(tx, row, party):
            _raise_fork(tx, note, party, at_ms)
    return adopt_if_quorate(tx, row, book, me=me, at_ms=at_ms)


def one_too_many(
    rx: ReadTx, signed: SignedCharter, book: CharterBook, *, by: str, at_ms: int
) -> Refusal | None:
    """Refuse a new proposal of a party that has enough open ones which nobody else signed (rule 6)."""
    if rx.proposal(charter_hash(signed.charter)) is not None:
        return None
    if set(standing(signed, previous=book.newest).given) - {by}:
        return None
    alone = [
        row
        for row in rx.proposals(book.epoch + 1)
        if row.by == by and row.at_ms > at_ms - AGE_LIMIT_MS and not _signers(rx, row) - {by}
    ]
    return Refusal(TOO_MANY, frozenset({str(OPEN_LIMIT)})) if len(alone) >= OPEN_LIMIT else None


def foremost(rx: ReadTx, limit: int) -> tuple[ProposalRow, ...]:
    """Return the proposals to show: of the newest epoch first, in it those that most have signed."""
    rows = rx.proposals()
    return tuple(sorted(rows, key=lambda row: (-row.epoch, -len(_signers(rx, row))))[:limit])


def _signers(rx: ReadTx, row: ProposalRow) -> set[str]:
    return {v.party for v in rx.voices(row.digest) if v.act == "sign"}


def enter(tx: WriteTx, signed: SignedCharter, charter: Charter, *, by: str, at_ms: int) -> ProposalRow:
    """Keep a proposal and return it."""
    digest = charter_hash(signed.charter)
    tx.put_proposal(ProposalRow(digest, charter.epoch, signed.charter, by, at_ms))
    row = tx.proposal(digest)
    assert row is not None
    return row


def take_signatures(
    tx: WriteTx,
    row: ProposalRow,
    signatures: Iterable[CharterSignature],
    book: CharterBook,
    *,
    at_ms: int,
    teller: str = "",
    told_ms: int = 0,
) -> tuple[Party, ...]:
    """Note the valid ones of these signatures; return whose they are.

    One that its party took back comes in again by the party itself alone (``teller``, later than that).
    """
    found = []
    for each in signatures:
        if not standing(SignedCharter(row.raw, (each,)), previous=book.signed_at(row.epoch - 1)).given:
            continue
        own = teller == each.party and told_ms <= at_ms + FOLLOW_MS
        known = next((v for v in tx.voices(row.digest) if v.party == each.party), None)
        if known is None or (own and _gives_way(known, told_ms, at_ms)):
            sign_for(tx, row.digest, each, at_ms=told_ms if own else at_ms)
        found.append(each.party)
    return tuple(found)


def take_voice(tx: WriteTx, content: CharterVoice, book: CharterBook, *, me: Party, at_ms: int) -> None:
    """Note that a party took its signature back or will not sign; what it signed else may count now."""
    told_ms = content.created_ms
    said = (v for v in tx.voices(content.digest) if v.party == content.originator)
    if told_ms > at_ms + FOLLOW_MS or not all(
        v.at_ms <= told_ms or v.at_ms > at_ms + FOLLOW_MS for v in said
    ):
        return
    tx.put_voice(VoiceRow(content.digest, content.originator, content.act, b"", content.created_ms))
    row = tx.proposal(content.digest)
    if row is not None:
        for other in tx.proposals(row.epoch):
            adopt_if_quorate(tx, other, book, me=me, at_ms=at_ms)


def sign_for(tx: WriteTx, digest: bytes, signature: CharterSignature, *, at_ms: int) -> None:
    """Note our own signature on a proposal."""
    tx.put_voice(VoiceRow(digest, signature.party, "sign", msgspec.msgpack.encode(signature), at_ms))


def tell_electors(
    tx: WriteTx, row: ProposalRow, book: CharterBook, *, me: Party, at_ms: int, voice: bool = False
) -> None:
    """Note that the electors are to get the proposal as it stands, or our voice on it."""
    others = set(electors(book(), decode_charter(row.raw), at_ms=at_ms)) - {me}
    tx.tell("voice" if voice else "proposal", row.digest, sorted(others), at_ms=at_ms)


def adopt_if_quorate(
    tx: WriteTx, row: ProposalRow, book: CharterBook, *, me: Party, at_ms: int
) -> Charter | None:
    """Adopt a proposal for which enough have signed, and pass it on to every active party."""
    if row.epoch != book.epoch + 1 or not standing(counted(tx, row), previous=book.newest).quorate:
        return None
    found = adopt(tx, book, counted(tx, row), me=me, at_ms=at_ms, pass_on=True)
    return found if isinstance(found, Charter) else None


def adopt(
    tx: WriteTx, book: CharterBook, signed: SignedCharter, *, me: Party, at_ms: int, pass_on: bool = False
) -> Charter | Refusal:
    """Adopt an epoch with its effects here (rules 3, 4). Refusals: those of ``verify_charter``, and
    ``charter.fork`` for a good charter of an epoch that another one holds. ``book.refresh`` after the commit.
    """
    found = book.adopt(tx, signed, at_ms=at_ms)
    if isinstance(found, Refusal):
        return Refusal(FORK) if book.forks(signed) else found
    if found.epoch != book.epoch + 1:
        return found
    if tx.charter(found.epoch) != msgspec.msgpack.encode(signed):
        return Refusal(FORK)
    before = book() if book.epoch else None
    tx.epoch_known(KnownEpoch(me, found.epoch, at_ms, at_ms))
    if before is not None:
        revoked.hold_back(tx, before, found, me=me, at_ms=at_ms)
    if pass_on:
        others = [p for p in found.active_parties(now=moment(at_ms)) if p != me]
        tx.tell("epoch", charter_hash(signed.charter), others, at_ms=at_ms)
    return found


def _gives_way(known: VoiceRow, told_ms: int, at_ms: int) -> bool:
    """Whether a signature that its party sends later stands in place of what is known of it (rule 5)."""
    return known.at_ms > at_ms + FOLLOW_MS or (known.act != "sign" and told_ms > known.at_ms)


def _is_past(signed: SignedCharter, book: CharterBook) -> bool:
    """Whether the proposal is for an epoch that is decided here."""
    try:
        return decode_charter(signed.charter).epoch <= book.epoch
    except BadCharter:
        return False


def _raise_fork(tx: WriteTx, note: Note, party: str, at_ms: int) -> None:
    if not tx.in_quarantine(FORK, note.hash):
        tx.quarantine(FORK, note.raw, digest=note.hash, at_ms=at_ms, party=party)
