"""Whom a withdrawal must reach: everyone who may hold some version of the record.

1. Those whom the label of any version names, and those to whom it was ever granted; whom an earlier
   withdrawal of that version dropped is not told again.
2. A recall never says what the record said: its title names the record by the end of its id.
"""

from __future__ import annotations

from typing import Final

from msgspec.structs import replace

from tansiq.base.ids import RecordId, raw_of
from tansiq.base.messages import LANGS, Lang
from tansiq.model.kind import CATALOGUE
from tansiq.model.kinds.recall import Recall
from tansiq.model.label import Label, Party
from tansiq.store.store import ReadTx
from tansiq.store.values import StoredRecord, Withdrawal
from tansiq.work.desk import Desk
from tansiq.work.purge import grants_of

WITHDRAWN: Final = "record.withdrawn"


def may_hold(rx: ReadTx, desk: Desk, record_id: RecordId) -> frozenset[Party]:
    """Return every other party that may hold some version of a record of ours (rule 1)."""
    withdrawals = rx.withdrawals(record_id)
    found = {Party(p) for _, grant in grants_of(rx, raw_of(record_id)) for p in grant.to}
    found |= set(rx.granted_to(record_id))
    for version in rx.versions(record_id):
        if not version.buried:
            found |= _named(desk, version) & _left(desk, withdrawals, version.version)
    return frozenset(found - {desk.party})


def told(label: Label, parties: frozenset[Party], own: Party) -> Label:
    """Return the label with these parties in its audience; what is for everybody stays so."""
    return label if label.public else replace(label, audience=tuple(sorted({*parties, own})))


def is_withdrawn(rx: ReadTx, record_id: RecordId) -> bool:
    """Whether the whole record was taken back."""
    return any(w.version == 0 and w.mode != "narrow" for w in rx.withdrawals(record_id))


def dropped(rx: ReadTx, desk: Desk, record_id: RecordId, label: Label) -> frozenset[Party]:
    """Return who may hold an earlier version and is not meant by the label of the next one."""
    if label.public:
        return frozenset()
    return may_hold(rx, desk, record_id) - {*label.audience, *rx.granted_to(record_id)}


def recall_of(stored: StoredRecord, reason: str, *, versions: tuple[int, ...] = ()) -> Recall:
    """Return the body of a recall of a record or of some of its versions."""
    return Recall(
        title=named_only("recall/1", stored), record=stored.record_id, versions=versions, reason=reason
    )


def named_only(tag: str, stored: StoredRecord) -> str:
    """Return a title that names a record without saying what it says (rule 2)."""
    header = stored.header
    lang: Lang = next((known for known in LANGS if known == header.lang), "ar")
    return f"{CATALOGUE[tag].titles[lang]} · {stored.record_id[-12:]}"


def _named(desk: Desk, version: StoredRecord) -> set[Party]:
    label = version.header.label
    if label.public:
        return set(desk.charter.active_parties(now=desk.now))
    return set(label.audience)


def _left(desk: Desk, withdrawals: tuple[Withdrawal, ...], version: int) -> set[Party]:
    kept = [set(w.keep) for w in withdrawals if w.covers(version)]
    everyone = {entry.code for entry in desk.charter.parties}
    return everyone.intersection(*kept) if kept else everyone
