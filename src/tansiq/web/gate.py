"""The gate every request passes: read within limits, known or not, answered with the headers of the house.

1. A session stands in one cookie of this node's own name; HttpOnly, SameSite=Strict.
2. A form is taken only from our own origin and with the session's token; JSON only as JSON, which no
   foreign form can send. A program's file bears no token: its cookie goes with no foreign form, and a foreign
   origin is refused.
3. Every fault becomes the answer of the one table; nothing of a foreign library's message leaves.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Final
from urllib.parse import parse_qs, urlsplit

from litestar import Request, Response
from litestar.concurrency import sync_to_thread
from litestar.datastructures import Cookie as HttpCookie

from tansiq.base.clock import millis
from tansiq.base.errors import TansiqError
from tansiq.base.refusal import Refusal
from tansiq.exchange.sealed_post import seal_for_session
from tansiq.store.keyring import Keyring
from tansiq.web.answers import AccountFirst, Forged, SignInFirst, Slower, Told, told, told_no
from tansiq.web.assets import content_policy
from tansiq.web.cookies import prefs_in, prefs_name, provider_name, session_name
from tansiq.web.exits import Exit
from tansiq.web.hidden import must_not_be_hidden
from tansiq.web.http import (
    FORM_LIMIT_BYTES,
    JSON_LIMIT_BYTES,
    UPLOAD_LIMIT_BYTES,
    BadForm,
    Sent,
    body_within,
    form_of_body,
    spooled,
)
from tansiq.web.journalled import journalled
from tansiq.web.limits import asking_of
from tansiq.web.locale import choose
from tansiq.web.pages.fault import fault_page
from tansiq.web.reply import Cookie, Reply, json_reply, see_other
from tansiq.web.routes import Act
from tansiq.web.visit import Visit
from tansiq.web.wiring import Wiring
from tansiq.work.second_step import what_is_due
from tansiq.work.session_keys import reader_in_session
from tansiq.work.sign_in import keep_alive, officer_at, token_hash

BEFORE_ALL: Final = frozenset(
    {
        "account",
        "account-password",
        "second-step-form",
        "second-step",
        "account-sessions",
        "sign-out",
        "events",
    }
)
"""Where an officer may go who has something to do first."""
_TLS_ALWAYS: Final = "max-age=31536000"
_FILES: Final = ("/api/intake/file",)
_UPLOADS: Final = ("/intake", "/sheets", "/record/{id}/attach", "/parcels/in", *_FILES)
_STREAMED: Final = ("/api/parcels/in",)


async def answer(request: Request, wiring: Wiring, exit_: Exit, act: Act) -> Response[bytes]:  # type: ignore[type-arg]
    """Return the answer of ``act`` to a request that came in by ``exit_``."""
    visit: Visit | None = None
    try:
        visit = await opened(request, wiring, exit_)
        reply = await sync_to_thread(_acted, act, visit)
    except TansiqError as error:
        bare = visit or stranger(request, wiring, exit_)
        reply = await sync_to_thread(fault_reply, bare, told(error, bare.lang), error)
        if isinstance(error, Slower):
            reply = replace(reply, headers=(*reply.headers, ("retry-after", str(error.after_s))))
    finally:
        if visit is not None and visit.spooled is not None:
            visit.spooled.unlink(missing_ok=True)
    return on_the_wire(reply, wiring, visit.nonce if visit else "")


def _acted(act: Act, visit: Visit) -> Reply:
    done = journalled(visit, act)
    w = visit.wiring
    if w.store.keys:
        seal_for_session(w.store, w.keys, visit.charter, w.clock, w.entropy)
    return fault_reply(visit, told_no(done, visit.lang)) if isinstance(done, Refusal) else done


def fault_reply(visit: Visit, said: Told, error: TansiqError | None = None) -> Reply:
    """Return a fault as JSON or as a page; one who is not signed in is sent to sign in."""
    if visit.address.startswith("/api/"):
        return json_reply(said.fault, said.status)
    if isinstance(error, SignInFirst) and visit.exit.method == "GET":
        return see_other("/sign-in")
    if isinstance(error, AccountFirst) and visit.exit.method == "GET":
        return see_other("/account")
    return fault_page(visit, said)


def on_the_wire(reply: Reply, wiring: Wiring, nonce: str) -> Response[bytes]:
    """Return the answer with every header of the house."""
    kept = f"public, max-age={reply.keep_s}, immutable" if reply.keep_s else "no-store"
    headers = {
        "cache-control": kept,
        "content-security-policy": content_policy(nonce),
        "cross-origin-opener-policy": "same-origin",
        "cross-origin-resource-policy": "same-origin",
        "permissions-policy": "camera=(), geolocation=(), microphone=()",
        "referrer-policy": "same-origin",
        "x-content-type-options": "nosniff",
        "x-frame-options": "DENY",
        **({"strict-transport-security": _TLS_ALWAYS} if wiring.secure_cookies else {}),
    } | dict(reply.headers)
    cookies = [_http_cookie(c, wiring) for c in reply.cookies]
    return Response(
        reply.body, status_code=reply.status, media_type=reply.media, headers=headers, cookies=cookies
    )


async def opened(request: Request, wiring: Wiring, exit_: Exit) -> Visit:  # type: ignore[type-arg]
    """Return the visit of a request: recognised, permitted at this exit, its body read."""
    visit = await sync_to_thread(_recognised, stranger(request, wiring, exit_), request.cookies)
    _within_limits(request, visit)
    if exit_.shows == "reader" and visit.officer is None:
        raise SignInFirst("no session")
    if visit.due and exit_.shows == "reader" and exit_.name not in BEFORE_ALL:
        raise AccountFirst(visit.due)
    await sync_to_thread(must_not_be_hidden, wiring, exit_)
    if exit_.method == "GET":
        return visit
    return await _with_body(request, visit)


def _within_limits(request: Request, visit: Visit) -> None:  # type: ignore[type-arg]
    gauge, asking = visit.wiring.gauge, asking_of(visit.exit)
    if gauge is None or asking is None:
        return
    peer = request.client.host if request.client is not None else ""
    address = gauge.address(peer, request.headers.get("x-forwarded-for", ""))
    now_ms = millis(visit.wiring.wall.now())
    after_s = gauge.wait_s(asking, session=visit.token, address=address, now_ms=now_ms)
    if after_s:
        raise Slower(asking, after_s)


async def _with_body(request: Request, visit: Visit) -> Visit:  # type: ignore[type-arg]
    _same_origin(request)
    if visit.exit.path in _STREAMED:
        return replace(visit, spooled=await spooled(request.stream(), request.headers.get("content-length")))
    is_json = visit.address.startswith("/api/") and visit.exit.path not in _FILES
    upload = visit.exit.path in _UPLOADS
    limit = JSON_LIMIT_BYTES if is_json else UPLOAD_LIMIT_BYTES if upload else FORM_LIMIT_BYTES
    raw = await body_within(request.stream(), limit, request.headers.get("content-length"))
    kind = request.headers.get("content-type", "")
    if is_json:
        if raw.strip() and not kind.startswith("application/json"):
            raise BadForm("JSON comes as application/json")
        return _filled(visit, Sent(), raw)
    filled = _filled(visit, form_of_body(raw, kind) if raw else Sent(), b"")
    if visit.token and visit.exit.path not in _FILES:
        filled.require_own_form()
    return filled


def _same_origin(request: Request) -> None:  # type: ignore[type-arg]
    origin = request.headers.get("origin")
    site = request.headers.get("sec-fetch-site", "same-origin")
    foreign = origin not in (None, "null") and urlsplit(origin or "").netloc != request.headers.get(
        "host", ""
    )
    if foreign or site not in ("same-origin", "none"):
        raise Forged("from another origin")


def stranger(request: Request, wiring: Wiring, exit_: Exit) -> Visit:  # type: ignore[type-arg]
    """A visit of nobody yet: address, query and language alone."""
    own, theme, density, calendar = prefs_in(request.cookies.get(prefs_name(wiring), ""))
    return Visit(
        wiring=wiring,
        exit=exit_,
        address=request.url.path,
        path={name: str(value) for name, value in request.path_params.items()},
        query=_query(request.scope["query_string"]),
        sent=Sent(),
        raw=b"",
        officer=None,
        token="",
        lang=choose(own, wiring.lang),
        theme=theme,
        density=density,
        calendar=calendar,
        fragment=request.headers.get("hx-request") == "true",
        headers={"provider-word": request.cookies.get(provider_name(wiring), "")},
    )


def _query(raw: bytes) -> dict[str, list[str]]:
    try:
        return parse_qs(raw.decode("ascii", "replace"), max_num_fields=200)
    except ValueError:
        return {}


def _recognised(visit: Visit, cookies: dict[str, str]) -> Visit:
    token = cookies.get(session_name(visit.wiring), "")
    if not token:
        return visit
    w = visit.wiring
    with w.store.read() as rx:
        officer = officer_at(rx, token, party=w.party, now=w.wall.now())
        if officer is None:
            w.session_keys.drop(token_hash(token))
            return visit
        due = what_is_due(rx, officer, w.rules)
        keys = w.session_keys.of(rx, token_hash(token), now=w.wall.now())
    reader = reader_in_session(officer.reader, keys, w.store.protected)
    officer = replace(officer, reader=reader)
    if visit.exit.name != "events":
        keep_alive(w.store, token, now=w.wall.now(), rules=w.rules)
    return replace(visit, officer=officer, token=token, due=due, wiring=w if not keys else unlocked(w, keys))


def unlocked(wiring: Wiring, keys: Keyring) -> Wiring:
    """Return the node's collaborators as one session has them: its keys open what is theirs."""
    return replace(wiring, store=wiring.store.unlocked(keys))


def _filled(visit: Visit, sent: Sent, raw: bytes) -> Visit:
    return replace(visit, sent=sent, raw=raw)


def _http_cookie(cookie: Cookie, wiring: Wiring) -> HttpCookie:
    return HttpCookie(
        key=cookie.name,
        value=cookie.value,
        path="/",
        max_age=cookie.max_age_s,
        httponly=not cookie.readable,
        secure=wiring.secure_cookies,
        samesite="lax" if cookie.lax else "strict",
    )
