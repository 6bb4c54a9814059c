"""A name misused: who is claimed by what he did not sign hears of it, and so do the organs.

1. What claims an active party and bears no signature of it is refused as ever; the notice is a record of our
   own, queued ahead of reports in the transaction that refuses.
2. One notice a day for a party and a reason: a flood of forgeries makes no flood of notices.
3. Where a notice comes in, it stands among the alarms until an officer settles it.
"""

from __future__ import annotations

from datetime import datetime
from typing import Final

import msgspec

from tansiq.base.clock import millis, moment
from tansiq.base.ids import Entropy, owned_id, raw_of
from tansiq.model.charter import Charter
from tansiq.model.kinds.name_misuse import NameMisuse
from tansiq.model.label import Party, label
from tansiq.model.record import RECALL, SALT_BYTES, Author, Header, Record, encode_body
from tansiq.seal import PartyKeys, sign_record
from tansiq.store.store import WriteTx

CODE: Final = "name.misused"
_FORGED: Final = (".unknown-signer", ".bad-signature", ".not-originator")
_SETTING: Final = "misuse."
_DAY_MS: Final = 86_400_000
_NODE: Final = Author("node")
_TITLE: Final = "name-misuse"


def tell(
    tx: WriteTx,
    keys: PartyKeys,
    charter: Charter,
    entropy: Entropy,
    claimed: str,
    code: str,
    digest: bytes,
    *,
    now: datetime,
) -> Record | None:
    """Queue a notice that ``claimed`` was named by what it did not sign; None when none is due."""
    to = _told(charter, claimed, keys.party, now)
    if not to or not code.endswith(_FORGED):
        return None
    at_ms, mark = millis(now), f"{_SETTING}{claimed}.{code}"
    last = tx.settings().get(mark, "")
    if last.isdecimal() and abs(at_ms - int(last)) < _DAY_MS:
        return None
    record = _signed(keys, entropy, Party(claimed), code, digest, to, now)
    tx.set_setting(mark, str(at_ms))
    tx.append(record, received_ms=at_ms, system=True)
    tx.queue(record.digest, to, RECALL, at_ms=at_ms)
    return record


def alarm(tx: WriteTx, record: Record, notice: NameMisuse) -> None:
    """Let a notice that came in stand among the alarms (rule 3)."""
    raw = msgspec.msgpack.encode(record.signed)
    detail = f"{record.header.originator}: {notice.code}"
    tx.quarantine(
        CODE,
        raw,
        digest=record.digest,
        at_ms=record.header.created_ms,
        party=notice.claimed or "",
        detail=detail,
    )


def _told(charter: Charter, claimed: str, me: Party, now: datetime) -> tuple[Party, ...]:
    entry = charter.party(claimed)
    if entry is None or claimed == me or not charter.active(claimed, now=now):
        return ()
    organs = {p.code for p in charter.parties if p.type == "organ" and charter.active(p.code, now=now)}
    return tuple(sorted(({entry.code} | organs) - {me}))


def _signed(
    keys: PartyKeys,
    entropy: Entropy,
    claimed: Party,
    code: str,
    digest: bytes,
    to: tuple[Party, ...],
    now: datetime,
) -> Record:
    header = Header(
        id=raw_of(owned_id(keys.party, now, entropy)),
        kind="name-misuse/1",
        originator=keys.party,
        signer=keys.signer_id,
        author=_NODE,
        created_ms=millis(now),
        priority=RECALL,
        label=label((keys.party, *to)),
    )
    body = NameMisuse(
        title=_TITLE, claimed=claimed, code=code, digest=digest.hex(), seen_at=moment(millis(now))
    )
    return Record(sign_record(header, encode_body(body, entropy.take(SALT_BYTES)), keys))
