"""The application: every exit of the registry with the act behind it, and nothing else."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

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

_NOWHERE = Exit("GET", "/{any}", "nowhere", "own")


class Unforeseen(TansiqError):
    """A fault nobody foresaw; its own message stays in the log."""

    code = "fault"


def create_app(wiring: Wiring) -> Litestar:
    """Return the application of one node."""
    wiring.store.on_commit(wiring.live.tell)
    handlers = [
        _events(wiring, each) if each.name == "events" else _handler(wiring, each, ACTS[each.name])
        for each in EXITS
    ]
    return Litestar(
        route_handlers=handlers,
        openapi_config=None,
        request_max_body_size=None,
        logging_config=None,
        exception_handlers={HTTPException: _nowhere(wiring), Exception: _unforeseen(wiring)},
        on_shutdown=[wiring.live.close],
    )


def _handler(wiring: Wiring, exit_: Exit, act: Act) -> HTTPRouteHandler:
    async def handle(request: Request) -> Response:  # type: ignore[type-arg]
        return await answer(request, wiring, exit_, act)

    return _mounted(exit_, handle)


def _events(wiring: Wiring, exit_: Exit) -> HTTPRouteHandler:
    async def handle(request: Request) -> Response:  # type: ignore[type-arg]
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


def _nowhere(wiring: Wiring) -> Callable[[Request, Exception], Response]:  # type: ignore[type-arg]
    def handle(request: Request, error: Exception) -> Response:  # type: ignore[type-arg]
        status = getattr(error, "status_code", 500)
        fault = BadMethod("method") if status == 405 else Absent("no such address")
        if status >= 500:
            fault = Unforeseen("unforeseen")  # type: ignore[assignment]
        bare = stranger(request, wiring, _NOWHERE)
        return on_the_wire(fault_reply(bare, told(fault, bare.lang), fault), wiring, "")

    return handle


def _unforeseen(wiring: Wiring) -> Callable[[Request, Exception], Response]:  # type: ignore[type-arg]
    def handle(request: Request, error: Exception) -> Response:  # type: ignore[type-arg]
        wiring.log_fault(error)
        bare = stranger(request, wiring, _NOWHERE)
        fault = Unforeseen("unforeseen")
        return on_the_wire(fault_reply(bare, told(fault, bare.lang), fault), wiring, "")

    return handle
