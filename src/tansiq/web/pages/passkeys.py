"""Passkeys on pages: made and dropped on one's own account, and a way to sign in; only where switched on."""

from __future__ import annotations

from typing import Final

from tansiq.base.refusal import Refusal
from tansiq.web.answers import Absent, told_no
from tansiq.web.cookies import session
from tansiq.web.pages.account import proved
from tansiq.web.pages.frame import draw
from tansiq.web.reply import Reply, see_other
from tansiq.web.routes import Act
from tansiq.web.visit import Visit
from tansiq.work.passkeys import ask_to_enter, ask_to_make, enter, made


def make_form(visit: Visit) -> Reply:
    """Ask the officer's device for a new passkey."""
    return _make(visit)


def make(visit: Visit) -> Reply:
    """Keep a new passkey, or drop one: ``do`` is drop."""
    origin, w = _origin(visit), visit.wiring
    if (no := proved(visit)) is not None:
        return _make(visit, no)
    with w.store.write() as tx:
        if visit.sent.first("do") == "drop":
            for key in tx.passkeys(visit.known.id):
                if key.id.hex() == visit.sent.first("key"):
                    tx.drop_passkeys(visit.known.id, key.id)
            return see_other("/account?done=passkey")
        no = made(
            tx,
            visit.known.id,
            visit.sent.first("note"),
            visit.sent.first("credential"),
            name=visit.sent.first("name"),
            origin=origin,
            once=w.once,
            now=w.wall.now(),
        )
    return _make(visit, no) if no is not None else see_other("/account?done=passkey")


def enter_form(visit: Visit) -> Reply:
    """Ask the device in front of the page who sits there."""
    return _enter(visit)


def enter_act(visit: Visit) -> Reply:
    """Sign in by a passkey."""
    w = visit.wiring
    got = enter(
        w.store,
        visit.sent.first("note"),
        visit.sent.first("credential"),
        origin=_origin(visit),
        once=w.once,
        rules=w.rules,
        now=w.wall.now(),
        entropy=w.entropy,
        old=visit.token,
    )
    return _enter(visit, got) if isinstance(got, Refusal) else see_other("/").with_cookie(session(w, got))


def _make(visit: Visit, no: Refusal | None = None) -> Reply:
    origin, w = _origin(visit), visit.wiring
    with w.store.read() as rx:
        asking = ask_to_make(
            rx, visit.known.id, visit.known.name, origin, now=w.wall.now(), entropy=w.entropy
        )
        row, keys = rx.officer(visit.known.id), rx.passkeys(visit.known.id)
    return draw(
        visit,
        "passkey_make.html",
        title=visit.tongue.t("doors.passkey.title"),
        wrong=told_no(no, visit.lang).fault if no is not None else None,
        status=200 if no is None else 422,
        asking=asking,
        keys=[(key.id.hex(), key.name) for key in keys],
        has_password=row is not None and row.password != "",
    )


def _enter(visit: Visit, no: Refusal | None = None) -> Reply:
    origin, w = _origin(visit), visit.wiring
    with w.store.read() as rx:
        asking = ask_to_enter(rx, origin, now=w.wall.now(), entropy=w.entropy)
    return draw(
        visit,
        "passkey_enter.html",
        title=visit.tongue.t("doors.passkey.enter"),
        wrong=told_no(no, visit.lang).fault if no is not None else None,
        status=200 if no is None else 401,
        asking=asking,
    )


def _origin(visit: Visit) -> str:
    if not visit.wiring.rules.passkeys:
        raise Absent("no passkeys here")
    return visit.wiring.rules.passkeys


ACTS: Final[dict[str, Act]] = {
    "passkey-form": make_form,
    "passkey-make": make,
    "passkey-enter-form": enter_form,
    "passkey-enter": enter_act,
}
