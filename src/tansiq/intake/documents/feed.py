"""RSS and Atom: every entry a document of its own, with its title, its words and its day."""

from __future__ import annotations

from datetime import date
from email.utils import parsedate_to_datetime
from typing import Final
from xml.sax import SAXException
from xml.sax.handler import ContentHandler
from xml.sax.xmlreader import AttributesImpl

from defusedxml.common import DefusedXmlException
from defusedxml.sax import parseString

from tansiq.intake.documents.faults import Bomb, Damaged
from tansiq.intake.documents.html import day_of, text_of_html
from tansiq.intake.documents.shape import Document, Extract
from tansiq.intake.read import EmptyInput

ENTRIES_LIMIT: Final = 2_000
DEPTH_LIMIT: Final = 200
_ENTRY: Final = ("item", "entry")
_DAYS: Final = ("pubDate", "published", "date", "issued", "updated")
_WORDS: Final = ("encoded", "content", "description", "summary")
_KEPT: Final = frozenset({"title", *_DAYS, *_WORDS})


class _Entries(ContentHandler):
    """Collects the entries' fields; markup inside a field (Atom's xhtml) is kept as its words."""

    def __init__(self) -> None:
        super().__init__()
        self.entries: list[dict[str, str]] = []
        self._path: list[str] = []
        self._within: dict[str, str] | None = None
        self._field = ""
        self._said: list[str] = []

    def startElement(self, name: str, attrs: AttributesImpl) -> None:  # noqa: ARG002 - as it is called
        tag = name.rpartition(":")[2]
        self._path.append(tag)
        if len(self._path) > DEPTH_LIMIT or len(self.entries) >= ENTRIES_LIMIT:
            raise Bomb("too many entries, or nested without end")
        if tag in _ENTRY and self._within is None:
            self._within = {}
        elif self._within is not None and not self._field and tag in _KEPT:
            self._field, self._said = "/".join(self._path), []
        elif self._field:
            self._said.append(f"<{tag}>")

    def endElement(self, name: str) -> None:
        tag = name.rpartition(":")[2]
        if self._field == "/".join(self._path) and self._within is not None:
            self._within.setdefault(tag, "".join(self._said))
            self._field = ""
        elif self._field:
            self._said.append(f"</{tag}>")
        elif tag in _ENTRY and self._within is not None:
            self.entries.append(self._within)
            self._within = None
        self._path.pop()

    def characters(self, content: str) -> None:
        if self._field:
            self._said.append(content)


def read_feed(data: bytes, name: str) -> Extract:
    """Return the entries of a feed. Raises Damaged, Bomb, EmptyInput."""
    found = _Entries()
    try:
        parseString(data.lstrip(), found, forbid_dtd=True)
    except DefusedXmlException as error:
        raise Bomb("a document type definition") from error
    except (SAXException, LookupError, ValueError) as error:
        raise Damaged("not a feed that can be read") from error
    if not found.entries:
        raise EmptyInput("a feed without entries")
    return Extract(documents=tuple(_document(e, f"{name}#{n}") for n, e in enumerate(found.entries, 1)))


def _document(entry: dict[str, str], name: str) -> Document:
    title = text_of_html(entry.get("title", ""))
    words = max((text_of_html(entry.get(f, "")) for f in _WORDS), key=len)
    text = "\n\n".join(filter(None, (title, words)))
    published = next((day for f in _DAYS if (day := _day(entry.get(f, ""))) is not None), None)
    error = "" if text else EmptyInput.code
    return Document(name=name, format="feed", text=text, published=published, error=error)


def _day(said: str) -> date | None:
    if (day := day_of(said)) is not None:
        return day
    try:
        return parsedate_to_datetime(said.strip()).date() if said.strip() else None
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
