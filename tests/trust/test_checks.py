"""The quick form of every acceptance check."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.trust.__main__ import parts, run_part
from tests.trust.result import Result

CHECKS = tuple(parts())


@pytest.mark.edge
@pytest.mark.slow
@pytest.mark.parametrize("name", CHECKS)
def test_the_quick_form_of_the_check_passes(name: str, tmp_path: Path) -> None:
    found = run_part(name, "quick", tmp_path)
    assert found.passed, found.faults or "nothing was counted"


def test_a_check_that_looked_at_nothing_fails() -> None:
    assert not Result().passed


def test_a_fault_fails_a_check() -> None:
    found = Result({"records": 3})
    found.must(False, "عنوان مكشوف")
    assert not found.passed
