"""A node whose releasing officer is signed in."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.web.site import Site


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Site]:
    """The pages and the interface of a member's node."""
    made = Site(tmp_path)
    with made.client:
        made.sign_in("release")
        yield made
