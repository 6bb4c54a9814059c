"""Every code that a board or rule says has its words in Arabic, French and English."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

import tansiq.boards
from tansiq.base.messages import LANGS, Lang, messages

HERE = Path(tansiq.boards.__file__).parent
SAID = {
    "State": (1, "word", "aspects.state."),
    "Flag": (0, "code", "aspects.flag."),
    "Fact": (0, "name", "aspects.fact."),
    "Opened": (0, "what", "aspects.opens."),
    "Raised": (1, "code", "aspects.raised."),
    "clock": (0, "name", "clocks."),
    "Objection": (0, "code", "refusals."),
}
"""Which argument of which call is a code, and where its words stand."""


def codes() -> Iterator[str]:
    """Yield the message id of every code written out in the boards."""
    for path in HERE.rglob("*.py"):
        for call in ast.walk(ast.parse(path.read_text(encoding="utf8"))):
            if isinstance(call, ast.Call) and isinstance(call.func, ast.Name) and call.func.id in SAID:
                yield from _said(call, *SAID[call.func.id])
            if isinstance(call, ast.Call) and isinstance(call.func, ast.Name) and call.func.id == "State":
                of = call.args[0] if call.args else None
                if isinstance(of, ast.Constant):
                    yield f"aspects.of.{str(of.value).partition(':')[0]}"


def _said(call: ast.Call, place: int, name: str, where: str) -> Iterator[str]:
    given = [k.value for k in call.keywords if k.arg == name] + call.args[place : place + 1]
    for one in ast.walk(given[0]) if given else ():
        if isinstance(one, ast.Constant) and isinstance(one.value, str):
            yield where + one.value


@pytest.mark.parametrize("lang", LANGS)
def test_every_code_has_its_words(lang: Lang) -> None:
    said = messages(lang)
    assert sorted({code for code in codes() if code not in said}) == []
