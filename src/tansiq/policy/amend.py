"""The difference of two charters as typed changes, and the charter that changes make of another. Pure.

``applied(before, differences(before, after))`` is ``after`` but for epoch, previous hash and date,
whenever the changes tell everything: ``told_whole`` says whether they do. What they do not tell, nobody
signs. Times are milliseconds since 1970, UTC; nothing here reads the clock.

Source: DESIGN 1 (I5), 6.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import reduce
from typing import Any, Final, assert_never

from msgspec.structs import replace

from tansiq.base.refusal import Refusal
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
    OfParty,
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
from tansiq.model.charter import Charter, KeyId, LastGood, PartyEntry, SealKey, Seat, SignKey
from tansiq.model.label import Party

OVERLAP_MS: Final = 7 * 86_400_000
"""How long the older keys of a party sign and open beside the new ones, unless they were stolen."""
_DETAILS: Final = ("type", "names", "langs", "observer", "from_ms", "timezone", "weekend")


def differences(before: Charter, after: Charter) -> tuple[Change, ...]:
    """Return what changed from one charter to another, parties first, in the charter's order."""
    return tuple(_differences(before, after))


def applied(charter: Charter, changes: Iterable[Change]) -> Charter:
    """Return the charter with the changes made, in their order. Epoch, previous hash and date stay."""
    return reduce(_with, changes, charter)


def told_whole(before: Charter, after: Charter) -> bool:
    """Whether the differences tell everything that ``after`` changes."""
    return _bare(applied(before, differences(before, after))) == _bare(after)


def next_epoch(before: Charter, before_hash: bytes, changes: Sequence[Change], *, issued_ms: int) -> Charter:
    """Return the unsigned charter that follows ``before`` with these changes."""
    return replace(
        applied(before, changes), epoch=before.epoch + 1, previous=before_hash, issued_ms=issued_ms
    )


def _bare(charter: Charter) -> Charter:
    return replace(charter, epoch=0, previous=None, issued_ms=0)


def _differences(before: Charter, after: Charter) -> Iterator[Change]:
    if before.name != after.name:
        yield Renamed(after.name)
    for entry in after.parties:
        old = before.party(entry.code)
        if old is None:
            yield Joined(entry)
        else:
            yield from _of_party(old, entry)
    yield from _of_named(before.circles, after.circles, CircleSet, CircleDropped)
    yield from _of_named(before.compartments, after.compartments, CompartmentSet, CompartmentDropped)
    if before.presidency != after.presidency:
        yield PresidencySet(after.presidency)
    if before.rules != after.rules:
        yield RulesSet(after.rules)


def _of_party(old: PartyEntry, new: PartyEntry) -> Iterator[Change]:
    if any(getattr(old, name) != getattr(new, name) for name in _DETAILS):
        yield Detailed(new.code, **{name: getattr(new, name) for name in _DETAILS})
    if new.suspended_ms != old.suspended_ms:
        yield Lifted(new.code) if new.suspended_ms is None else Suspended(new.code, new.suspended_ms)
    if new.until_ms != old.until_ms:
        yield Ended(new.code, new.until_ms)
    if (new.mailbox, new.alert_mailbox) != (old.mailbox, old.alert_mailbox):
        yield Moved(new.code, new.mailbox, new.alert_mailbox)
    yield from _of_sign_keys(old, new)
    yield from _of_seal_keys(old, new)


def _of_sign_keys(old: PartyEntry, new: PartyEntry) -> Iterator[Change]:
    known = {k.id: k for k in old.sign_keys}
    for key in new.sign_keys:
        before = known.get(key.id)
        if before is None:
            yield SignKeyAdded(new.code, key)
            continue
        if key.until_ms != before.until_ms:
            yield SignKeyEnded(new.code, key.id, key.until_ms)
        revoked = (key.revoked_ms, key.last_good)
        if key.revoked_ms is not None and revoked != (before.revoked_ms, before.last_good):
            yield SignKeyRevoked(new.code, key.id, key.revoked_ms, key.last_good)


def _of_seal_keys(old: PartyEntry, new: PartyEntry) -> Iterator[Change]:
    known = {k.id: k for k in old.seal_keys}
    for key in new.seal_keys:
        before = known.get(key.id)
        if before is None:
            yield SealKeyAdded(new.code, key)
        elif key.until_ms != before.until_ms:
            yield SealKeyEnded(new.code, key.id, key.until_ms)


def _of_named(
    old: Sequence[Any], new: Sequence[Any], put: Callable[[Any], Change], drop: Callable[[Any], Change]
) -> Iterator[Change]:
    known, left = {each.code: each for each in old}, {each.code for each in new}
    for code in known:
        if code not in left:
            yield drop(code)
    for each in new:
        if known.get(each.code) != each:
            yield put(each)


def _with(charter: Charter, change: Change) -> Charter:
    match change:
        case Joined(entry):
            return replace(charter, parties=(*charter.parties, entry))
        case CircleSet(circle):
            return replace(charter, circles=_put(charter.circles, circle))
        case CircleDropped(code):
            return replace(charter, circles=tuple(c for c in charter.circles if c.code != code))
        case CompartmentSet(compartment):
            return replace(charter, compartments=_put(charter.compartments, compartment))
        case CompartmentDropped(code):
            return replace(charter, compartments=tuple(c for c in charter.compartments if c.code != code))
        case PresidencySet(seats):
            return replace(charter, presidency=seats)
        case RulesSet(rules):
            return replace(charter, rules=rules)
        case Renamed(name):
            return replace(charter, name=name)
        case _:
            parties = tuple(_entry(p, change) if p.code == change.party else p for p in charter.parties)
            return replace(charter, parties=parties)


def _put(known: tuple[Any, ...], new: Any) -> tuple[Any, ...]:
    if any(each.code == new.code for each in known):
        return tuple(new if each.code == new.code else each for each in known)
    return (*known, new)


def _entry(entry: PartyEntry, change: OfParty) -> PartyEntry:
    match change:
        case Ended(_, until_ms):
            return replace(entry, until_ms=until_ms)
        case Suspended(_, at_ms):
            return replace(entry, suspended_ms=at_ms)
        case Lifted(_):
            return replace(entry, suspended_ms=None)
        case Detailed():
            return replace(entry, **{name: getattr(change, name) for name in _DETAILS})
        case Moved(_, mailbox, alert_mailbox):
            return replace(entry, mailbox=mailbox, alert_mailbox=alert_mailbox)
        case SealKeyAdded(_, key):
            return replace(entry, seal_keys=(*entry.seal_keys, key))
        case SealKeyEnded(_, key_id, until_ms):
            kept = (replace(k, until_ms=until_ms) if k.id == key_id else k for k in entry.seal_keys)
            return replace(entry, seal_keys=tuple(kept))
        case SignKeyAdded(_, added):
            return replace(entry, sign_keys=(*entry.sign_keys, added))
        case SignKeyEnded() | SignKeyRevoked():
            return replace(entry, sign_keys=tuple(_key(k, change) for k in entry.sign_keys))
        case _:
            assert_never(change)


def _key(key: SignKey, change: SignKeyEnded | SignKeyRevoked) -> SignKey:
    if key.id != change.key:
        return key
    if isinstance(change, SignKeyEnded):
        return replace(key, until_ms=change.until_ms)
    return replace(key, revoked_ms=change.revoked_ms, last_good=change.last_good)


Drafted = tuple[Change, ...] | Refusal
"""The changes that an act makes, or why it cannot be: ``amend.unknown-party``, ``amend.unknown-key``,
``amend.nothing`` (it stands so already), ``amend.known-party``."""


def suspend(charter: Charter, party: Party, *, at_ms: int) -> Drafted:
    """Suspend a party at once."""
    entry = charter.party(party)
    if entry is None:
        return Refusal("amend.unknown-party", frozenset({party}))
    if not entry.active_at(at_ms):
        return Refusal("amend.nothing", frozenset({party}))
    return (Suspended(party, at_ms),)


def lift(charter: Charter, party: Party) -> Drafted:
    """End a party's suspension."""
    entry = charter.party(party)
    if entry is None:
        return Refusal("amend.unknown-party", frozenset({party}))
    return (
        (Lifted(party),) if entry.suspended_ms is not None else Refusal("amend.nothing", frozenset({party}))
    )


def join(charter: Charter, entry: PartyEntry, *, circles: Iterable[str] = ()) -> Drafted:
    """Take a party in, with a seat in each circle named, from its first day on."""
    if charter.party(entry.code) is not None:
        return Refusal("amend.known-party", frozenset({entry.code}))
    changes: list[Change] = [Joined(entry)]
    for code in circles:
        circle = charter.circle(code)
        if circle is None:
            return Refusal("amend.unknown-circle", frozenset({code}))
        seat = Seat(entry.code, entry.from_ms)
        changes.append(CircleSet(replace(circle, members=(*circle.members, seat))))
    return tuple(changes)


def leave(charter: Charter, party: Party, *, until_ms: int) -> Drafted:
    """End a party's part in good order: its seats end with it, its keys stay to verify what it signed."""
    entry = charter.party(party)
    if entry is None:
        return Refusal("amend.unknown-party", frozenset({party}))
    if entry.until_ms is not None and entry.until_ms <= until_ms:
        return Refusal("amend.nothing", frozenset({party}))
    changes: list[Change] = [Ended(party, until_ms)]
    for circle in charter.circles:
        left = _vacated(circle.members, party, until_ms)
        if left != circle.members:
            changes.append(CircleSet(replace(circle, members=left)))
    presidency = _vacated(charter.presidency, party, until_ms)
    if presidency != charter.presidency:
        changes.append(PresidencySet(presidency))
    return tuple(changes)


def _vacated(seats: tuple[Seat, ...], party: Party, until_ms: int) -> tuple[Seat, ...]:
    def ended(seat: Seat) -> Seat:
        later = seat.until_ms is None or seat.until_ms > until_ms
        return replace(seat, until_ms=until_ms) if seat.party == party and later else seat

    return tuple(ended(seat) for seat in seats)


def rotate(
    charter: Charter,
    party: Party,
    *,
    at_ms: int,
    sign: SignKey | None = None,
    seal: SealKey | None = None,
    mailboxes: tuple[bytes, bytes] | None = None,
    overlap_ms: int = 0,
) -> Drafted:
    """Give a party new keys or mailboxes; its older keys end ``overlap_ms`` after ``at_ms``.

    Nothing is sealed for an older seal key from ``at_ms`` on, whatever the overlap: the newest is taken.
    """
    entry = charter.party(party)
    if entry is None:
        return Refusal("amend.unknown-party", frozenset({party}))
    changes: list[Change] = []
    if sign is not None:
        changes += [SignKeyEnded(party, k.id, at_ms + overlap_ms) for k in _open(entry.sign_keys, at_ms)]
        changes.append(SignKeyAdded(party, sign))
    if seal is not None:
        changes += [SealKeyEnded(party, k.id, at_ms + overlap_ms) for k in _open(entry.seal_keys, at_ms)]
        changes.append(SealKeyAdded(party, seal))
    if mailboxes is not None:
        changes.append(Moved(party, *mailboxes))
    return tuple(changes) if changes else Refusal("amend.nothing", frozenset({party}))


def _open(keys: Sequence[Any], at_ms: int) -> list[Any]:
    return [k for k in keys if k.until_ms is None or k.until_ms > at_ms]


def revoke(
    charter: Charter, party: Party, key: KeyId, *, from_ms: int, last_good: Iterable[LastGood] = ()
) -> Drafted:
    """Revoke a sign key from a moment on, in the past too: the theft's at the latest."""
    held = charter.sign_key(party, key)
    if held is None:
        return Refusal("amend.unknown-key", frozenset({key}))
    if held.revoked_ms is not None and held.revoked_ms <= from_ms:
        return Refusal("amend.nothing", frozenset({key}))
    return (SignKeyRevoked(party, key, from_ms, tuple(last_good)),)
