"""No log of a node tells the words of a fault: they may hold what was sealed."""

from __future__ import annotations

import asyncio
from pathlib import Path

from structlog.testing import capture_logs

from tansiq.exchange.running import LinkRunner
from tansiq.node.wire import log_fault
from tests.simulate.nodes import world_of

SECRET = "رسالة مختومة"


def test_a_fault_of_the_pages_is_logged_by_type_and_place_alone() -> None:
    with capture_logs() as logs:
        try:
            raise ValueError(SECRET)
        except ValueError as error:
            log_fault(error)
    (line,) = logs
    assert line["fault"] == "ValueError"
    assert line["at"].startswith("test_fault_log.py:")
    assert "exc_info" not in line
    assert SECRET not in str(line)


def test_a_fault_of_the_link_is_logged_by_type_and_place_alone(tmp_path: Path) -> None:
    world = world_of(tmp_path, ("ML", "NE"))
    node = world["ML"]
    runner = LinkRunner(node.link, node.store, node.clock)

    async def act() -> None:
        runner.stop()
        raise KeyError(SECRET)

    with capture_logs() as logs:
        asyncio.run(runner._repeat(act))
    world.close()
    (line,) = [each for each in logs if each["event"] == "exchange.fault"]
    assert line["fault"] == "KeyError"
    assert line["at"].startswith("test_fault_log.py:")
    assert "exc_info" not in line
    assert SECRET not in str(line)
