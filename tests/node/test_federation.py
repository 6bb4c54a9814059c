"""A federation on one machine keeps a port for each node, and looks after nodes that end by themselves."""

import asyncio
import os
import signal
import time
from collections.abc import Callable, Coroutine
from pathlib import Path
from typing import Any

import msgspec
import pytest

from tansiq.base.clock import SystemClock
from tansiq.base.ports import hold
from tansiq.model.label import Party
from tansiq.node import federation as federations
from tansiq.node.federation import Federation, open_federation
from tansiq.node.founding import shipped_plan
from tansiq.node.settings import read_settings, write_settings

pytestmark = pytest.mark.edge
NE, TD = Party("NE"), Party("TD")
Act = Callable[[Federation], Coroutine[Any, Any, None]]


def with_federation(folder: Path, told: list[str], act: Act, *, port: int | None = None) -> None:
    """Run ``act`` on two nodes; ``port``: the one that both were founded with."""
    plan = shipped_plan().only([NE, TD])
    federation = open_federation(folder, plan, name="تنسيق", start=SystemClock().now(), tell=told.append)
    for party in (NE, TD) if port is not None else ():
        settings = read_settings(folder / party)
        write_settings(folder / party, msgspec.structs.replace(settings, port=port))

    async def run() -> None:
        try:
            await federation.start()
            await act(federation)
        finally:
            await federation.stop()

    asyncio.run(run())


async def until(holds: Callable[[], bool], within_s: float = 30.0) -> None:
    end = time.monotonic() + within_s
    while not holds():
        assert time.monotonic() < end
        await asyncio.sleep(0.05)


def test_nodes_founded_with_one_port_answer_each_on_a_port_of_its_own(tmp_path: Path) -> None:
    async def act(federation: Federation) -> None:
        ports = {party: federation.settings(party).port for party in (NE, TD)}
        assert len(set(ports.values())) == 2
        for party, port in ports.items():
            client = federation.client(party)
            await client.sign_in()
            assert (await client.get("/api/me"))["party"] == party
            with pytest.raises(OSError, match="in use"):
                hold(port)

    with_federation(tmp_path, [], act, port=hold().number)


def test_a_node_that_ends_by_itself_is_started_again_so_often_and_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(federations, "RAISED_AT_MOST", 1)
    told: list[str] = []

    async def act(federation: Federation) -> None:
        first = federation.pid(NE)
        os.kill(first, signal.SIGKILL)
        await until(lambda: federation.pid(NE) != first)
        await federation.ready(NE)
        assert any(line.startswith("NE ended by itself (-9)") for line in told)
        os.kill(federation.pid(NE), signal.SIGKILL)
        federation.kill_node(TD)
        await until(lambda: not federation.running(NE))
        await asyncio.sleep(3 * federations.LOOK_EVERY_S)
        assert not federation.running(NE)
        assert not federation.running(TD)
        assert sum("by itself" in line for line in told) == 1

    with_federation(tmp_path, told, act)
