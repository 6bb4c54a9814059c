"""An officer's own account: password, second step, recovery codes, sessions, last sign-ins.

1. What changes how one comes in asks for the password again; one without it has none to say.
2. Recovery codes are shown once, in the answer to the form that made them, and printed from there.
3. The drawing of a secret is made here; nothing of it leaves the node.
"""

from __future__ import annotations

from typing import Any, Final

import segno
from markupsafe import Markup

from tansiq.base.clock import millis, moment
from tansiq.base.refusal import Refusal
from tansiq.store.doors import SignInRow
from tansiq.store.errors import StoreCorrupt
from tansiq.store.store import ReadTx
from tansiq.web.answers import Fault, told_no
from tansiq.web.http import BadForm
from tansiq.web.pages.frame import draw
from tansiq.web.reply import Reply, see_other
from tansiq.web.routes import Act
from tansiq.web.visit import Visit
from tansiq.work.accounts import own_password, proves_himself
from tansiq.work.passwords import SHORTEST
from tansiq.work.second_step import address_of, confirm, new_codes, new_secret, remove, spelled
from tansiq.work.sign_in import token_hash

_SECRET: Final = b"tansiq.totp-candidate/1"
_DONE: Final = ("password", "off", "sessions", "passkey")


def account(visit: Visit) -> Reply:
    """How one comes in, where one is signed in, who tried of late."""
    return _account(visit)


def account_password(visit: Visit) -> Reply:
    """Change one's own password; other sessions end."""
    if _raw(visit, "new") != _raw(visit, "again"):
        return _account(visit, Refusal("password.differ"))
    done = own_password(
        visit.desk,
        _raw(visit, "current"),
        _raw(visit, "new"),
        now=visit.wiring.wall.now(),
        session=token_hash(visit.token),
    )
    return see_other("/account?done=password") if done is None else _account(visit, done)


def second_step_form(visit: Visit) -> Reply:
    """Show a fresh secret, drawn and spelled, and ask for a code of it."""
    return _enrolment(visit, new_secret(visit.wiring.entropy))


def second_step(visit: Visit) -> Reply:
    """Begin, end or renew: ``do`` is on, off or codes."""
    do = visit.sent.first("do")
    if (no := proved(visit)) is not None:
        return _enrolment(visit, _candidate(visit), no) if do == "on" else _account(visit, no)
    if do == "on":
        return _begin(visit)
    w, me = visit.wiring, visit.known.id
    codes: tuple[str, ...] = ()
    with w.store.write() as tx:
        if do == "codes" and tx.door_due(me)[1]:
            codes = new_codes(tx, me, entropy=w.entropy, now=w.wall.now())
        elif do == "off":
            remove(tx, me, by=me, now=w.wall.now())
    return _codes_page(visit, codes) if codes else see_other("/account?done=off")


def account_sessions(visit: Visit) -> Reply:
    """End one session of one's own, or all but this."""
    mine, wanted = token_hash(visit.token), visit.sent.first("session")
    w, now_ms = visit.wiring, _now_ms(visit)
    with w.store.write() as tx:
        if not wanted:
            tx.end_sessions_of(visit.known.id, but=mine)
        for each in tx.sessions_of(visit.known.id, now_ms=now_ms):
            if each.token.hex()[:16] == wanted and each.token != mine:
                tx.end_session(each.token)
        tx.journal("sessions-ended", officer=visit.known.id, at_ms=now_ms, detail=visit.known.id)
    return see_other("/account?done=sessions")


def sign_in_rows(visit: Visit, rows: tuple[SignInRow, ...]) -> list[dict[str, Any]]:
    """Return attempts as a table's rows."""
    return [
        {
            "iso": moment(r.at_ms).isoformat(),
            "at": visit.tongue.instant(moment(r.at_ms)),
            "way": visit.tongue.t(f"doors.way.{r.way}"),
            "good": r.good,
        }
        for r in rows
    ]


def _begin(visit: Visit) -> Reply:
    secret = _candidate(visit)
    w, now = visit.wiring, visit.wiring.wall.now()
    with w.store.write() as tx:
        no = confirm(tx, visit.known.id, secret, visit.sent.first("code"), now=now)
        codes = new_codes(tx, visit.known.id, entropy=w.entropy, now=now) if no is None else ()
        if no is None:
            tx.end_sessions_of(visit.known.id, but=token_hash(visit.token))
    return _codes_page(visit, codes) if no is None else _enrolment(visit, secret, no)


def _candidate(visit: Visit) -> bytes:
    try:
        with visit.wiring.store.read() as rx:
            held = bytes.fromhex(visit.sent.first("secret")[:500])
            return rx.unsealed(held, _SECRET + visit.known.id.encode())
    except (ValueError, StoreCorrupt) as error:
        raise BadForm("the secret is not one we showed") from error


def proved(visit: Visit) -> Refusal | None:
    """Return ``password.wrong`` or ``sign-in.wait`` unless the form's password is the officer's (rule 1)."""
    w, name, now = visit.wiring, visit.known.id, visit.wiring.wall.now()
    if w.limiter.tired(name, now):
        return Refusal("sign-in.wait")
    with w.store.read() as rx:
        no = proves_himself(rx, name, _raw(visit, "password"))
    if no is not None:
        w.limiter.failed(name, now)
    return no


def _enrolment(visit: Visit, secret: bytes, no: Refusal | None = None) -> Reply:
    address = address_of(secret, visit.known.id, visit.wiring.party)
    with visit.wiring.store.read() as rx:
        held = rx.sealed(secret, _SECRET + visit.known.id.encode()).hex()
        row = rx.officer(visit.known.id)
    return draw(
        visit,
        "account_code.html",
        title=visit.tongue.t("doors.second.title"),
        wrong=_fault(visit, no),
        status=200 if no is None else 422,
        drawing=_drawn(address),
        spelled=" ".join(spelled(secret)[at : at + 4] for at in range(0, 32, 4)),
        secret=held,
        has_password=row is not None and row.password != "",
    )


def _drawn(address: str) -> Markup:
    """Return the address as a QR drawing: black on white in both themes, for a camera reads no other."""
    drawing = segno.make(address, error="m", micro=False)
    return Markup(drawing.svg_inline(scale=4, border=4, dark="#000", light="#fff", svgclass="qr"))  # noqa: S704


def _codes_page(visit: Visit, codes: tuple[str, ...]) -> Reply:
    return draw(visit, "account_codes.html", title=visit.tongue.t("doors.codes.title"), codes=codes)


def _account(visit: Visit, no: Refusal | None = None) -> Reply:
    with visit.wiring.store.read() as rx:
        context = _state(visit, rx)
    done = visit.ask("done")
    return draw(
        visit,
        "account.html",
        title=visit.tongue.t("doors.account.title"),
        wrong=_fault(visit, no),
        status=200 if no is None else 422,
        done=done if done in _DONE and no is None else "",
        shortest=SHORTEST,
        **context,
    )


def _state(visit: Visit, rx: ReadTx) -> dict[str, Any]:
    me, now_ms = visit.known.id, _now_ms(visit)
    row, door, mine = rx.officer(me), rx.door(me), token_hash(visit.token)
    t = visit.tongue
    return {
        "has_password": row is not None and row.password != "",
        "may_set_password": row is not None and (row.password != "" or visit.wiring.exercise),
        "second": door.totp is not None,
        "second_since": t.instant(moment(door.totp_ms)) if door.totp_ms else None,
        "second_needed": visit.known.role in visit.wiring.rules.second_step,
        "codes_left": rx.recovery_left(me),
        "sessions": [
            {
                "id": s.token.hex()[:16],
                "iso": moment(s.created_ms).isoformat(),
                "at": t.instant(moment(s.created_ms)),
                "until": t.instant(moment(s.until_ms)),
                "this": s.token == mine,
            }
            for s in rx.sessions_of(me, now_ms=now_ms)
        ],
        "sign_ins": sign_in_rows(visit, rx.sign_ins(me)),
        "subjects": [f"{i.issuer} {i.subject}" for i in rx.identities(me)],
    }


def _fault(visit: Visit, no: Refusal | None) -> Fault | None:
    return None if no is None else told_no(no, visit.lang).fault


def _raw(visit: Visit, name: str) -> str:
    """Return a password as typed: its blanks are part of it."""
    return visit.sent.values.get(name, [""])[0]


def _now_ms(visit: Visit) -> int:
    return millis(visit.wiring.wall.now())


ACTS: Final[dict[str, Act]] = {
    "account": account,
    "account-password": account_password,
    "second-step-form": second_step_form,
    "second-step": second_step,
    "account-sessions": account_sessions,
}
