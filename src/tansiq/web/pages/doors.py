"""Doors: sign in and out, one-time entrance of an exercise, language and look, built assets, health."""

from __future__ import annotations

from typing import Final

from tansiq.base.messages import LANGS, Lang
from tansiq.base.refusal import Refusal
from tansiq.web.answers import Absent, Fault, SignInFirst, told_no
from tansiq.web.assets import DIST, manifest
from tansiq.web.cookies import clear_session, prefs, session
from tansiq.web.gallery import gallery_context
from tansiq.web.pages.frame import draw
from tansiq.web.render import page
from tansiq.web.reply import Reply, html, json_reply, see_other
from tansiq.web.routes import Act
from tansiq.web.visit import Visit
from tansiq.work.credentials import door_secret
from tansiq.work.session_keys import hold_half, unlock_half, unlock_session
from tansiq.work.sign_in import HalfWay, open_session, second_step, sign_in, sign_out, token_hash

_MEDIA: Final = {
    "css": "text/css; charset=utf-8",
    "js": "text/javascript; charset=utf-8",
    "json": "application/json",
    "svg": "image/svg+xml",
    "woff2": "font/woff2",
    "txt": "text/plain; charset=utf-8",
}
_YEAR_S: Final = 31_536_000


def sign_in_form(visit: Visit) -> Reply:
    """The form to sign in."""
    lang = _lang(visit.ask("lang"))
    if lang is not None:
        return see_other("/sign-in").with_cookie(
            prefs(visit.wiring, lang, visit.theme, visit.density, visit.calendar)
        )
    return draw(visit, "sign_in.html", title=visit.t("sign-in.title"), wrong=None, name="")


def sign_in_act(visit: Visit) -> Reply:
    """Sign in by name and password."""
    w, name = visit.wiring, visit.sent.first("name")
    got = sign_in(
        w.store,
        name,
        visit.sent.values.get("password", [""])[0],
        limiter=w.limiter,
        now=w.wall.now(),
        entropy=w.entropy,
        rules=w.rules,
        old=visit.token,
    )
    if isinstance(got, HalfWay):
        hold_half(
            w.store,
            w.session_keys,
            got.note,
            officer_id=name,
            secret=visit.sent.values.get("password", [""])[0],
            now=w.wall.now(),
        )
        return code_page(visit, got.note)
    if isinstance(got, Refusal):
        said = told_no(got, visit.lang)
        status = 429 if got.reason == "sign-in.wait" else 401
        return draw(
            visit, "sign_in.html", title=visit.t("sign-in.title"), wrong=said.fault, name=name, status=status
        )
    unlocked(visit, got, name, visit.sent.values.get("password", [""])[0])
    return see_other("/").with_cookie(session(w, got))


def unlocked(visit: Visit, token: str, officer_id: str, secret: str) -> bool:
    """Open the officer's compartments in the session that has just begun."""
    w = visit.wiring
    return unlock_session(
        w.store, w.session_keys, token, officer_id=officer_id, secret=secret, now=w.wall.now()
    )


def sign_in_code(visit: Visit) -> Reply:
    """Take the second step: a code of six figures, or a recovery code."""
    w, note = visit.wiring, visit.sent.first("note")
    got = second_step(
        w.store,
        note,
        visit.sent.first("code"),
        limiter=w.limiter,
        now=w.wall.now(),
        entropy=w.entropy,
        rules=w.rules,
        old=visit.token,
    )
    if not isinstance(got, Refusal):
        unlock_half(w.session_keys, note, got, now=w.wall.now())
        return see_other("/").with_cookie(session(w, got))
    said = told_no(got, visit.lang).fault
    status = 429 if got.reason == "sign-in.wait" else 401
    if got.reason == "sign-in.again":
        return draw(visit, "sign_in.html", title=visit.t("sign-in.title"), wrong=said, name="", status=status)
    return code_page(visit, note, said, status)


def code_page(visit: Visit, note: str, wrong: Fault | None = None, status: int = 200) -> Reply:
    """Return the page of the second step."""
    title = visit.tongue.t("doors.code.title")
    return draw(visit, "sign_in_code.html", title=title, wrong=wrong, note=note, status=status)


def sign_out_act(visit: Visit) -> Reply:
    """End the session."""
    sign_out(visit.wiring.store, visit.token, now=visit.wiring.wall.now())
    visit.wiring.session_keys.drop(token_hash(visit.token))
    return see_other("/sign-in").with_cookie(clear_session(visit.wiring))


def enter(visit: Visit) -> Reply:
    """Let an exercise's director or a visitor of the demonstration in by a one-time token, as a role."""
    token = admit(visit, visit.ask("token"))
    reply = see_other(own_path(visit.ask("to", "/"))).with_cookie(session(visit.wiring, token))
    lang = _lang(visit.ask("lang"))
    return (
        reply
        if lang is None
        else reply.with_cookie(prefs(visit.wiring, lang, visit.theme, visit.density, visit.calendar))
    )


def admit(visit: Visit, one_time: str) -> str:
    """Return a session token for a one-time token. Raises SignInFirst; Absent at a live node."""
    w = visit.wiring
    if w.doorkeeper is None or not w.exercise:
        raise Absent("no such door here")
    role = w.doorkeeper.admit(one_time, now=w.wall.now())
    if role is None:
        raise SignInFirst("the one-time token does not hold")
    with w.store.read() as rx:
        officer = next((o for o in rx.officers() if o.role == role and o.active), None)
    if officer is None:
        raise SignInFirst("no officer of that role")
    session_token = open_session(
        w.store,
        officer.id,
        now=w.wall.now(),
        entropy=w.entropy,
        rules=w.rules,
        old=visit.token,
        way="exercise",
    )
    unlocked(visit, session_token, officer.id, door_secret(w.door_secret, officer.id))
    return session_token


def set_prefs(visit: Visit) -> Reply:
    """Choose language, theme and density, and return to where one was."""
    lang = _lang(visit.sent.first("lang")) or visit.lang
    theme = _one_of(visit.sent.first("theme"), ("auto", "light", "dark"), visit.theme)
    density = _one_of(visit.sent.first("density"), ("dense", "normal", "roomy"), visit.density)
    calendar = _one_of(visit.sent.first("calendar"), ("one", "both"), visit.calendar)
    back = own_path(visit.sent.first("back", "/"))
    return see_other(back).with_cookie(prefs(visit.wiring, lang, theme, density, calendar))


def parts(visit: Visit) -> Reply:
    """Every part of the pages, with samples."""
    return html(
        page("parts_gallery.html", visit.lang, **gallery_context(visit.lang, visit.theme, visit.density))
    )


def static(visit: Visit) -> Reply:
    """A built asset; its name carries its hash, so it may be kept for ever."""
    name = visit.path["name"]
    if name not in set(manifest().values()):
        raise Absent("no such asset")
    media = _MEDIA.get(name.rpartition(".")[2], "application/octet-stream")
    return Reply((DIST / name).read_bytes(), media=media, keep_s=_YEAR_S)


def health(visit: Visit) -> Reply:
    """Say that the node answers, and whose it is."""
    return json_reply({"ok": True, "party": visit.wiring.party, "exercise": visit.wiring.exercise})


def own_path(said: str) -> str:
    """Return a path of this node; anything else becomes the first page."""
    local = said.startswith("/") and not said.startswith(("//", "/\\")) and "\\" not in said
    return said if local and said.isprintable() else "/"


def _lang(said: str) -> Lang | None:
    return next((lang for lang in LANGS if lang == said), None)


def _one_of(said: str, allowed: tuple[str, ...], default: str) -> str:
    return said if said in allowed else default


ACTS: Final[dict[str, Act]] = {
    "sign-in-form": sign_in_form,
    "sign-in": sign_in_act,
    "sign-in-code": sign_in_code,
    "sign-out": sign_out_act,
    "enter": enter,
    "prefs": set_prefs,
    "parts": parts,
    "static": static,
    "health": health,
}
