"""What an officer proposes to change of the charter, from a form or by a program."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from typing import Final

from msgspec import Struct

from tansiq.base.clock import millis
from tansiq.base.refusal import Refusal
from tansiq.model.charter import BadCharter, KeyId, Names, PartyEntry, decode_card
from tansiq.model.label import Party
from tansiq.model.strict import BadField
from tansiq.policy import amend, amend_whole
from tansiq.policy.amend import Drafted
from tansiq.web.charter_view import book_of
from tansiq.web.http import json_of
from tansiq.web.reply import Reply, json_reply, see_other
from tansiq.web.visit import Visit
from tansiq.work import amend_charter

DOES: Final = (
    "suspend, lift, leave, revoke, rotate, boxes, rules, circle, drop-circle, compartment, drop-compartment, "
    "presidency or join"
)


CODE: Final = re.compile(r"[A-Z0-9][A-Z0-9-]{0,31}")


class ProposalAsked(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A change that is asked for: ``do`` and what it needs. Times are ISO with their zone.

    ``code``: of a circle or compartment; ``parties``: who has a seat or holds it; ``card``: the file of who
    joins, in JSON as base64; ``circles``: where it has a seat.
    """

    do: str = ""
    party: str = ""
    key: str = ""
    at: str = ""
    code: str = ""
    name_ar: str = ""
    name_fr: str = ""
    name_en: str = ""
    parties: tuple[str, ...] = ()
    circles: tuple[str, ...] = ()
    hidden: bool = False
    protected: bool = False
    card: bytes = b""
    amend_quorum: int | None = None
    suspend_quorum: int | None = None
    heartbeat_h: int | None = None
    own_compartments: bool | None = None


def propose(visit: Visit) -> Reply | Refusal:
    """Put a change before the members, from a form."""
    done = _proposed(visit, _asked(visit))
    return done if isinstance(done, Refusal) else see_other(f"/charter/proposals/{done.hex()}")


def propose_json(visit: Visit) -> Reply | Refusal:
    """Put a change before the members."""
    done = _proposed(visit, json_of(visit.raw, ProposalAsked))
    return done if isinstance(done, Refusal) else json_reply({"id": done.hex()}, 201)


def _asked(visit: Visit) -> ProposalAsked:
    said, upload = visit.sent.first, visit.sent.file("card")
    return ProposalAsked(
        do=said("do"),
        party=said("party"),
        key=said("key"),
        at=said("at"),
        code=said("code"),
        name_ar=said("name_ar"),
        name_fr=said("name_fr"),
        name_en=said("name_en"),
        parties=_many(visit, "parties"),
        circles=_many(visit, "circles"),
        hidden=bool(said("hidden")),
        protected=bool(said("protected")),
        card=b"" if upload is None else upload.content,
        amend_quorum=_number(visit, "amend_quorum"),
        suspend_quorum=_number(visit, "suspend_quorum"),
        heartbeat_h=_number(visit, "heartbeat_h"),
        own_compartments={"yes": True, "no": False}.get(said("own_compartments")),
    )


def _many(visit: Visit, name: str) -> tuple[str, ...]:
    return tuple(value for value in visit.sent.values.get(name, ()) if value)


def _number(visit: Visit, name: str) -> int | None:
    text = visit.sent.first(name)
    if text and not (text.isdecimal() and len(text) < 5):
        raise BadField(name, "a whole number")
    return int(text) if text else None


def _proposed(visit: Visit, asked: ProposalAsked) -> bytes | Refusal:
    if (no := visit.desk.lacks("charter")) is not None:
        return no
    book = book_of(visit)
    if not book.epoch:
        return Refusal("charter.none")
    changes = _of_party(visit, asked)
    if isinstance(changes, Refusal):
        return changes
    return amend_charter.propose(visit.desk, book, changes)


def _of_party(visit: Visit, asked: ProposalAsked) -> Drafted:
    now_ms, party, held = visit.now_ms, Party(asked.party), visit.charter
    match asked.do:
        case "suspend":
            return amend.suspend(held, party, at_ms=now_ms)
        case "lift":
            return amend.lift(held, party)
        case "leave":
            return amend.leave(held, party, until_ms=_moment(asked.at))
        case "revoke":
            owner = held.owner_of_key(asked.key)
            return amend.revoke(held, owner or party, KeyId(asked.key), from_ms=_moment(asked.at))
        case "rotate" if visit.wiring.rotate is not None:
            sign, seal = visit.wiring.rotate(visit.now)
            return amend.rotate(
                held, visit.wiring.party, at_ms=now_ms, sign=sign, seal=seal, overlap_ms=amend.OVERLAP_MS
            )
        case "boxes":
            boxes = (visit.wiring.entropy.take(16), visit.wiring.entropy.take(16))
            return amend.rotate(held, visit.wiring.party, at_ms=now_ms, mailboxes=boxes)
        case "join":
            return amend.join(held, _card(asked.card), circles=asked.circles)
        case _:
            return _of_whole(visit, asked)


def _of_whole(visit: Visit, asked: ProposalAsked) -> Drafted:
    now_ms, held = visit.now_ms, visit.charter
    parties = tuple(Party(code) for code in asked.parties)
    match asked.do:
        case "rules":
            return amend_whole.set_rules(
                held,
                amend_quorum=asked.amend_quorum,
                suspend_quorum=asked.suspend_quorum,
                heartbeat_h=asked.heartbeat_h,
                own_compartments=asked.own_compartments,
            )
        case "circle":
            return amend_whole.set_circle(held, _code(asked), parties, at_ms=now_ms, names=_names(asked))
        case "drop-circle":
            return amend_whole.drop_circle(held, _code(asked))
        case "compartment":
            return amend_whole.set_compartment(
                held,
                _code(asked),
                hidden=asked.hidden,
                protected=asked.protected,
                holders=parties,
                names=_names(asked),
            )
        case "drop-compartment":
            return amend_whole.drop_compartment(held, _code(asked))
        case "presidency":
            from_ms = _moment(asked.at) if asked.at else now_ms
            return amend_whole.set_presidency(held, Party(asked.party), from_ms=from_ms)
        case _:
            raise BadField("do", DOES)


def _card(raw: bytes) -> PartyEntry:
    try:
        return decode_card(raw)
    except BadCharter as error:
        raise BadField("card", "a party's file named card") from error


def _code(asked: ProposalAsked) -> str:
    code = asked.code
    if not (
        0 < len(code) <= 32 and code.isascii() and code.replace("-", "").isalnum() and code == code.upper()
    ):
        raise BadField("code", "up to 32 capital letters, digits and hyphens")
    return code


def _names(asked: ProposalAsked) -> Names | None:
    names = (asked.name_ar, asked.name_fr, asked.name_en)
    if not any(names):
        return None
    if not all(names) or max(map(len, names)) > 300:
        raise BadField("name_ar", "a name in each of the three languages")
    return Names(*names)


def _moment(text: str) -> int:
    try:
        found = datetime.fromisoformat(text)
    except ValueError as error:
        raise BadField("at", "a time: 2031-03-02T06:00Z") from error
    return millis(found if found.tzinfo else found.replace(tzinfo=UTC))
