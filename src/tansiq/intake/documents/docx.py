"""DOCX: the words of a document, its notes after it. Macros, embedded files and links stay where they are.

1. Parts are read within limits of size and of how much they unpack; a document type definition is refused.
2. Deleted words of tracked changes are left out; comments too; both are said.
"""

from __future__ import annotations

import zipfile
import zlib
from io import BytesIO
from typing import Final
from xml.sax import SAXException
from xml.sax.handler import ContentHandler
from xml.sax.xmlreader import AttributesImpl

from defusedxml.common import DefusedXmlException
from defusedxml.sax import parseString

from tansiq.intake.documents.faults import Bomb, Damaged, Locked
from tansiq.intake.documents.shape import Document, Flag, Mark
from tansiq.intake.documents.sniff import PARTS_LIMIT
from tansiq.intake.read import EmptyInput

UNPACKED_LIMIT_BYTES: Final = 200_000_000
PART_LIMIT_BYTES: Final = 48_000_000
RATIO_LIMIT: Final = 200
SMALL_BYTES: Final = 4_000_000
_NOTES: Final = ("word/footnotes.xml", "word/endnotes.xml")
_SKIPPED: Final = frozenset({"del", "moveFrom", "Fallback", "instrText", "delText", "txbxContentFallback"})
_EXTERNAL: Final = b'TargetMode="External"'
_FETCHED: Final = (b"/image", b"/attachedTemplate", b"/oleObject", b"/frame", b"/subDocument", b"/video")


class _Words(ContentHandler):
    """Collects paragraphs; ``pages`` are the offsets at which the writer's program began a page."""

    def __init__(self) -> None:
        super().__init__()
        self.pieces: list[str] = []
        self.size = 0
        self.pages: list[int] = []
        self.tracked = False
        self._skipped = 0
        self._open = False

    def put(self, said: str) -> None:
        self.pieces.append(said)
        self.size += len(said)

    def startElement(self, name: str, attrs: AttributesImpl) -> None:
        tag = name.rpartition(":")[2]
        if tag in _SKIPPED:
            self.tracked = self.tracked or tag in ("del", "moveFrom")
            self._skipped += 1
        if self._skipped:
            return
        self._open = tag == "t"
        if tag in ("tab", "ptab") and "val" not in "".join(attrs.getNames()):
            self.put(" ")
        elif tag == "noBreakHyphen":
            self.put("-")
        elif tag in ("br", "cr"):
            self.put("\n")
        if tag == "lastRenderedPageBreak" or (tag == "br" and "page" in attrs.values()):
            self.pages.append(self.size)

    def endElement(self, name: str) -> None:
        tag = name.rpartition(":")[2]
        self._open = False
        if tag in _SKIPPED:
            self._skipped -= 1
        elif tag == "p" and not self._skipped:
            self.put("\n")

    def characters(self, content: str) -> None:
        if self._open and not self._skipped:
            self.put(content)


def read_docx(data: bytes, name: str) -> Document:
    """Return a DOCX as a document. Raises Damaged, Bomb, Locked, EmptyInput."""
    try:
        with zipfile.ZipFile(BytesIO(data)) as box:
            _safe(box)
            return _read(box, name)
    except (zipfile.BadZipFile, zlib.error, ValueError, OSError, EOFError, RuntimeError) as error:
        raise Damaged("a document whose parts cannot be unpacked") from error


def _safe(box: zipfile.ZipFile) -> None:
    parts = box.infolist()
    whole = sum(p.file_size for p in parts)
    if len(parts) > PARTS_LIMIT or whole > UNPACKED_LIMIT_BYTES:
        raise Bomb("too much in it")
    for part in parts:
        if part.flag_bits & 1:
            raise Locked("a part is encrypted")
        if part.file_size > max(SMALL_BYTES, RATIO_LIMIT * max(part.compress_size, 1)):
            raise Bomb("a part unpacks to too much")


def _read(box: zipfile.ZipFile, name: str) -> Document:
    names = box.namelist()
    main = _words(_part(box, "word/document.xml"))
    text, marks = _tidy(main)
    for part in (p for p in _NOTES if p in names):
        notes = _tidy(_words(_part(box, part)))[0]
        if notes:
            marks = (*marks, Mark(len(text) + 2, "notes", 1 + sum(m.kind == "notes" for m in marks)))
            text = f"{text}\n\n{notes}"
    if not text.strip():
        raise EmptyInput("no words in the document")
    return Document(name=name, format="docx", text=text, marks=marks, flags=_flags(box, names, main.tracked))


def _part(box: zipfile.ZipFile, name: str) -> bytes:
    with box.open(name) as part:
        raw = part.read(PART_LIMIT_BYTES + 1)
    if len(raw) > PART_LIMIT_BYTES:
        raise Bomb(f"more than {PART_LIMIT_BYTES} bytes in a part")
    return raw


def _words(raw: bytes) -> _Words:
    found = _Words()
    try:
        parseString(raw, found, forbid_dtd=True)
    except DefusedXmlException as error:
        raise Bomb("a document type definition") from error
    except SAXException as error:
        raise Damaged("a part that is not XML") from error
    return found


def _tidy(words: _Words) -> tuple[str, tuple[Mark, ...]]:
    """Return the text without outer blanks of its lines, and where its pages begin."""
    whole = "".join(words.pieces)
    starts: list[int] = []
    lines: list[str] = []
    at = size = 0
    pages = iter([*words.pages, 1 << 62])
    page = next(pages)
    for line in whole.split("\n"):
        kept = " ".join(line.split())
        while page <= at + len(line):
            starts.append(size + min(max(page - at, 0), len(kept)))
            page = next(pages)
        at += len(line) + 1
        lines.append(kept)
        size += len(kept) + 1
    text = "\n".join(lines)
    lead = len(text) - len(text.lstrip())
    text = text.strip()
    if not starts:
        return text, ()
    numbered = enumerate((0, *(max(0, s - lead) for s in starts)), 1)
    return text, tuple(Mark(min(s, len(text)), "page", n) for n, s in numbered)


def _flags(box: zipfile.ZipFile, names: list[str], tracked: bool) -> tuple[Flag, ...]:
    found: list[Flag] = []
    if any(n.lower().endswith(("vbaproject.bin", "vbadata.xml")) for n in names):
        found.append("macros")
    if any(n.startswith("word/embeddings/") for n in names):
        found.append("embedded")
    if "word/comments.xml" in names:
        found.append("comments")
    if tracked:
        found.append("tracked")
    rels = [n for n in names if n.startswith("word/") and n.endswith(".rels")][:50]
    if any(_fetches(_part(box, n)) for n in rels):
        found.append("remote")
    return tuple(found)


def _fetches(rels: bytes) -> bool:
    """Whether something outside would be fetched by a program that shows the document; links are not."""
    outside = (each for each in rels.split(b"<Relationship ") if _EXTERNAL in each)
    return any(kind in each for each in outside for kind in _FETCHED)
