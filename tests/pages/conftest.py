"""What tests of pages share: one Chromium for the tests of a module."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser

from tests.pages.browser import browsing


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Every test opens a context of its own in it."""
    with browsing() as started:
        yield started
