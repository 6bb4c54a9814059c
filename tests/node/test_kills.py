"""Power cuts at any moment."""

import asyncio
from pathlib import Path

import pytest

from tests.node.kills import survive


@pytest.mark.edge
@pytest.mark.xdist_group("federation")
def test_processes_killed_at_random_moments_lose_nothing_and_repeat_nothing(tmp_path: Path) -> None:
    outcome = asyncio.run(survive(tmp_path, kills=6, seed=7))
    assert outcome.kills == 6
    assert len(outcome.accepted) >= 20
    assert not any(outcome.lost.values())
    assert outcome.doubled == 0
