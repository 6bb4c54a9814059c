"""Runs one node in one process: pages and exchange on one event loop, until told to end."""

from __future__ import annotations

import asyncio
import contextlib
import logging
import signal
import sys
from pathlib import Path
from typing import Any, Final

import structlog
import uvloop
from granian.constants import Interfaces
from granian.server.embed import Server

from tansiq.base.errors import InputError, SetupError, StoreError
from tansiq.base.ports import port_is_free
from tansiq.exchange.protocol import CarrierDown
from tansiq.node.alone import Alone
from tansiq.node.starting import Keeper
from tansiq.node.tls import opened_key
from tansiq.node.wire import Node, keep_up, wire
from tansiq.web.app import create_app

UPKEEP_S: Final = 30.0
OUTSIDE_S: Final = 10.0
WATCH_S: Final = 2.0


class PortTaken(SetupError):
    """Another program listens on the node's port."""

    code = "node.port-busy"


def run_node(folder: Path, *, while_parent_lives: bool = False) -> None:
    """Run the node of a folder until SIGTERM, SIGINT or, if asked, until standard input ends."""
    _log_to_stderr()
    node = wire(folder)
    try:
        alone = Alone(folder)
        if not port_is_free(node.settings.port):
            raise PortTaken(f"port {node.settings.port} is in use")
        keeper = Keeper(folder, node.store, node.clock)
        for found in keeper.begin():
            structlog.get_logger("tansiq.node").warning("start.finding", code=found.code, detail=found.detail)
        uvloop.run(_serve(node, keeper, while_parent_lives))
        keeper.keep(clean=True)
        alone.release()
    finally:
        node.close()


async def _serve(node: Node, keeper: Keeper, while_parent_lives: bool) -> None:
    server = Server(
        create_app(node.wiring),
        address=node.settings.host,
        port=node.settings.port,
        interface=Interfaces.ASGI,
        log_enabled=False,
        **_tls(node),
    )
    stopping = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, stopping.set)
    if while_parent_lives:
        loop.add_reader(sys.stdin.fileno(), stopping.set)
    pages, exchange = asyncio.create_task(server.serve()), asyncio.create_task(node.runner.run())
    upkeep = asyncio.create_task(_upkeep(node, keeper))
    outside = asyncio.create_task(_outside(node))
    watching = asyncio.create_task(_watching(node))
    await asyncio.wait([asyncio.create_task(stopping.wait()), pages, exchange], return_when="FIRST_COMPLETED")
    upkeep.cancel()
    outside.cancel()
    watching.cancel()
    node.runner.stop()
    server.stop()  # type: ignore[no-untyped-call]
    with contextlib.suppress(TimeoutError, CarrierDown):
        await asyncio.wait_for(asyncio.gather(pages, exchange), 8.0)


def _tls(node: Node) -> dict[str, Any]:
    """Return what the server needs to speak TLS (1.3 alone); nothing without a certificate."""
    settings = node.settings
    if not settings.tls_certificate:
        return {}
    key = opened_key(node.folder / settings.tls_key, node.tls_word)
    return {"ssl_cert": node.folder / settings.tls_certificate, "ssl_key": key}


async def _upkeep(node: Node, keeper: Keeper) -> None:
    """Do what must be done every minute."""
    while True:
        await asyncio.sleep(UPKEEP_S)
        try:
            await asyncio.to_thread(keep_up, node)
            await asyncio.to_thread(keeper.keep)
        except StoreError as error:
            structlog.get_logger("tansiq.node").warning("upkeep.failed", code=error.code)


async def _outside(node: Node) -> None:
    """Tell officers outside the page what is of an urgency; a slow gateway keeps nothing else waiting."""
    while True:
        await asyncio.sleep(OUTSIDE_S)
        try:
            await asyncio.to_thread(node.outside.turn)
        except StoreError as error:
            structlog.get_logger("tansiq.node").warning("outside.failed", code=error.code)


async def _watching(node: Node) -> None:
    """Take in what appears in watched folders, and read the files that wait."""
    while True:
        await asyncio.sleep(WATCH_S)
        try:
            await asyncio.to_thread(node.watching.turn)
        except (StoreError, InputError) as error:
            structlog.get_logger("tansiq.node").warning("intake.failed", code=error.code)


def _log_to_stderr() -> None:
    logging.basicConfig(level=logging.WARNING, stream=sys.stderr)
    structlog.configure(
        wrapper_class=structlog.make_filtering_bound_logger(logging.WARNING),
        logger_factory=structlog.PrintLoggerFactory(sys.stderr),
        processors=[
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            structlog.processors.format_exc_info,
            structlog.processors.JSONRenderer(),
        ],
    )
