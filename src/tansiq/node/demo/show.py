"""``tansiq demo``: brings up a federation and its door, says one address, ends all on Ctrl-C."""

from __future__ import annotations

import asyncio
import contextlib
import logging
import signal
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Final

from granian.constants import Interfaces
from granian.server.embed import Server

from tansiq.base.clock import SystemClock
from tansiq.base.errors import SetupError
from tansiq.base.ids import SystemEntropy
from tansiq.base.ports import HeldPort, hold
from tansiq.node.backup import Under, backup, backup_keys, restore
from tansiq.node.demo.check import Line, check
from tansiq.node.demo.story import Story
from tansiq.node.federation import Federation, open_federation
from tansiq.node.founding import Plan, shipped_plan
from tansiq.node.upkeep import at_rest, rebuilt, verified
from tansiq.store.rebuild import dump_hash
from tansiq.web.door import create_door

PORT: Final = 8700
NAME: Final = "Tansiq"
Tell = Callable[[str], None]


class DoorPortBusy(SetupError):
    """The port asked for is taken."""

    code = "demo.port-busy"


class NoDocs(SetupError):
    """The folder of articles is not there, or holds none."""

    code = "demo.no-docs"


def plan_for(*, every: bool) -> Plan:
    """Return the shipped plan: seven parties, or all eleven."""
    plan = shipped_plan()
    return plan if every else plan.only(plan.small)


async def show(folder: Path, plan: Plan, port: int | None, docs: Path | None, tell: Tell) -> None:
    """Bring everything up, say the address, and wait until told to end."""
    logging.getLogger("httpx").setLevel(logging.WARNING)  # the server writes to the terminal what others log
    held = _port(port)
    articles = _articles(docs)
    began = time.monotonic()
    federation = open_federation(folder, plan, name=NAME, start=SystemClock().now(), tell=tell)
    try:
        await federation.start()
        story = Story(federation)
        if articles:
            await story.own_articles(articles)
        door = Server(
            create_door(story),
            address="127.0.0.1",
            port=held.number,
            interface=Interfaces.ASGI,
            log_enabled=False,
        )
        serving = asyncio.create_task(door.serve())
        tell(f"ready in {time.monotonic() - began:.0f} s")
        tell(f"http://127.0.0.1:{held.number}/")
        await _told_to_end()
        door.stop()  # type: ignore[no-untyped-call]
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(serving, 5.0)
    finally:
        tell("stopping")
        held.release()
        await federation.stop()


async def prove(plan: Plan, tell: Tell) -> bool:
    """Bring up a federation of its own, print each proof, and return whether all hold."""
    with tempfile.TemporaryDirectory(prefix="tansiq-check-") as scratch:
        federation = open_federation(Path(scratch), plan, name=NAME, start=SystemClock().now())
        broken = 0
        try:
            await federation.start()
            async for line in check(federation):
                broken += _told(line, tell)
        finally:
            await federation.stop()
        for line in _upkept(federation):
            broken += _told(line, tell)
        broken += _told(_put_back(federation), tell)
    return broken == 0


def _told(line: Line, tell: Tell) -> int:
    tell(str(line))
    return 1 if line.why else 0


def _upkept(federation: Federation) -> Iterator[Line]:
    """Verify and rebuild every node's store, the nodes being at rest."""
    for party in federation.parties:
        with at_rest(federation.node_folder(party)) as store:
            wrong = [f"{line.name}: {line.wrong[0]}" for line in verified(store).lines if line.wrong]
            yield Line(f"verify {party}", "; ".join(wrong))
            before, after = rebuilt(store)
            yield Line(f"rebuild {party}", "" if before == after else f"{before[:8]} became {after[:8]}")


def _put_back(federation: Federation) -> Line:
    """Take a backup of one node, restore it beside, and compare."""
    folder, clock, entropy = federation.node_folder(federation.parties[0]), SystemClock(), SystemEntropy()
    under, beside = Under(passphrase=entropy.take(16).hex()), folder.parent / "restored"
    copy, keys = folder.parent / "copy.tansiq", folder.parent / "keys.tansiq"
    backup(folder, copy, under, clock=clock, entropy=entropy)
    backup_keys(folder, keys, under, clock=clock, entropy=entropy)
    report = restore(copy, keys, beside, under, clock=clock, entropy=entropy)
    with at_rest(folder) as old:
        before = dump_hash(old)
    with at_rest(beside) as new:
        same = report.ok and before == dump_hash(new)
    return Line(f"restore {federation.parties[0]}", "" if same else "not what was backed up")


async def _told_to_end() -> None:
    stopping = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(number, stopping.set)
    await stopping.wait()


def _port(asked: int | None) -> HeldPort:
    """Keep the door's port until it stands: bringing nodes up takes a while."""
    try:
        return hold(PORT if asked is None else asked, again=asked is not None)
    except OSError as error:
        if asked is not None:
            raise DoorPortBusy(f"port {asked} is in use") from error
    return hold()


def _articles(docs: Path | None) -> Sequence[tuple[str, bytes]]:
    if docs is None:
        return ()
    if not docs.is_dir():
        raise NoDocs(f"{docs.name} is not a folder")
    found = [(p.name, p.read_bytes()) for p in sorted(docs.iterdir()) if p.suffix == ".txt"]
    if not found:
        raise NoDocs(f"{docs.name} holds no .txt file")
    return found
