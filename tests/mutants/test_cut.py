"""A cut of the mutation testing: the one access decision, every mutant of it, by its own tests."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.mutants.__main__ import KILLED, LATE, LIVES, Mutant, known_survivors, of_module

ROOT = Path(__file__).parents[2]
SETTINGS = """
[tool.mutmut]
source_paths = ["src"]
only_mutate = ["src/tansiq/policy/permits.py"]
[tool.pytest.ini_options]
pythonpath = ["src", "."]
addopts = "-q --import-mode=importlib"
"""


@pytest.mark.slow
def test_every_mutant_of_the_access_decision_is_killed(tmp_path: Path) -> None:
    for tree in ("src", "tests"):
        shutil.copytree(ROOT / tree, tmp_path / tree, ignore=shutil.ignore_patterns("dist", "__pycache__"))
    (tmp_path / "pyproject.toml").write_text(SETTINGS)
    plain = {k: v for k, v in os.environ.items() if k != "PYTHONPATH"}
    command = [sys.executable, "-m", "tests.mutants.judge", "tests/policy/test_permits.py"]
    subprocess.run(command, cwd=tmp_path, env=plain, check=False, capture_output=True, timeout=250)
    made = json.loads((tmp_path / "mutants/src/tansiq/policy/permits.py.meta").read_text())
    codes = made["exit_code_by_key"]
    living = [name for name, code in codes.items() if code not in KILLED]
    explained = {k.where for k in known_survivors()}
    assert len(codes) > 30
    assert [n for n in living if Mutant(n, "", "").where not in explained] == []


def test_a_verdict_is_death_or_life() -> None:
    assert not KILLED & LIVES
    assert LATE < KILLED


def test_a_mutants_function_is_named_with_its_module() -> None:
    assert (
        Mutant("tansiq.policy.permits.x__standing__mutmut_9", "", "").where
        == "tansiq.policy.permits._standing"
    )


def test_a_verdict_on_a_function_that_changed_since_is_none_and_one_that_is_gone_is_left_out() -> None:
    codes = {f"tansiq.seal.keys.x_{f}__mutmut_1": 1 for f in ("stands", "changed", "gone")}
    hashes = {"x_stands": "a", "x_changed": "b"}
    meta: dict[str, dict[str, Any]] = {"exit_code_by_key": codes, "hash_by_function_name": hashes}
    found = dict(of_module(meta, {"x_stands": "a", "x_changed": "c"}, []))
    assert found == {
        "tansiq.seal.keys.x_stands__mutmut_1": 1,
        "tansiq.seal.keys.x_changed__mutmut_1": None,
    }
    assert list(of_module(meta, {"x_stands": "a"}, ["tansiq.policy*"])) == []
