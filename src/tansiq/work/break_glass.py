"""Break-glass and the escrow: what two officers' keys together open for a third. ADR 0016.

1. Who asks gives a reason and the record's id; his role allows it (``break-glass``). Whether the record is
   there, hidden from him or not, the answer is the same.
2. One half of the escrow is the release officers', the other the legal officers'. The first who agrees opens
   his layer of the keys concerned and of no others; what is left opens with the other half alone. The second,
   of the other half and another person, opens it; the one body's key is wrapped for who asked. Nobody falls
   back on anything else: without both there is no way.
3. It lends one version, for ``LENT``, and only if the label would let him read it but for its compartments.
4. The same transaction signs a notice to the originator and all on the roster (``break-glass/1``, under the
   record's own compartments); asking, agreeing, declining and opening are journal entries.
5. In the same way an officer is put on a roster that nobody present stands on (``admit``).
"""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import replace as changed
from datetime import timedelta
from typing import Final

from msgspec.structs import replace

from tansiq.base.clock import moment
from tansiq.base.ids import RecordId, id_of, owned_id, raw_of, token
from tansiq.base.refusal import Refusal
from tansiq.model.kinds.break_glass import BreakGlass
from tansiq.model.label import Label
from tansiq.model.record import REQUEST, SALT_BYTES, Author, Header, Record, encode_body
from tansiq.policy.clearance import holds_compartments, may
from tansiq.policy.permits import permits
from tansiq.seal.cells import NotOpened, unwrap, wrap
from tansiq.seal.sign import sign_record
from tansiq.store.asks import Ask, Lent, Said, What, Words
from tansiq.store.guarding import codes_of, opened
from tansiq.store.holders import ESCROW, Holder, half_opened
from tansiq.store.store import ReadTx, WriteTx
from tansiq.work.desk import Desk, Officer, whole
from tansiq.work.effects import put_out
from tansiq.work.sign_in import officer_of
from tansiq.work.two_person import REASON_LIMIT, needs_two

ASKING: Final = timedelta(hours=4)
LENT: Final = timedelta(minutes=60)
TITLE: Final = "break-glass"


def ask_glass(desk: Desk, record_id: str, reason: str) -> str | Refusal:
    """Ask to open one record beyond the roster; return the ask's id, whatever is there (rule 1).

    Refusals: ``role``, ``ask.reason``, ``ask.id`` (no record id at all).
    """
    if (no := desk.lacks("break-glass")) is not None:
        return no
    try:
        raw = raw_of(record_id.strip())
    except ValueError:
        return Refusal("ask.id")
    return _asked(desk, "break-glass", raw, Words(reason.strip()[:REASON_LIMIT]))


def ask_admission(desk: Desk, code: str, candidate: str, reason: str) -> str | Refusal:
    """Ask the escrow to put an officer on a roster; return the ask's id, whatever is there (rule 5)."""
    if (no := desk.lacks("roster")) is not None:
        return no
    words = Words(reason.strip()[:REASON_LIMIT], code.strip()[:100], candidate.strip()[:200])
    return _asked(desk, "admit", bytes(16), words)


def _asked(desk: Desk, what: What, raw: bytes, words: Words) -> str | Refusal:
    if not words.reason:
        return Refusal("ask.reason")

    def act(tx: WriteTx) -> str | Refusal:
        until_ms = desk.now_ms + int(ASKING.total_seconds() * 1000)
        made = Ask(token(desk.entropy), what, raw, 0, desk.officer.id, words, "open", desk.now_ms, until_ms)
        tx.put_ask(made)
        _journal(tx, desk, made, "ask")
        return made.id

    return whole(desk.store, act)


def half_of(desk: Desk) -> str | None:
    """Return the half of the escrow that the officer's session holds."""
    return next((code for code in ESCROW if code in desk.store.keys.held), None)


def may_answer(rx: ReadTx, desk: Desk, ask: Ask) -> bool:
    """Whether the officer can give a half that is still lacking; who asked to open gives none himself."""
    half = half_of(desk)
    if half is None or ask.state not in ("open", "half") or ask.until_ms <= desk.now_ms:
        return False
    given = {s.officer: f"*{s.role}" for s in rx.said(ask.id)}
    own = ask.what == "break-glass" and ask.officer == desk.officer.id
    return not own and desk.officer.id not in given and half not in given.values()


def answer_escrow(tx: WriteTx, desk: Desk, ask: Ask, *, agree: bool) -> Refusal | None:
    """Give one's half, or decline (rule 2). Refusal: ``absent`` = there is nothing for him to answer."""
    half = half_of(desk)
    if half is None or not may_answer(tx, desk, ask):
        return Refusal("absent")
    role = half.removeprefix("*")
    if not agree:
        tx.say(ask.id, Said(desk.officer.id, role, "decline", {}, desk.now_ms))
        tx.settle_ask(ask.id, "declined", until_ms=desk.now_ms)
        _journal(tx, desk, ask, "decline")
        return None
    first = next((s for s in tx.said(ask.id) if s.said == "agree"), None)
    _journal(tx, desk, ask, "agree")
    if first is None:
        share = _share(tx, desk, half, _codes(tx, ask))
        tx.say(ask.id, Said(desk.officer.id, role, "agree", share, desk.now_ms))
        tx.settle_ask(ask.id, "half", until_ms=ask.until_ms)
        return None
    tx.say(ask.id, Said(desk.officer.id, role, "agree", {}, desk.now_ms))
    return _complete(tx, desk, ask, half, first)


def _complete(tx: WriteTx, desk: Desk, ask: Ask, half: str, first: Said) -> Refusal | None:
    """Open what both halves open and hand it on; where there was nothing, the ask is over all the same."""
    until_ms = desk.now_ms + int(LENT.total_seconds() * 1000)
    try:
        mine = desk.store.keys.private_of(half)
        privates = {code: unwrap(left, [mine]).decode() for code, left in first.share.items()}
    except NotOpened:  # a half was made anew meanwhile: what the first left opens with the old one alone
        privates = {}
    if ask.what == "admit":
        done = _admitted(tx, desk, ask, privates)
    else:
        done = _lent(tx, desk, ask, privates, until_ms)
    tx.settle_ask(ask.id, "granted" if done else "declined", until_ms=until_ms if done else desk.now_ms)
    if not done:
        _journal(tx, desk, ask, "nothing")
    elif ask.what == "break-glass":
        put_out(tx, desk, _notice(tx, desk, ask, first, until_ms))
    return None


def _codes(rx: ReadTx, ask: Ask) -> tuple[str, ...]:
    if ask.what == "admit":
        return (ask.words.code,)
    held = rx.record(ask.record)
    return () if held is None or held.buried else rx.cells_over(held.digest)


def _share(rx: ReadTx, desk: Desk, half: str, codes: tuple[str, ...]) -> dict[str, bytes]:
    found = {}
    for code in codes:
        cell = rx.cell(code)
        if cell is not None and cell.escrow:
            with suppress(NotOpened):  # a half made anew opens nothing that was put in before
                found[code] = half_opened(cell.escrow, half, desk.store.keys.private_of(half))
    return found


def _lent(tx: WriteTx, desk: Desk, ask: Ask, privates: Mapping[str, str], until_ms: int) -> bool:
    held, public = tx.record(ask.record), tx.officer_keys().get(ask.officer)
    if held is None or held.buried or public is None or not _but_for_compartments(tx, desk, ask):
        return False
    body = tx.guarded_body(held.digest)
    if body is None:
        tx.lend(Lent(ask.id, held.digest, ask.officer, b"", until_ms))
        return True
    codes = codes_of(body)
    if any(code not in privates for code in codes):
        return False
    key = unwrap(body.key, [privates[code] for code in codes])
    tx.lend(Lent(ask.id, held.digest, ask.officer, wrap(key, [public]), until_ms))
    return True


def _but_for_compartments(rx: ReadTx, desk: Desk, ask: Ask) -> bool:
    row, label = rx.officer(ask.officer), rx.label_of(ask.record)
    if row is None or not row.active or label is None:
        return False
    return _reaches(label, officer_of(row, desk.party), desk)


def _reaches(label: Label, officer: Officer, desk: Desk) -> bool:
    """Whether the label lets the officer read but for its compartments, and asks for no second person."""
    reader = officer.reader
    wider = _with_compartments(officer, label)
    allowed = may(officer.role, "break-glass") and reader.clearance != "open" and not needs_two(label)
    return allowed and bool(permits(label, wider.reader, now=desk.now))


def _with_compartments(officer: Officer, label: Label) -> Officer:
    held = officer.reader.compartments | set(label.compartments)
    return changed(officer, reader=changed(officer.reader, compartments=held))


def _admitted(tx: WriteTx, desk: Desk, ask: Ask, privates: Mapping[str, str]) -> bool:
    code, candidate = ask.words.code, ask.words.candidate
    row, public = tx.officer(candidate), tx.officer_keys().get(candidate)
    if code not in privates or row is None or not row.active or public is None:
        return False
    if not holds_compartments(officer_of(row, desk.party).role):
        return False
    sealed = wrap(privates[code].encode(), [public])
    tx.admit(Holder(code, candidate, sealed, f"{ask.officer}+escrow", desk.now_ms))
    return True


def _notice(tx: WriteTx, desk: Desk, ask: Ask, first: Said, until_ms: int) -> Record:
    """Return the signed notice to the originator and the roster (rule 4); its author is who asked."""
    held, row = tx.record(ask.record), tx.officer(ask.officer)
    assert held is not None and row is not None  # noqa: PT018 (it has just been lent to him)
    label = held.header.label
    told = replace(label, audience=tuple(sorted({desk.party, held.originator})), notes=(), until_ms=None)
    if label.public:
        told = replace(told, audience=(desk.party,))
    body = BreakGlass(
        title=TITLE,
        record=id_of(ask.record),
        record_version=held.version,
        reason=ask.words.reason,
        role=row.role,
        agreed=tuple(sorted({first.role, desk.officer.role})),
        opened_at=desk.now,
        ends_at=moment(until_ms),
    )
    bound = tx.journal(
        "glass-notice", officer=ask.officer, record=ask.record, detail=ask.id, at_ms=desk.now_ms
    )
    header = Header(
        id=raw_of(owned_id(desk.party, desk.now, desk.entropy)),
        kind="break-glass/1",
        originator=desk.party,
        signer=desk.keys.signer_id,
        author=Author(row.pseudonym, bound[:16]),
        created_ms=desk.now_ms,
        priority=REQUEST,
        label=told,
    )
    return Record(sign_record(header, encode_body(body, desk.entropy.take(SALT_BYTES)), desk.keys))


def read_lent(desk: Desk, record_id: RecordId) -> Record | None:
    """Return a record that is lent to the officer now, opened by his own key; note that he has opened it."""
    with desk.store.write() as tx:
        lent = {x.digest: x for x in tx.lent_to(desk.officer.id, now_ms=desk.now_ms)}
        held = next((h for h in map(tx.by_digest, lent) if h is not None and h.record_id == record_id), None)
        label = tx.label_of(record_id)
        found = None if held is None or held.buried else lent.get(held.digest)
        if found is None or label is None or not _reaches(label, desk.officer, desk):
            return None
        record = _opened(tx, desk, found)
        if record is not None:
            tx.journal(
                "glass-open", officer=desk.officer.id, record=record_id, detail=found.ask, at_ms=desk.now_ms
            )
        return record


def _opened(rx: ReadTx, desk: Desk, what: Lent) -> Record | None:
    body = rx.guarded_body(what.digest)
    if body is None:
        signed = rx.signed(what.digest)
        return None if signed is None else Record(signed)
    held = rx.by_digest(what.digest)
    if held is None or not desk.store.keys:
        return None
    try:
        key = desk.store.keys.open_own(what.key)
    except NotOpened:
        return None
    return Record(opened(body, key, rx.signature_of(what.digest)))


def _journal(tx: WriteTx, desk: Desk, ask: Ask, act: str) -> None:
    name = "glass" if ask.what == "break-glass" else "admit"
    record = ask.record if any(ask.record) else None
    detail = ask.id if name == "glass" else f"{ask.id} {ask.words.candidate}"
    tx.journal(f"{name}-{act}", officer=desk.officer.id, record=record, detail=detail, at_ms=desk.now_ms)
