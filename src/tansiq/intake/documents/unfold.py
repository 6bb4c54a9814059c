"""A file with everything enclosed in it, to the last attachment, each read on its own.

What cannot be read is named with its code beside the rest; a file nested deeper than ``DEPTH_LIMIT`` is too.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Final

from tansiq.base.errors import InputError
from tansiq.intake.documents.extract import extract
from tansiq.intake.documents.faults import Bomb
from tansiq.intake.documents.ocr import Ocr, installed
from tansiq.intake.documents.shape import Document

DEPTH_LIMIT: Final = 5
FILES_LIMIT: Final = 500


@dataclass(frozen=True, slots=True)
class Unread:
    """A file within that cannot be read, by the code of its fault."""

    name: str
    code: str


def unfold(data: bytes, name: str, *, ocr: Callable[[], Ocr] = installed) -> Iterator[Document | Unread]:
    """Yield every document of a file, outer ones first; names of what is enclosed follow a slash."""
    waiting = deque([(data, name, 0)])
    seen = 0
    while waiting:
        content, called, depth = waiting.popleft()
        seen += 1
        try:
            if depth > DEPTH_LIMIT or seen > FILES_LIMIT:
                raise Bomb("nested without end")
            found = extract(content, called, ocr=ocr)
        except InputError as error:
            yield Unread(called, error.code)
            continue
        for document in found.documents:
            yield Unread(document.name, document.error) if document.error else document
        waiting.extend((each.content, f"{called}/{each.name}", depth + 1) for each in found.enclosed)
