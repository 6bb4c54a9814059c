"""Notices outside the page: who is told of what, and when. Never what it says: number, urgency, clock.

1. An officer is told only of a record that his account may read at this moment; of what stands under a
   protected compartment nobody is told outside, for a notice would tell that it is there.
2. Each officer says himself which urgencies, to which address or telephone, and in which hours he is not to
   be disturbed; what he lets wake him comes at once. Nobody hears of what he has signed himself.
3. One thing is told one officer once; a notice bears his own number and nothing else that leads to a record.
4. What came, with whatever priority its sender gave, is looked at once, in the order it was taken in.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Container, Iterator
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import Final, Literal
from zoneinfo import ZoneInfo

import msgspec

from tansiq.base.clock import Clock, millis
from tansiq.base.ids import RecordId, raw_of
from tansiq.base.refusal import Refusal
from tansiq.model.charter import Charter
from tansiq.model.kinds.warning import Warning as WarningBody
from tansiq.model.label import Party
from tansiq.policy.permits import permits
from tansiq.store.notices import About, NoticeRow, Way
from tansiq.store.papers import Paper
from tansiq.store.registry import Entry
from tansiq.store.store import ReadTx, Store, WriteTx
from tansiq.store.values import OfficerRow, StoredRecord
from tansiq.work.desk import Desk, Officer
from tansiq.work.sign_in import officer_of

Urgency = Literal["life", "alarm", "clock", "trial"]
URGENCIES: Final[tuple[Urgency, ...]] = ("life", "alarm", "clock")
"""What an officer can ask to be told of: danger to life, an alert, a clock that runs out."""

LIFE_THREAT: Final = 0
AT_ONCE: Final = 200
WISHES: Final = "outside-wishes"
_MARK: Final = "outside-mark"
_NOBODY: Final = bytes(16)
_MAIL: Final = re.compile(r"[A-Za-z0-9._%+-]{1,64}@(?:[A-Za-z0-9-]{1,63}\.)*[A-Za-z0-9-]{1,63}")
_PHONE: Final = re.compile(r"\+?[0-9]{3,20}")
_HOUR: Final = re.compile(r"(?:[01]\d|2[0-3]):[0-5]\d")


class Wishes(msgspec.Struct, frozen=True, kw_only=True):
    """What one officer wants to be told outside; hours are local, ``""`` = none are quiet."""

    mail: str = ""
    phone: str = ""
    urgencies: tuple[Urgency, ...] = ()
    quiet_from: str = ""
    quiet_to: str = ""
    wake: tuple[Urgency, ...] = ("life",)

    @property
    def ways(self) -> Iterator[tuple[Way, str]]:
        """Yield the ways he may be reached, each with its address."""
        if self.mail:
            yield "mail", self.mail
        if self.phone:
            yield "phone", self.phone


@dataclass(frozen=True, slots=True)
class Post:
    """The node whose officers are told."""

    store: Store
    charter: Callable[[], Charter]
    clock: Clock

    @property
    def zone(self) -> ZoneInfo:
        """The time its officers live by."""
        entry = self.charter().party(self.store.party)
        return ZoneInfo(entry.timezone if entry else "UTC")


def tell(
    post: Post,
    record_id: RecordId,
    urgency: Urgency,
    due: datetime | None = None,
    *,
    only: Container[str] | None = None,
) -> int:
    """Tell of a record every officer who may read it and wants to hear of this urgency (rules 1 to 3).

    Returns how many notices were made; ``due`` is the moment its clock runs out; ``only`` = among these.
    """
    due_ms = None if due is None else millis(due)
    with post.store.write() as tx:
        return _tell(tx, post, About(raw_of(record_id), urgency, due_ms), only)


def gather(post: Post) -> int:
    """Tell of what came since the last look that is of an urgency; return how many notices were made."""
    with post.store.read() as rx:
        since = _mark(rx)
        head = rx.log_head()[0]
        fresh = () if since is None else rx.registered_since(since, AT_ONCE)
    if since is None:
        with post.store.write() as tx:
            _set_mark(tx, head)
    if not fresh:
        return 0
    with post.store.write() as tx:
        made = sum(_tell(tx, post, about) for each in fresh if (about := _about(tx, each)) is not None)
        _set_mark(tx, fresh[-1].seq)
    return made


def wishes_of(rx: ReadTx, officer_id: str) -> Wishes:
    """Return what an officer wants to be told outside; at first nothing."""
    paper = rx.paper(_own(officer_id))
    return Wishes() if paper is None else msgspec.msgpack.decode(paper.content, type=Wishes)


def wish(desk: Desk, wishes: Wishes) -> Refusal | None:
    """Keep what an officer wants. Refusals: ``outside.mail``, ``outside.phone``, ``outside.hours``."""
    if wishes.mail and not (_MAIL.fullmatch(wishes.mail) and len(wishes.mail) <= 200):
        return Refusal("outside.mail")
    if wishes.phone and not _PHONE.fullmatch(wishes.phone):
        return Refusal("outside.phone")
    hours = (wishes.quiet_from, wishes.quiet_to)
    if any(hours) and not all(_HOUR.fullmatch(hour) for hour in hours):
        return Refusal("outside.hours")
    content = msgspec.msgpack.encode(wishes)
    with desk.store.write() as tx:
        tx.save_paper(Paper(_own(desk.officer.id), WISHES, desk.officer.id, desk.now_ms, content))
        tx.journal(WISHES, officer=desk.officer.id, at_ms=desk.now_ms, detail=" ".join(wishes.urgencies))
    return None


def try_out(desk: Desk, post: Post) -> Refusal | None:
    """Send an officer a trial notice by every way he has named. Refusal: ``outside.nowhere``."""
    with desk.store.write() as tx:
        wishes = wishes_of(tx, desk.officer.id)
        if not list(wishes.ways):
            return Refusal("outside.nowhere")
        _put(tx, post, desk.officer, wishes, About(_NOBODY, "trial", desk.now_ms))
        tx.journal("outside-trial", officer=desk.officer.id, at_ms=desk.now_ms)
    return None


def may_still(rx: ReadTx, row: NoticeRow, now: datetime) -> OfficerRow | None:
    """Return the officer of a notice if he may be told of it at this moment (rule 1)."""
    officer = rx.officer(row.officer)
    if officer is None or not officer.active:
        return None
    if row.about.record == _NOBODY:
        return officer
    return officer if _may(rx, officer_of(officer, rx.core.party), row.about.record, now) else None


def due_at(wishes: Wishes, urgency: Urgency, now: datetime, zone: ZoneInfo) -> datetime:
    """Return when an officer is to be told: at once, or when his quiet hours are over (rule 2)."""
    if not (wishes.quiet_from and wishes.quiet_to) or urgency in wishes.wake or urgency == "trial":
        return now
    begins, ends = time.fromisoformat(wishes.quiet_from), time.fromisoformat(wishes.quiet_to)
    here = now.astimezone(zone)
    at = here.time().replace(tzinfo=None)
    quiet = begins <= at < ends if begins <= ends else at >= begins or at < ends
    if not quiet:
        return now
    later = here.replace(hour=ends.hour, minute=ends.minute, second=0, microsecond=0)
    if at >= ends:
        later += timedelta(days=1)
    return later.astimezone(now.tzinfo)


def _tell(tx: WriteTx, post: Post, about: About, only: Container[str] | None = None) -> int:
    now, made = post.clock.now(), 0
    stored = tx.record(about.record)
    for row in tx.officers():
        asked = row.active and (only is None or row.id in only)
        wishes = wishes_of(tx, row.id) if asked else Wishes()
        if about.urgency not in wishes.urgencies or not list(wishes.ways):
            continue
        officer = officer_of(row, tx.core.party)
        if _signed_himself(stored, officer, tx.core.party) or not _may(tx, officer, about.record, now):
            continue
        made += _put(tx, post, officer, wishes, about)
    return made


def _put(tx: WriteTx, post: Post, officer: Officer, wishes: Wishes, about: About) -> int:
    now = post.clock.now()
    row = tx.put_notice(officer.id, about, at_ms=millis(now))
    if row is None:
        return 0
    urgency: Urgency = msgspec.convert(about.urgency, Urgency)
    next_ms = millis(due_at(wishes, urgency, now, post.zone))
    for way, to in wishes.ways:
        tx.put_spool(row.id, way, to, next_ms=next_ms)
    return 1


def _may(rx: ReadTx, officer: Officer, record: bytes, now: datetime) -> bool:
    stored = rx.record(record)
    its_label = rx.label_of(record) if stored is not None and not stored.buried else None
    if stored is None or its_label is None or _protected(rx, stored):
        return False
    return bool(permits(its_label, officer.reader, now=now))


def _protected(rx: ReadTx, stored: StoredRecord) -> bool:
    return any(code in rx.core.protected for code in stored.header.label.compartments)


def _signed_himself(stored: StoredRecord | None, officer: Officer, party: Party) -> bool:
    return (
        stored is not None
        and stored.originator == party
        and stored.header.author.pseudonym == officer.pseudonym
    )


def _about(rx: ReadTx, entry: Entry) -> About | None:
    stored = rx.record(entry.record_id)
    if stored is None or stored.buried or _protected(rx, stored):
        return None
    body, urgent = stored.body, stored.header.priority == LIFE_THREAT
    if isinstance(body, WarningBody):
        if body.msg_type in ("cancel", "ack"):
            return None
        urgent = urgent or body.urgency == "immediate" or body.severity == "extreme"
        due = body.ack_due.hi if body.ack_due is not None else None
        return About(stored.header.id, "life" if urgent else "alarm", None if due is None else millis(due))
    return About(stored.header.id, "life") if urgent else None


def _own(officer_id: str) -> str:
    return f"{WISHES}:{officer_id}"


def _mark(rx: ReadTx) -> int | None:
    kept = rx.setting(_MARK)
    return None if kept is None else int(kept)


def _set_mark(tx: WriteTx, seq: int) -> None:
    tx.set_setting(_MARK, str(seq))
