"""Texts for tests of intake, and a desk that takes them in."""

from __future__ import annotations

from datetime import date
from importlib.resources import files
from typing import Final

from tansiq.base.refusal import Refusal
from tansiq.work.desk import Desk
from tansiq.work.intake_text import Intake, intake_of, take_text

NEMA: Final = "ar-03-nema-bassikounou.txt"
MINISTERS: Final = "ar-04-nouakchott-ministers.txt"


def sample(name: str) -> bytes:
    """The bytes of a sample report."""
    return files("tansiq").joinpath("samples", "reports", name).read_bytes()


def taken(desk: Desk, name: str = NEMA, *, published: date | None = date(2029, 3, 22)) -> Intake:
    """A sample taken in."""
    made = take_text(desk, name, sample(name), published=published)
    assert not isinstance(made, Refusal), made
    return made


def held(desk: Desk, intake: Intake) -> Intake:
    """The draft as it rests now."""
    with desk.store.read() as rx:
        found = intake_of(desk, rx, intake.id)
    assert not isinstance(found, Refusal), found
    return found
