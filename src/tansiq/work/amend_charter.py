"""Amending the charter: propose, sign, take a signature back, decline, adopt from a file.

Source: DESIGN 1 (I5).

1. Officers of the roles ``release`` and ``legal`` act for their party; only an active member's word counts.
2. Nobody signs what the words on his page do not tell whole, nor what is dated far from now.
3. A party signs one proposal of an epoch; another only after taking the first signature back.
4. Every act stands in the journal.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Final

from tansiq.base.refusal import Refusal
from tansiq.exchange import proposals
from tansiq.exchange.charters import CharterBook
from tansiq.model.amendment import Change
from tansiq.model.charter import Charter, CharterSignature, SignedCharter, encode_charter
from tansiq.policy.amend import next_epoch, told_whole
from tansiq.seal.keys import sign as sign_digest
from tansiq.store.epochs import ProposalRow, VoiceAct, VoiceRow
from tansiq.store.store import WriteTx
from tansiq.work.desk import Desk, whole

AHEAD_LIMIT_MS: Final = 3_600_000


def propose(desk: Desk, book: CharterBook, changes: Sequence[Change]) -> bytes | Refusal:
    """Put a next epoch before the members; return its hash. It is not signed yet.

    Refusals: ``role``, ``charter.not-member``, ``charter.too-many``, those of ``verify_charter``.
    """
    if (no := _barred(desk)) is not None:
        return no
    after = next_epoch(book(), book.newest_hash, changes, issued_ms=desk.now_ms)
    return propose_signed(desk, book, SignedCharter(encode_charter(after)))


def propose_signed(desk: Desk, book: CharterBook, signed: SignedCharter) -> bytes | Refusal:
    """Put a charter from a file before the members, with the signatures it bears; return its hash."""
    if (no := _barred(desk)) is not None:
        return no
    found = proposals.may_follow(signed, book)
    if isinstance(found, Refusal):
        return found

    def act(tx: WriteTx) -> bytes | Refusal:
        no = proposals.one_too_many(tx, signed, book, by=desk.party, at_ms=desk.now_ms)
        if no is not None:
            return no
        row = proposals.enter(tx, signed, found, by=desk.party, at_ms=desk.now_ms)
        proposals.take_signatures(tx, row, signed.signatures, book, at_ms=desk.now_ms)
        proposals.tell_electors(tx, row, book, me=desk.party, at_ms=desk.now_ms)
        _note(tx, desk, "charter.propose", row)
        proposals.adopt_if_quorate(tx, row, book, me=desk.party, at_ms=desk.now_ms)
        return row.digest

    return _done(desk, book, act)


def sign(desk: Desk, book: CharterBook, digest: bytes) -> bytes | Refusal:
    """Sign a proposal for our party; it is adopted here and now if that makes the quorum.

    Refusals: ``role``, ``charter.not-member``, ``charter.no-proposal``, ``charter.not-next``,
    ``charter.beyond-words``, ``charter.ill-dated``, ``charter.signed-another`` (the hash of the other).
    """
    if (no := _barred(desk)) is not None:
        return no

    def act(tx: WriteTx) -> bytes | Refusal:
        row = tx.proposal(digest)
        if row is None:
            return Refusal("charter.no-proposal")
        if (wrong := _unfit(desk, book, row)) is not None:
            return wrong
        if other := _signed_rivals(tx, row, desk.party):
            return Refusal("charter.signed-another", frozenset(d.hex()[:16] for d in other))
        signature = CharterSignature(desk.party, desk.keys.signer_id, sign_digest(desk.keys, digest))
        proposals.sign_for(tx, digest, signature, at_ms=desk.now_ms)
        proposals.tell_electors(tx, row, book, me=desk.party, at_ms=desk.now_ms)
        _note(tx, desk, "charter.sign", row)
        proposals.adopt_if_quorate(tx, row, book, me=desk.party, at_ms=desk.now_ms)
        return digest

    return _done(desk, book, act)


def withdraw(desk: Desk, book: CharterBook, digest: bytes) -> bytes | Refusal:
    """Take our party's signature back while the epoch is not decided. Refusal: ``charter.not-signed``."""
    return _say(desk, book, digest, "withdraw")


def decline(desk: Desk, book: CharterBook, digest: bytes) -> bytes | Refusal:
    """Tell the others that our party will not sign. Refusal: ``charter.signed`` where it has."""
    return _say(desk, book, digest, "decline")


def adopt(desk: Desk, book: CharterBook, signed: SignedCharter) -> Charter | Refusal:
    """Adopt an epoch that came by file with its signatures; pass it on. Refusals: ``verify_charter``'s."""
    if (no := desk.lacks("charter")) is not None:
        return no

    def act(tx: WriteTx) -> Charter | Refusal:
        found = proposals.adopt(tx, book, signed, me=desk.party, at_ms=desk.now_ms, pass_on=True)
        if isinstance(found, Charter):
            tx.journal("charter.adopt", officer=desk.officer.id, at_ms=desk.now_ms, detail=str(found.epoch))
        return found

    done = whole(desk.store, act)
    book.refresh()
    return done


def _say(desk: Desk, book: CharterBook, digest: bytes, said: VoiceAct) -> bytes | Refusal:
    if (no := _barred(desk)) is not None:
        return no

    def act(tx: WriteTx) -> bytes | Refusal:
        row = tx.proposal(digest)
        if row is None:
            return Refusal("charter.no-proposal")
        if row.epoch <= book.epoch:
            return Refusal("charter.not-next")
        own = next((v for v in tx.voices(digest) if v.party == desk.party), None)
        signed = own is not None and own.act == "sign"
        if signed != (said == "withdraw"):
            return Refusal("charter.signed" if signed else "charter.not-signed")
        tx.put_voice(VoiceRow(digest, desk.party, said, b"", desk.now_ms))
        proposals.tell_electors(tx, row, book, me=desk.party, at_ms=desk.now_ms, voice=True)
        _note(tx, desk, f"charter.{said}", row)
        return digest

    return _done(desk, book, act)


def _barred(desk: Desk) -> Refusal | None:
    if (no := desk.lacks("charter")) is not None:
        return no
    entry = desk.charter.party(desk.party)
    member = entry is not None and entry.type == "member" and entry.active_at(desk.now_ms)
    return None if member else Refusal("charter.not-member")


def _unfit(desk: Desk, book: CharterBook, row: ProposalRow) -> Refusal | None:
    """Return why nobody signs a proposal (rule 2), or None."""
    found = proposals.may_follow(SignedCharter(row.raw), book)
    if isinstance(found, Refusal):
        return found
    if not told_whole(book(), found):
        return Refusal("charter.beyond-words")
    age_ms = desk.now_ms - found.issued_ms
    return None if -AHEAD_LIMIT_MS <= age_ms <= proposals.AGE_LIMIT_MS else Refusal("charter.ill-dated")


def _signed_rivals(tx: WriteTx, row: ProposalRow, party: str) -> tuple[bytes, ...]:
    others = (p.digest for p in tx.proposals(row.epoch) if p.digest != row.digest)
    return tuple(d for d in others if any(v.party == party and v.act == "sign" for v in tx.voices(d)))


def _note(tx: WriteTx, desk: Desk, what: str, row: ProposalRow) -> None:
    detail = f"{row.epoch}; {row.digest.hex()[:16]}"
    tx.journal(what, officer=desk.officer.id, at_ms=desk.now_ms, detail=detail)


def _done(desk: Desk, book: CharterBook, act: Callable[[WriteTx], bytes | Refusal]) -> bytes | Refusal:
    done = whole(desk.store, act)
    book.refresh()
    return done
