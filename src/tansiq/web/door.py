"""The demonstration's door: one page, every party, a path of eleven steps. A process of ``tansiq demo``.

It speaks to the nodes on the server side; the visitor's browser gets links with one-time tokens.
1. It listens on loopback, answers to loopback's names alone, and lets in what comes from its own pages
   (Origin is checked on every post): a foreign page can neither post here nor pass itself off as the door.
2. It shows what a party's own officer may see, fetched as that officer; it holds no records.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, Literal, Protocol

from litestar import Litestar, Request, Response, Router, get, post
from litestar.datastructures import State, UploadFile
from litestar.params import FromPath
from litestar.response import Redirect
from litestar.static_files import create_static_files_router
from msgspec import Struct
from msgspec.structs import replace

from tansiq.base.errors import TansiqError
from tansiq.base.messages import LANGS, Lang, hint_of, say, title_of
from tansiq.web.assets import DIST, PREFIX, content_policy
from tansiq.web.pages.doors import own_path
from tansiq.web.render import page

_POLICY: Final = content_policy("").replace("form-action 'self'; ", "").replace(" 'nonce-'", "")
STEPS: Final = range(1, 14)
ROLES: Final = ("duty", "analyst", "release", "legal", "interpreter", "auditor", "admin")
COOKIE: Final = "tansiq_door"
HOSTS: Final = ("127.0.0.1", "localhost")

Req = Request[None, None, State]
Sees = Literal["text", "summary", "nothing"]


class Card(Struct, frozen=True, kw_only=True):
    """A party on the page."""

    code: str
    name: dict[Lang, str]
    type: str
    opens_in: str
    state: Literal["up", "down", "cut"]


class Side(Struct, frozen=True, kw_only=True):
    """One record as a party sees it."""

    code: str
    name: dict[Lang, str]
    sees: Sees
    title: str = ""
    text: str = ""


class Happened(Struct, frozen=True, kw_only=True):
    """One thing that a step did: a message of ``door.json`` with its values."""

    message: str
    values: dict[str, str] = {}
    good: bool = True


class Look(Struct, frozen=True, kw_only=True):
    """What a step leaves to look at: a party's page, a comparison, or lines of what happened."""

    party: str = ""
    path: str = ""
    sides: tuple[Side, ...] = ()
    happened: tuple[Happened, ...] = ()


class NotYet(Struct, frozen=True):
    """A step that another must come before."""

    first: int


class DoorDesk(Protocol):
    """What the door asks of the demonstration."""

    def cards(self) -> Sequence[Card]: ...

    def done(self) -> frozenset[int]: ...

    async def act(self, step: int) -> Look | NotYet: ...

    def look(self, step: int) -> Look | None: ...

    async def entrance(self, party: str, role: str, path: str, lang: Lang) -> str: ...

    async def own_articles(self, files: Sequence[tuple[str, bytes]]) -> Sequence[Happened]: ...


def create_door(desk: DoorDesk) -> Litestar:
    """Return the door's application."""

    @get("/")
    async def index(request: Req) -> Response[str]:
        return _html(_index(desk, _lang(request), ()))

    @get("/lang/{lang:str}")
    async def language(lang: FromPath[str], request: Req) -> Redirect:
        answer = Redirect(_back(request))
        answer.set_cookie(COOKIE, lang if lang in LANGS else "ar", httponly=True, samesite="strict")
        return answer

    @get("/enter/{party:str}/{role:str}")
    async def enter(party: FromPath[str], role: FromPath[str], request: Req) -> Response[str] | Redirect:
        to = request.query_params.get("to", "/")
        known = party in {c.code for c in desk.cards()} and role in ROLES and own_path(to) == to
        if not known:
            return Response("", status_code=404)
        return Redirect(await desk.entrance(party, role, to, _lang(request)))

    @post("/step/{no:int}", status_code=200)
    async def act(no: FromPath[int], request: Req) -> Response[str] | Redirect:
        if (strange := _stranger(request)) is not None or no not in STEPS:
            return strange or Response("", status_code=404)
        try:
            look = await desk.act(no)
        except TansiqError as error:
            return _html(_view(desk, _lang(request), no, None, error), 502)
        if isinstance(look, NotYet):
            return Redirect(f"/step/{look.first}?first=1", status_code=303)
        return Redirect(f"/step/{no}", status_code=303)

    @get("/step/{no:int}")
    async def step(no: FromPath[int], request: Req) -> Response[str]:
        if no not in STEPS:
            return Response("", status_code=404)
        return _html(_view(desk, _lang(request), no, desk.look(no), None))

    @post("/own", status_code=200)
    async def own(request: Req) -> Response[str]:
        if (strange := _stranger(request)) is not None:
            return strange
        sent = (await request.form()).getall("files", [])
        files = [(f.filename, await f.read()) for f in sent if isinstance(f, UploadFile)]
        return _html(_index(desk, _lang(request), await desk.own_articles(files)))

    return Litestar(
        [index, language, enter, act, step, own, _static()],
        openapi_config=None,
        after_request=_guard,
        before_request=_local,
        request_max_body_size=60_000_000,
    )


def _static() -> Router:
    return create_static_files_router(path=PREFIX, directories=[DIST])


def _index(desk: DoorDesk, lang: Lang, happened: Sequence[Happened]) -> str:
    done = desk.done()
    now = next((n for n in STEPS if n not in done), 0)
    return page(
        "door/index.html",
        lang,
        title=say("door.title", lang),
        exercise=True,
        cards=desk.cards(),
        roles=ROLES,
        steps=[(n, "done" if n in done else "now" if n == now else "later") for n in STEPS],
        missing=[say(f"door.missing.line.{n}", lang) for n in (1, 2)],
        happened=[_said(one, lang) for one in happened],
        languages={each: f"/lang/{each}" for each in LANGS},
    )


def _view(desk: DoorDesk, lang: Lang, no: int, look: Look | None, error: TansiqError | None) -> str:
    fault = None
    if error is not None:
        fault = {"code": error.code, "title": title_of(error.code, lang), "hint": hint_of(error.code, lang)}
    names = {c.code: c.name[lang] for c in desk.cards()}
    return page(
        "door/step.html",
        lang,
        title=say(f"door.step.{no}.says", lang),
        exercise=True,
        no=no,
        look=look,
        names=names,
        fault=fault,
        next=no + 1 if no + 1 in STEPS else None,
        languages={each: f"/lang/{each}?to=/step/{no}" for each in LANGS},
    )


def _said(one: Happened, lang: Lang) -> Happened:
    """What happened with the title of a code beside the code."""
    why = one.values.get("why")
    if why is None:
        return one
    return replace(one, values={**one.values, "why": f"{title_of(why, lang)} ({why})"})


def _html(text: str, status: int = 200) -> Response[str]:
    return Response(text, media_type="text/html", status_code=status)


def _lang(request: Req) -> Lang:
    kept = request.cookies.get(COOKIE)
    return next((lang for lang in LANGS if lang == kept), "ar")


def _back(request: Req) -> str:
    return own_path(request.query_params.get("to", "/"))


async def _local(request: Req) -> Response[str] | None:
    """Answer to loopback's own names alone (rule 1): a name of elsewhere that leads here is a trick."""
    return None if request.url.hostname in HOSTS else Response("", status_code=403)


def _stranger(request: Req) -> Response[str] | None:
    """Refuse a post that did not come from the door's own pages (rule 1)."""
    origin = request.headers.get("origin")
    if origin is not None and origin != str(request.base_url).rstrip("/"):
        return Response("", status_code=403)
    return None


async def _guard(response: Response[object]) -> Response[object]:
    # A step's form ends in a redirect to a party's own port, which form-action would stop.
    response.headers["Content-Security-Policy"] = _POLICY
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Referrer-Policy"] = "same-origin"
    response.headers["Cache-Control"] = "no-store"
    return response
