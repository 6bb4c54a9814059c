"""A refusal is false: the places where that would lose one are found."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

from tools.refusals import lost_refusals

HEAD = """
def may(x) -> Refusal | None: ...
def permits(x) -> Permit | Refusal: ...
async def later(x) -> None | Refusal: ...
"""


def found(body: str) -> list[str]:
    lines = "\n".join(f"    {line}" for line in body.split("\n"))
    tree = ast.parse(f"{HEAD}\nasync def act(given: Refusal | None, x):\n{lines}")
    return [words for _, _, words in lost_refusals({Path("a.py"): tree})]


@pytest.mark.parametrize(
    "body",
    [
        "return may(x) or done(x)",
        "no = may(x)\nreturn no or done(x)",
        "return given or done(x)",
        "if may(x):\n    return 1",
        "if not (no := may(x)):\n    return 1",
        "return await later(x) or done(x)",
        "return self.may(x) and done(x)",
    ],
)
def test_a_lost_refusal_is_found(body: str) -> None:
    assert len(found(body)) == 1


@pytest.mark.parametrize(
    "body",
    [
        "no = may(x)\nreturn done(x) if no is None else no",
        "if (no := may(x)) is not None:\n    return no",
        "return permits(x) or False",
        "return done(x) or may(x)",
        "return x or None",
    ],
)
def test_what_loses_none_is_not(body: str) -> None:
    assert found(body) == []
