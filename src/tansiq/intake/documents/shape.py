"""What reading a file gives: documents with their text, and files enclosed in it.

Offsets of a mark count code points of the document's text, as spans of a draft do (FORMATS).
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from datetime import date
from typing import Literal

from msgspec import Struct

Format = Literal["text", "html", "pdf", "docx", "mail", "feed", "json-lines", "scan"]
MarkKind = Literal["page", "notes"]
Flag = Literal["macros", "remote", "ocr", "unread-pages", "tracked", "comments", "embedded", "locked-part"]
"""``macros``, ``remote``, ``embedded``: there, never run, fetched, opened. ``ocr``: read from a picture, so
letters may be wrong. ``unread-pages``: pages that are pictures stayed unread. ``tracked``: changes that were
deleted are left out. ``comments``: notes of others are left out. ``locked-part``: a part is encrypted."""


class Mark(Struct, frozen=True):
    """Where a page or part begins in the text; ``number`` from 1."""

    start: int
    kind: MarkKind
    number: int


class Document(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One text within a file. ``error``: the code of why this one of several cannot be read."""

    name: str
    format: Format
    text: str = ""
    marks: tuple[Mark, ...] = ()
    flags: tuple[Flag, ...] = ()
    published: date | None = None
    sender: str = ""
    error: str = ""


class Enclosed(Struct, frozen=True):
    """A file within a file: an attachment, a forwarded mail."""

    name: str
    content: bytes


class Extract(Struct, frozen=True, kw_only=True, tag="extract"):
    """Everything a file holds."""

    documents: tuple[Document, ...] = ()
    enclosed: tuple[Enclosed, ...] = ()


class Pages(Struct, frozen=True, kw_only=True, tag="pages"):
    """A file of pages before they are joined; ``scans``: indices of pages that are pictures alone."""

    texts: tuple[str, ...]
    scans: tuple[int, ...] = ()
    flags: tuple[Flag, ...] = ()


class Picture(Struct, frozen=True, tag="picture"):
    """A page as a grey picture (PGM)."""

    content: bytes


class Failed(Struct, frozen=True, tag="failed"):
    """Why nothing was read; ``code`` is that of a fault of ``documents.faults`` or ``read``."""

    code: str


class Ask(Struct, frozen=True, kw_only=True):
    """What the child process is asked: to read a file, or to draw one page of it."""

    format: Format
    name: str
    content: bytes
    draw: int | None = None


Answer = Extract | Pages | Picture | Failed


def mark_at(marks: Sequence[Mark], offset: int) -> Mark | None:
    """Return the page or part in which an offset of the text lies, None before the first."""
    at = bisect_right([m.start for m in marks], offset)
    return marks[at - 1] if at else None
