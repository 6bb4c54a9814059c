"""A change of the charter as a sentence that an officer reads before he signs, in ar, fr and en.

Codes, key ids and times stay as they are; names are those of the charter in the reader's language.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import assert_never

from tansiq.base.clock import moment
from tansiq.base.messages import Lang, say
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
from tansiq.model.charter import Charter, CharterRules, Circle, Names, Seat
from tansiq.policy.amend import differences


def in_words(before: Charter, after: Charter, lang: Lang) -> tuple[str, ...]:
    """Return what ``after`` changes of ``before``, a sentence each."""
    return tuple(sentence(change, before, after, lang) for change in differences(before, after))


def sentence(change: Change, before: Charter, after: Charter, lang: Lang) -> str:
    """Return one change as a sentence; names are looked up in ``after``, older states in ``before``."""
    match change:
        case Joined(entry):
            return say(
                "charter.change.joined", lang,
                party=named(after, entry.code, lang),
                type=say(f"charter.type.{entry.type}", lang),
                since=at(entry.from_ms),
                keys=", ".join((*(k.id for k in entry.sign_keys), *(k.id for k in entry.seal_keys))),
            )  # fmt: skip
        case CircleSet(circle):
            return _circle(before.circle(circle.code), circle, after, lang)
        case CircleDropped(code):
            return say("charter.change.circle-dropped", lang, circle=code)
        case CompartmentSet(cell):
            held = _parties(cell.holders, after, lang) or say("charter.any-party", lang)
            word = "hidden" if cell.hidden else "shown"
            names = _name(cell.names, lang)
            if cell.protected:
                names = f"{names}, {say('charter.protected', lang)}"
            return say(f"charter.change.compartment-{word}", lang, code=cell.code, name=names, holders=held)
        case CompartmentDropped(code):
            return say("charter.change.compartment-dropped", lang, code=code)
        case PresidencySet(seats):
            return say("charter.change.presidency", lang, seats=_seats(seats, after, lang))
        case RulesSet(rules):
            return say("charter.change.rules", lang, rules=rules_words(rules, lang))
        case Renamed(name):
            return say("charter.change.renamed", lang, name=name)
        case _:
            return _of_party(change, named(after, change.party, lang), lang)


def _of_party(change: OfParty, party: str, lang: Lang) -> str:
    match change:
        case Ended(_, until_ms):
            return _until("charter.change.ended", until_ms, lang, party=party)
        case Suspended(_, at_ms):
            return say("charter.change.suspended", lang, party=party, at=at(at_ms))
        case Lifted(_):
            return say("charter.change.lifted", lang, party=party)
        case Detailed():
            return _detailed(change, party, lang)
        case Moved(_, mailbox, alert_mailbox):
            boxes = f"{mailbox.hex()[:8]}… {alert_mailbox.hex()[:8]}…"
            return say("charter.change.moved", lang, party=party, boxes=boxes)
        case SignKeyAdded(_, key):
            shown = f"{key.id} {fingerprint(key.public)}"
            return _until(
                "charter.change.sign-key", key.until_ms, lang, party=party, key=shown, since=at(key.from_ms)
            )
        case SealKeyAdded(_, seal_key):
            shown = f"{seal_key.id} {seal_key.recipient[:16]}…"
            since = at(seal_key.from_ms)
            return _until(
                "charter.change.seal-key", seal_key.until_ms, lang, party=party, key=shown, since=since
            )
        case SignKeyEnded(_, key_id, until_ms) | SealKeyEnded(_, key_id, until_ms):
            return _until("charter.change.key-ended", until_ms, lang, party=party, key=key_id)
        case SignKeyRevoked(_, key_id, revoked_ms, last_good):
            named_feeds = len(last_good)
            return say(
                "charter.change.revoked", lang, party=party, key=key_id, at=at(revoked_ms), feeds=named_feeds
            )
        case _:
            assert_never(change)


def named(charter: Charter, code: str, lang: Lang) -> str:
    """Return a party's name with its code."""
    entry = charter.party(code)
    return code if entry is None else f"{_name(entry.names, lang)} ({code})"


def at(at_ms: int) -> str:
    """Return a moment as duty desks write it: ``2031-03-02 06:00Z``."""
    return f"{moment(at_ms):%Y-%m-%d %H:%M}Z"


def fingerprint(public: bytes) -> str:
    """Return the first 16 hex digits of a key, in fours, to be read aloud."""
    shown = public.hex()
    return " ".join(shown[n : n + 4] for n in range(0, 16, 4))


def rules_words(rules: CharterRules, lang: Lang) -> str:
    """Return the rules as a sentence."""
    every = say("charter.every-member", lang)
    own = say("charter.yes" if rules.own_compartments else "charter.no", lang)
    return say(
        "charter.rules", lang,
        amend=rules.amend_quorum or every,
        suspend=rules.suspend_quorum or every,
        heartbeat=rules.heartbeat_h,
        own=own,
    )  # fmt: skip


def _until(words: str, until_ms: int | None, lang: Lang, /, **values: object) -> str:
    """The message of that id, or its ``-open`` form where no end is set."""
    if until_ms is None:
        return say(f"{words}-open", lang, **values)
    return say(words, lang, until=at(until_ms), **values)


def _detailed(change: Detailed, party: str, lang: Lang) -> str:
    return say(
        "charter.change.detailed", lang,
        party=party,
        type=say(f"charter.type.{change.type}", lang),
        names=" / ".join((change.names.ar, change.names.fr, change.names.en)),
        langs=", ".join(change.langs),
        observer=say("charter.yes" if change.observer else "charter.no", lang),
        since=at(change.from_ms),
        timezone=change.timezone,
        weekend=", ".join(map(str, change.weekend)),
    )  # fmt: skip


def _circle(old: Circle | None, new: Circle, after: Charter, lang: Lang) -> str:
    was, now = set(old.members if old else ()), set(new.members)
    values = {
        "circle": f"{_name(new.names, lang)} ({new.code})",
        "seats": _seats(new.members, after, lang),
        "added": _seats([s for s in new.members if s not in was], after, lang),
        "gone": _seats([s for s in (old.members if old else ()) if s not in now], after, lang),
    }
    return say("charter.change.circle" if old else "charter.change.circle-new", lang, **values)


def _seats(seats: Sequence[Seat], charter: Charter, lang: Lang) -> str:
    shown = (
        f"{named(charter, s.party, lang)} {at(s.from_ms)} – {'…' if s.until_ms is None else at(s.until_ms)}"
        for s in seats
    )
    return "; ".join(shown) or say("charter.nobody", lang)


def _parties(codes: Sequence[str], charter: Charter, lang: Lang) -> str:
    return ", ".join(named(charter, code, lang) for code in codes)


def _name(names: Names, lang: Lang) -> str:
    return {"ar": names.ar, "fr": names.fr, "en": names.en}[lang]
