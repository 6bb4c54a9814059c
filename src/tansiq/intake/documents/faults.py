"""Why a document cannot be read: each with its code, its words and what to do in the locale."""

from __future__ import annotations

from typing import Final

from tansiq.base.errors import InputError
from tansiq.intake.read import BinaryInput, EmptyInput, Undecodable


class Damaged(InputError):
    """The file is broken, or is not what it says it is."""

    code = "intake.damaged"


class TooCostly(InputError):
    """Reading the file takes more time or memory than it is given."""

    code = "intake.too-costly"


class Bomb(InputError):
    """The file unpacks to far more than it holds, or is nested without end."""

    code = "intake.bomb"


class Locked(InputError):
    """The file is protected by a password."""

    code = "intake.locked"


class UnknownFormat(InputError):
    """The file is of a format that intake does not read."""

    code = "intake.format"


class NoOcr(InputError):
    """The file is a picture of text, and the program that reads pictures is not installed."""

    code = "intake.no-ocr"


class NoWords(InputError):
    """The file is a picture in which no words are found."""

    code = "intake.no-words"


FAULTS: Final[dict[str, type[InputError]]] = {
    fault.code: fault
    for fault in (
        Damaged,
        TooCostly,
        Bomb,
        Locked,
        UnknownFormat,
        NoOcr,
        NoWords,
        EmptyInput,
        BinaryInput,
        Undecodable,
    )
}
"""By code: what a child process may answer."""


def fault_of(code: str) -> InputError:
    """Return a fault by its code; a code that is none is Damaged."""
    return FAULTS.get(code, Damaged)(f"the reader of documents says {code}")
