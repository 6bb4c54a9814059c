"""Tests that share a server or a browser stay on one worker."""

import pytest


@pytest.mark.xdist_group("told")
def test_a_group_is_told_to_whoever_spreads_the_tests(request: pytest.FixtureRequest) -> None:
    config = request.config
    grouped = (
        bool(getattr(config.option, "loadgroup", False)) or config.getoption("dist", "no") == "loadgroup"
    )
    spread = hasattr(config, "workerinput") and grouped
    assert request.node.nodeid.endswith("@told") == spread
