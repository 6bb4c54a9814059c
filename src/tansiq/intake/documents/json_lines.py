"""JSON lines: every line a document: ``text`` (``body``, ``content``), ``title``, ``published``, ``name``."""

from __future__ import annotations

from typing import Final

import msgspec
from msgspec import Struct

from tansiq.base.errors import UNREADABLE
from tansiq.intake.documents.faults import Bomb, Damaged
from tansiq.intake.documents.html import day_of
from tansiq.intake.documents.shape import Document, Extract
from tansiq.intake.read import EmptyInput, read

LINES_LIMIT: Final = 5_000
_NAME_CHARACTERS: Final = 100


class _Line(Struct, frozen=True):
    text: str = ""
    body: str = ""
    content: str = ""
    title: str = ""
    published: str = ""
    date: str = ""
    name: str = ""


def read_lines(data: bytes, name: str) -> Extract:
    """Return the documents of a file. A line that cannot be read is named with its code beside the others.

    Raises EmptyInput, Undecodable, BinaryInput; Bomb for too many lines; Damaged when no line can be read.
    """
    lines = [(n, said) for n, said in enumerate(read(data).split("\n"), 1) if said.strip()]
    if len(lines) > LINES_LIMIT:
        raise Bomb(f"{len(lines)} lines; at most {LINES_LIMIT} are read")
    found = tuple(_document(said, f"{name}#{n}") for n, said in lines)
    if all(d.error for d in found):
        raise Damaged("no line holds a text")
    return Extract(documents=found)


def _document(said: str, name: str) -> Document:
    try:
        line = msgspec.json.decode(said, type=_Line)
    except UNREADABLE:
        return Document(name=name, format="json-lines", error=Damaged.code)
    words = line.text or line.body or line.content
    title = line.title.strip()
    text = words if not title or words.lstrip().startswith(title) else f"{title}\n\n{words}"
    text = text.replace("\r\n", "\n").replace("\r", "\n").encode("utf-8", "replace").decode()
    if not text.strip():
        return Document(name=name, format="json-lines", error=EmptyInput.code)
    own = line.name.strip()[:_NAME_CHARACTERS]
    day = day_of(line.published or line.date)
    return Document(name=f"{name} {own}" if own else name, format="json-lines", text=text, published=day)
