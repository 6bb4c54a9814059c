"""Every threat of the model names tests that are there."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PAGES = sorted((ROOT / "docs/threats").glob("*.md"))
NAMED = re.compile(r"`(tests/[\w/]+\.py)(?:::(\w+))?`")
CHECK = re.compile(r"check (\d+)")


def rows(page: Path) -> list[str]:
    return [line for line in page.read_text(encoding="utf8").splitlines() if line.startswith("| ")]


@pytest.mark.parametrize("page", PAGES, ids=[p.stem for p in PAGES])
def test_every_test_that_a_page_names_is_there(page: Path) -> None:
    for file, function in NAMED.findall(page.read_text(encoding="utf8")):
        path = ROOT / file
        assert path.is_file(), file
        assert f"def {function}" in path.read_text(encoding="utf8"), f"{file}::{function}"


@pytest.mark.parametrize("page", PAGES, ids=[p.stem for p in PAGES])
def test_every_check_that_a_page_names_is_there(page: Path) -> None:
    there = {p.stem.split("_")[1] for p in (ROOT / "tests/trust").glob("check_*.py")}
    assert set(CHECK.findall(page.read_text(encoding="utf8"))) <= there


def test_each_threat_names_a_test_or_a_check() -> None:
    told = [r for r in rows(ROOT / "docs/threats/README.md") if not r.startswith("| it may try")]
    assert len(told) > 15
    assert [r for r in told if not (NAMED.search(r) or CHECK.search(r))] == []
