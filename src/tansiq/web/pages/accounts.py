"""The roster, for the administrator: accounts made, changed, disabled; first passwords; sign-ins."""

from __future__ import annotations

from typing import Any, Final

from tansiq.base.clock import millis, moment
from tansiq.base.messages import LANGS, Lang
from tansiq.base.refusal import Refusal
from tansiq.model.label import LEVELS, Level
from tansiq.policy.clearance import ROLES, OfficerRole, may
from tansiq.store.store import ReadTx
from tansiq.store.values import OfficerRow
from tansiq.web.answers import Absent, NotYourRole, told_no
from tansiq.web.http import BadForm
from tansiq.web.pages.account import sign_in_rows
from tansiq.web.pages.frame import draw
from tansiq.web.reply import Reply, see_other
from tansiq.web.routes import Act
from tansiq.web.visit import Visit
from tansiq.work.accounts import (
    Change,
    account_changed,
    account_made,
    first_password,
    given_of,
    second_step_taken_off,
    sessions_ended,
    subject_bound,
)

_DONE: Final = ("made", "changed", "password", "sessions", "off", "subject")


def accounts(visit: Visit) -> Reply:
    """Every account, and the form for a new one."""
    return _roster(visit)


def account_make(visit: Visit) -> Reply:
    """Make an account with its first password."""
    _keeper(visit)
    made = account_made(
        visit.desk,
        visit.sent.first("id"),
        visit.sent.first("name"),
        _role(visit),
        _password(visit),
        lang=_lang(visit),
        clearance=_level(visit),
        now=visit.wiring.wall.now(),
    )
    if made is not None:
        return _roster(visit, made)
    return see_other(f"/accounts/{visit.sent.first('id')}?done=made")


def account_of(visit: Visit) -> Reply:
    """One account: what it may, how it comes in, who tried of late."""
    return _one(visit)


def account_change(visit: Visit) -> Reply:
    """Change one account: ``do`` is change, password, sessions, subject or off."""
    _keeper(visit)
    officer_id, now, do = _found(visit).id, visit.wiring.wall.now(), visit.sent.first("do")
    if do == "change":
        change = Change(
            role=_role(visit),
            lang=_lang(visit),
            clearance=_level(visit),
            active=visit.sent.first("active") == "yes",
        )
        no = account_changed(visit.desk, officer_id, change, now=now)
    elif do == "password":
        no = first_password(visit.desk, officer_id, _password(visit), now=now)
    elif do == "sessions":
        no = sessions_ended(visit.desk, officer_id, now=now)
    elif do == "subject" and visit.wiring.provider is not None:
        issuer = visit.wiring.provider.settings.issuer
        no = subject_bound(visit.desk, officer_id, issuer, visit.sent.first("subject"), now=now)
    elif do == "off":
        no = second_step_taken_off(visit.desk, officer_id, now=now)
    else:
        raise BadForm("no such act")
    _forget_keys(visit, officer_id)
    done = {"change": "changed"}.get(do, do)
    return _one(visit, no) if no is not None else see_other(f"/accounts/{officer_id}?done={done}")


def _forget_keys(visit: Visit, officer_id: str) -> None:
    """Let go of the keys of sessions that have just ended."""
    w = visit.wiring
    with w.store.read() as rx:
        open_ones = rx.sessions_of(officer_id, now_ms=millis(w.wall.now()))
    if not open_ones:
        w.session_keys.drop_officer(officer_id)


def _roster(visit: Visit, no: Refusal | None = None) -> Reply:
    _keeper(visit)
    now_ms = millis(visit.wiring.wall.now())
    with visit.wiring.store.read() as rx:
        rows = [_row(visit, rx, o, now_ms) for o in rx.officers()]
        strangers = sign_in_rows(visit, rx.sign_ins("", 5))
    return draw(
        visit,
        "accounts.html",
        title=visit.tongue.t("doors.accounts.title"),
        wrong=told_no(no, visit.lang).fault if no is not None else None,
        status=200 if no is None else 422,
        rows=rows,
        strangers=strangers,
        sent={name: visit.sent.first(name) for name in ("id", "name", "role", "lang", "clearance")},
        **_options(visit),
    )


def _row(visit: Visit, rx: ReadTx, officer: OfficerRow, now_ms: int) -> dict[str, Any]:
    last = next((r for r in rx.sign_ins(officer.id) if r.good), None)
    return {
        "id": officer.id,
        "name": officer.name,
        "role": visit.t(f"role.{officer.role}"),
        "active": officer.active,
        "second": rx.door_due(officer.id)[1],
        "sessions": len(rx.sessions_of(officer.id, now_ms=now_ms)),
        "iso": moment(last.at_ms).isoformat() if last else None,
        "at": visit.tongue.instant(moment(last.at_ms)) if last else None,
    }


def _one(visit: Visit, no: Refusal | None = None) -> Reply:
    _keeper(visit)
    officer = _found(visit)
    done = visit.ask("done")
    now_ms = millis(visit.wiring.wall.now())
    with visit.wiring.store.read() as rx:
        context: dict[str, Any] = {
            "account": _row(visit, rx, officer, now_ms),
            "sign_ins": sign_in_rows(visit, rx.sign_ins(officer.id)),
            "passkeys": len(rx.passkeys(officer.id)),
            "subjects": [f"{i.issuer} {i.subject}" for i in rx.identities(officer.id)],
        }
    return draw(
        visit,
        "account_of.html",
        title=officer.name,
        wrong=told_no(no, visit.lang).fault if no is not None else None,
        status=200 if no is None else 422,
        done=done if done in _DONE and no is None else "",
        officer_row=officer,
        clearance=given_of(officer).clearance,
        own=officer.id == visit.known.id,
        **context,
        **_options(visit),
    )


def _options(visit: Visit) -> dict[str, Any]:
    t = visit.tongue.t
    return {
        "roles": [(r, visit.t(f"role.{r}")) for r in ROLES],
        "langs": [(lang, t(f"doors.lang.{lang}")) for lang in LANGS],
        "levels": [(level, t(f"labels.level.{level}")) for level in LEVELS],
    }


def _keeper(visit: Visit) -> None:
    if not may(visit.known.role, "officers"):
        raise NotYourRole("accounts are the administrator's")


def _found(visit: Visit) -> OfficerRow:
    with visit.wiring.store.read() as rx:
        officer = rx.officer(visit.path["officer"][:200])
    if officer is None:
        raise Absent("no such account")
    return officer


def _role(visit: Visit) -> OfficerRole:
    said = visit.sent.first("role")
    found = next((role for role in ROLES if role == said), None)
    if found is None:
        raise BadForm("no such role")
    return found


def _lang(visit: Visit) -> Lang:
    said = visit.sent.first("lang")
    return next((lang for lang in LANGS if lang == said), visit.wiring.lang)


def _level(visit: Visit) -> Level:
    said = visit.sent.first("clearance")
    found = next((level for level in LEVELS if level == said), None)
    if found is None:
        raise BadForm("no such level")
    return found


def _password(visit: Visit) -> str:
    return visit.sent.values.get("password", [""])[0]


ACTS: Final[dict[str, Act]] = {
    "accounts": accounts,
    "account-make": account_make,
    "account-of": account_of,
    "account-change": account_change,
}
