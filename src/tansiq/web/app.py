"""The application: every exit of the registry with the act behind it, and nothing else."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from functools import cache
from typing import Any, Final, cast

from litestar import Litestar, Request, Response
from litestar.exceptions import HTTPException
from litestar.handlers import HTTPRouteHandler, get, post

from tansiq.base.errors import TansiqError
from tansiq.web import events
from tansiq.web.acts import ACTS
from tansiq.web.answers import Absent, BadMethod, told
from tansiq.web.exits import EXITS, Exit
from tansiq.web.gate import answer, fault_reply, on_the_wire, opened, stranger
from tansiq.web.routes import Act
from tansiq.web.wiring import Wiring

_WIRING: Final = "tansiq.wiring"
_NOWHERE = Exit("GET", "/{any}", "nowhere", "own")


class Unforeseen(TansiqError):
    """A fault nobody foresaw; its own message stays in the log."""

    code = "fault"


class NodeApp:
    """One node's application (ASGI): the routes that all nodes share, with this node's parts in the scope."""

    def __init__(self, wiring: Wiring) -> None:
        self._wiring = wiring

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        """Answer one request, or live through start and end."""
        if scope["type"] == "lifespan":
            await self._live(receive, send)
        else:
            await routes()(scope | {_WIRING: self._wiring}, receive, send)

    async def _live(self, receive: Any, send: Any) -> None:
        await receive()
        await send({"type": "lifespan.startup.complete"})
        await receive()
        self._wiring.live.close()
        await send({"type": "lifespan.shutdown.complete"})


def create_app(wiring: Wiring) -> NodeApp:
    """Return the application of one node."""
    wiring.store.on_commit(wiring.live.tell)
    return NodeApp(wiring)


@cache
def routes() -> Litestar:
    """Return every exit of the registry, mounted; a request's node stands in its scope."""
    return Litestar(
        route_handlers=[_events(e) if e.name == "events" else _handler(e, ACTS[e.name]) for e in EXITS],
        openapi_config=None,
        request_max_body_size=None,
        logging_config=None,
        exception_handlers={HTTPException: _nowhere, Exception: _unforeseen},
    )


def _wiring(request: Request) -> Wiring:  # type: ignore[type-arg]
    found: Wiring = cast("dict[str, Any]", request.scope)[_WIRING]
    return found


def _handler(exit_: Exit, act: Act) -> HTTPRouteHandler:
    async def handle(request: Request) -> Response:  # type: ignore[type-arg]
        return await answer(request, _wiring(request), exit_, act)

    return _mounted(exit_, handle)


def _events(exit_: Exit) -> HTTPRouteHandler:
    async def handle(request: Request) -> Response:  # type: ignore[type-arg]
        wiring = _wiring(request)
        try:
            visit = await opened(request, wiring, exit_)
        except TansiqError as error:
            bare = stranger(request, wiring, exit_)
            return on_the_wire(fault_reply(bare, told(error, bare.lang), error), wiring, "")
        return events.stream(visit)

    return _mounted(exit_, handle, "text/event-stream")


def _mounted(
    exit_: Exit,
    handle: Callable[..., Awaitable[Response]],  # type: ignore[type-arg]
    media: str = "text/html",
) -> HTTPRouteHandler:
    made = get if exit_.method == "GET" else post
    path = exit_.path.replace("}", ":str}")
    return made(path, name=exit_.name, media_type=media, status_code=200)(handle)


def _nowhere(request: Request, error: Exception) -> Response:  # type: ignore[type-arg]
    status = getattr(error, "status_code", 500)
    fault = BadMethod("method") if status == 405 else Absent("no such address")
    if status >= 500:
        fault = Unforeseen("unforeseen")  # type: ignore[assignment]
    wiring = _wiring(request)
    bare = stranger(request, wiring, _NOWHERE)
    return on_the_wire(fault_reply(bare, told(fault, bare.lang), fault), wiring, "")


def _unforeseen(request: Request, error: Exception) -> Response:  # type: ignore[type-arg]
    wiring = _wiring(request)
    wiring.log_fault(error)
    bare = stranger(request, wiring, _NOWHERE)
    fault = Unforeseen("unforeseen")
    return on_the_wire(fault_reply(bare, told(fault, bare.lang), fault), wiring, "")
