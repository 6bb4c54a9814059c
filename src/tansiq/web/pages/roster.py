"""Protected compartments on pages: rosters, asks that wait, a record opened by broken glass.

1. To who does not hold a compartment its roster is not there; what he asks for by name is answered alike,
   whether it exists or not.
2. The password that opens compartments in a session is compared and forgotten; it is never shown or kept.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any, Final

from tansiq.base.clock import moment
from tansiq.base.ids import RecordId, id_of
from tansiq.base.refusal import Refusal
from tansiq.policy.clearance import may
from tansiq.store.asks import Ask
from tansiq.store.store import ReadTx
from tansiq.web.answers import Absent, told_no
from tansiq.web.labels import compartment_name, label_view
from tansiq.web.pages.doors import unlocked
from tansiq.web.pages.frame import draw, plain
from tansiq.web.pages.reading import record_id_at
from tansiq.web.reply import Reply, see_other
from tansiq.web.routes import Act
from tansiq.web.summary import summary_of
from tansiq.web.visit import Visit
from tansiq.work.asks import answer, asks_for, own_asks
from tansiq.work.break_glass import ask_admission, ask_glass, read_lent
from tansiq.work.roster import (
    admit,
    candidates,
    confirm_escrow,
    dismiss,
    escrow_halves,
    new_case,
    rosters,
    stale,
    take_up,
    untaken,
)
from tansiq.work.two_person import ask_second

REASON_LIMIT: Final = 1000


def roster(visit: Visit) -> Reply:
    """Who holds which of the compartments that this session holds."""
    return _roster(visit)


def roster_do(visit: Visit) -> Reply:
    """Open one's compartments, admit, take off, open a case, take up a compartment, ask the escrow."""
    no = do_roster(visit, visit.sent.first("do"), {n: visit.sent.first(n) for n in _SENT})
    return _roster(visit, no) if isinstance(no, Refusal) else see_other("/roster")


_SENT: Final = ("code", "officer", "reason", "password")


def do_roster(visit: Visit, do: str, said: dict[str, str]) -> Refusal | str | None:
    """Do one act on rosters; return a refusal, or what was made (a compartment, an ask), or None."""
    desk, code, officer = visit.desk, said["code"], said["officer"]
    match do:
        case "unlock":
            opened = _try(visit, said["password"])
            return None if opened else Refusal("sign-in.wrong")
        case "admit":
            return admit(desk, code, officer)
        case "dismiss":
            return dismiss(desk, code, officer)
        case "case":
            return new_case(desk)
        case "take-up":
            return take_up(desk, code)
        case "confirm":
            return confirm_escrow(desk)
        case "ask":
            return ask_admission(desk, code, officer, said["reason"])
        case _:
            raise Absent("no such act")


def _try(visit: Visit, password: str) -> bool:
    """Open compartments by the officer's own password; failures count with those of signing in."""
    w, who, now = visit.wiring, visit.known.id, visit.wiring.wall.now()
    if w.limiter.tired(who, now):
        return False
    if unlocked(visit, visit.token, who, password):
        return True
    w.limiter.failed(who, now)
    return False


def _roster(visit: Visit, no: Refusal | None = None) -> Reply:
    desk = visit.desk
    with visit.wiring.store.read() as rx:
        rows = rosters(rx, desk)
        names = {o.id: o.name for o in rx.officers()}
        given: dict[str, Any] = {
            "rows": [_row(visit, r.code, r.holders, names, in_escrow=r.in_escrow) for r in rows],
            "candidates": [(c, names.get(c, c)) for c in candidates(rx, desk)],
            "untaken": [(c, compartment_name(visit.charter, c, visit.lang)) for c in untaken(rx, desk)],
            "halves": [_half(visit, names.get(o, o), role) for o, role in escrow_halves(rx)],
            "stale": bool(rows) and stale(rx, desk),
            "has_pair": rx.officer_key(desk.officer.id) is not None,
        }
    wrong = told_no(no, visit.lang).fault if no is not None else None
    return draw(
        visit, "roster.html", title=visit.t("nav.roster"), wrong=wrong, status=422 if wrong else 200,
        open=bool(visit.wiring.store.keys), may_admit=may(visit.known.role, "roster"), **given,
    )  # fmt: skip


def _half(visit: Visit, name: str, role: str) -> tuple[str, str]:
    """Return who holds a half, and his role unless he is named like it."""
    said = visit.t(f"role.{role}")
    return name, "" if plain(name) == plain(said) else said


def _row(
    visit: Visit, code: str, holders: tuple[Any, ...], names: dict[str, str], *, in_escrow: bool
) -> dict[str, Any]:
    people = [
        {"id": h.officer, "name": names.get(h.officer, h.officer), "by": names.get(h.by, h.by),
         "iso": moment(h.at_ms).isoformat(), "at": visit.tongue.instant(moment(h.at_ms))}
        for h in holders
    ]  # fmt: skip
    name = compartment_name(visit.charter, code, visit.lang)
    return {"code": code, "name": name, "people": people, "in_escrow": in_escrow}


def asks(visit: Visit) -> Reply:
    """What this officer has asked, and what waits for his answer."""
    with visit.wiring.store.read() as rx:
        names = {o.id: o.name for o in rx.officers()}
        mine = [_ask(visit, rx, a, names) for a in own_asks(rx, visit.desk)]
        others = [_ask(visit, rx, a, names) for a in asks_for(rx, visit.desk)]
    return draw(
        visit, "asks.html", title=visit.t("nav.asks"), mine=mine, others=others, wrong=None,
        may_break=may(visit.known.role, "break-glass"),
    )  # fmt: skip


def _ask(visit: Visit, rx: ReadTx, ask: Ask, names: dict[str, str]) -> dict[str, Any]:
    at, ends = moment(ask.at_ms), moment(ask.until_ms)
    record = id_of(ask.record) if any(ask.record) else ""
    over = ask.until_ms <= visit.now_ms
    state = "over" if over and ask.state in ("open", "half", "granted") else ask.state
    lent = ask.what == "break-glass" and state == "granted" and ask.officer == visit.known.id
    return {
        "id": ask.id,
        "what": visit.tongue.t(f"protect.what.{ask.what}"),
        "who": names.get(ask.officer, ask.officer),
        "record": record,
        "href": f"/glass/{record}" if lent else f"/record/{record}" if ask.what == "two-person" else None,
        "reason": ask.words.reason,
        "code": ask.words.code,
        "candidate": names.get(ask.words.candidate, ask.words.candidate),
        "state": state,
        "word": visit.tongue.t(f"protect.state.{state}"),
        "said": [(names.get(s.officer, s.officer), visit.tongue.t(f"protect.said.{s.said}")) for s in
                 rx.said(ask.id)],
        "iso": at.isoformat(),
        "at": visit.tongue.instant(at),
        "ends": visit.tongue.instant(ends),
    }  # fmt: skip


def ask_answer(visit: Visit) -> Reply:
    """Agree to an ask, or decline it."""
    if answer(visit.desk, visit.path["id"], agree=visit.sent.first("do") == "agree") is not None:
        raise Absent("nothing to answer")
    return see_other("/asks")


def glass_ask(visit: Visit) -> Reply | Refusal:
    """Ask to open one record beyond the roster."""
    made = ask_glass(visit.desk, visit.sent.first("record"), visit.sent.first("reason")[:REASON_LIMIT])
    return made if isinstance(made, Refusal) else see_other("/asks")


def two_ask(visit: Visit) -> Reply | Refusal:
    """Ask for a second officer."""
    made = ask_second(visit.desk, record_id_at(visit), visit.sent.first("reason")[:REASON_LIMIT])
    if isinstance(made, Refusal) and made.reason == "absent":
        raise Absent("nothing for this reader")
    return made if isinstance(made, Refusal) else see_other("/asks")


def glass(visit: Visit) -> Reply:
    """A record that two officers have lent to this one, for a limited time."""
    record = read_lent(visit.desk, RecordId(visit.path["id"]))
    if record is None:
        raise Absent("nothing is lent")
    with visit.reading() as (rx, view):
        held = rx.record(record.id)
        if held is None:
            raise Absent("nothing is lent")
        stored = replace(held, record=record)
        return draw(
            visit,
            "glass.html",
            title=record.body.title,
            label=label_view(visit, record.header.label),
            record=replace(summary_of(visit, rx, view, stored), attachments=()),
        )


ACTS: Final[dict[str, Act]] = {
    "roster": roster,
    "roster-do": roster_do,
    "asks": asks,
    "ask-answer": ask_answer,
    "glass-ask": glass_ask,
    "glass": glass,
    "two-ask": two_ask,
}
