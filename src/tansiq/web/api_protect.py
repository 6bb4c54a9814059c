"""The JSON interface of rosters and asks: the same acts and answers as the pages."""

from __future__ import annotations

from dataclasses import replace
from typing import Any, Final, Literal

from msgspec import Struct

from tansiq.base.clock import moment
from tansiq.base.ids import RecordId, id_of
from tansiq.base.refusal import Refusal
from tansiq.store.asks import Ask
from tansiq.web.answers import Absent
from tansiq.web.http import json_of
from tansiq.web.pages.reading import exported
from tansiq.web.pages.roster import do_roster
from tansiq.web.reply import Reply, json_reply
from tansiq.web.routes import Act
from tansiq.web.visit import Visit
from tansiq.work.asks import answer, asks_for, own_asks
from tansiq.work.break_glass import ask_admission, ask_glass, read_lent
from tansiq.work.roster import rosters
from tansiq.work.two_person import ask_second


class RosterAsked(Struct, frozen=True, forbid_unknown_fields=True):
    """One act on rosters; ``password`` only for ``unlock``."""

    do: Literal["unlock", "admit", "dismiss", "case", "take-up", "confirm"]
    code: str = ""
    officer: str = ""
    password: str = ""


class AskAsked(Struct, frozen=True, forbid_unknown_fields=True):
    """One ask; ``code`` and ``officer`` only for ``admit``."""

    what: Literal["two-person", "break-glass", "admit"]
    reason: str
    record: str = ""
    code: str = ""
    officer: str = ""


class AnswerAsked(Struct, frozen=True, forbid_unknown_fields=True):
    """Whether the officer agrees."""

    agree: bool


def roster(visit: Visit) -> Reply:
    """The rosters of what this session holds, and whether it has its keys."""
    with visit.wiring.store.read() as rx:
        rows = [
            {"code": r.code, "holders": [h.officer for h in r.holders], "in_escrow": r.in_escrow}
            for r in rosters(rx, visit.desk)
        ]
    return json_reply({"open": bool(visit.wiring.store.keys), "rows": rows})


def roster_do(visit: Visit) -> Reply | Refusal:
    """Do one act on rosters; the answer holds the compartment that was made, if one was."""
    asked = json_of(visit.raw, RosterAsked)
    said = {"code": asked.code, "officer": asked.officer, "reason": "", "password": asked.password}
    made = do_roster(visit, asked.do, said)
    return made if isinstance(made, Refusal) else json_reply({"made": made})


def asks(visit: Visit) -> Reply:
    """What this officer has asked, and what waits for his answer."""
    with visit.wiring.store.read() as rx:
        mine, others = own_asks(rx, visit.desk), asks_for(rx, visit.desk)
    return json_reply({"mine": [_ask(a) for a in mine], "waiting": [_ask(a) for a in others]})


def ask(visit: Visit) -> Reply | Refusal:
    """Ask for a second officer, to break the glass, or for a place on a roster."""
    asked, desk = json_of(visit.raw, AskAsked), visit.desk
    if asked.what == "two-person":
        made = ask_second(desk, RecordId(asked.record), asked.reason)
    elif asked.what == "break-glass":
        made = ask_glass(desk, asked.record, asked.reason)
    else:
        made = ask_admission(desk, asked.code, asked.officer, asked.reason)
    if isinstance(made, Refusal) and made.reason == "absent":
        raise Absent("nothing for this reader")
    return made if isinstance(made, Refusal) else json_reply({"id": made}, 201)


def ask_answer(visit: Visit) -> Reply:
    """Agree to an ask, or decline it."""
    if answer(visit.desk, visit.path["id"], agree=json_of(visit.raw, AnswerAsked).agree) is not None:
        raise Absent("nothing to answer")
    return json_reply({"id": visit.path["id"]})


def glass(visit: Visit) -> Reply:
    """A record that two officers have lent to this one."""
    record = read_lent(visit.desk, RecordId(visit.path["id"]))
    if record is None:
        raise Absent("nothing is lent")
    with visit.wiring.store.read() as rx:
        held = rx.record(record.id)
    if held is None:
        raise Absent("nothing is lent")
    return json_reply(exported(replace(held, record=record)))


def _ask(value: Ask) -> dict[str, Any]:
    return {
        "id": value.id,
        "what": value.what,
        "officer": value.officer,
        "record": id_of(value.record) if any(value.record) else "",
        "reason": value.words.reason,
        "code": value.words.code,
        "candidate": value.words.candidate,
        "state": value.state,
        "at": moment(value.at_ms).isoformat(),
        "until": moment(value.until_ms).isoformat(),
    }


ACTS: Final[dict[str, Act]] = {
    "api-roster": roster,
    "api-roster-do": roster_do,
    "api-asks": asks,
    "api-ask": ask,
    "api-ask-answer": ask_answer,
    "api-glass": glass,
}
