"""From the bytes of any file to its documents: the one way in.

1. What a file is, its bytes say. Text is read here; every foreign format in a process apart, within limits.
2. Pictures of text go to OCR when it is there; without it a file that is only pictures is refused with what
   to install, and one that is partly so is read in part and says so.
3. A file gives one document or several (the entries of a feed), and files enclosed in it (attachments), which
   are read one by one in the same way by who asks.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import Final

from tansiq.intake.documents.apart import ask_child
from tansiq.intake.documents.faults import Damaged, NoOcr, NoWords
from tansiq.intake.documents.json_lines import read_lines
from tansiq.intake.documents.ocr import Ocr, installed
from tansiq.intake.documents.shape import Ask, Document, Extract, Flag, Mark, Pages, Picture
from tansiq.intake.documents.sniff import format_of
from tansiq.intake.read import EmptyInput, TooLarge, read

DOCUMENT_LIMIT_BYTES: Final = 25_000_000
OCR_PAGES_LIMIT: Final = 200
_BLANKS: Final = re.compile(r"[ \t]*\n[ \t]*")


def extract(data: bytes, name: str, *, ocr: Callable[[], Ocr] = installed) -> Extract:
    """Return what a file holds. Raises the faults of ``documents.faults`` and of ``read``."""
    if len(data) > DOCUMENT_LIMIT_BYTES:
        raise TooLarge(len(data))
    if not data.strip(b"\x00\t\n\r \xef\xbb\xbf\xff\xfe"):
        raise EmptyInput("no text in the file")
    kind = format_of(data, name)
    if kind == "text":
        return Extract(documents=(Document(name=name, format="text", text=read(data)),))
    if kind == "json-lines":
        return read_lines(data, name)
    if kind == "scan":
        return Extract(documents=(_picture(data, name, ocr()),))
    answer = ask_child(Ask(format=kind, name=name, content=data))
    if isinstance(answer, Pages):
        return Extract(documents=(_pages(data, name, answer, ocr),))
    if not isinstance(answer, Extract):
        raise Damaged("no answer to what was asked")
    return answer


def joined(texts: Sequence[str]) -> tuple[str, tuple[Mark, ...]]:
    """Return pages as one text, and where each begins."""
    marks, pieces, at = [], [], 0
    for number, said in enumerate(texts, 1):
        marks.append(Mark(at, "page", number))
        if said:
            pieces.append(said)
            at += len(said) + 2
    text = "\n\n".join(pieces)
    return text, tuple(Mark(min(m.start, len(text)), m.kind, m.number) for m in marks)


def _pages(data: bytes, name: str, pages: Pages, ocr: Callable[[], Ocr]) -> Document:
    texts, flags = list(pages.texts), list(pages.flags)
    if pages.scans:
        flags.append(_read_scans(data, name, pages, texts, ocr))
    text, marks = joined(texts)
    if not text.strip():
        raise (NoWords if pages.scans else EmptyInput)("no words in the file")
    return Document(name=name, format="pdf", text=text, marks=marks, flags=tuple(flags))


def _read_scans(data: bytes, name: str, pages: Pages, texts: list[str], ocr: Callable[[], Ocr]) -> Flag:
    """Fill in what the pictures say; return how that stands. Raises NoOcr where nothing else is there."""
    try:
        program = ocr()
    except NoOcr:
        if not any(texts):
            raise
        return "unread-pages"
    for number in pages.scans[:OCR_PAGES_LIMIT]:
        drawn = ask_child(Ask(format="pdf", name=name, content=data, draw=number))
        if isinstance(drawn, Picture):
            texts[number] = _tidy(program.recognise(drawn.content))
    return "ocr" if len(pages.scans) <= OCR_PAGES_LIMIT else "unread-pages"


def _picture(data: bytes, name: str, program: Ocr) -> Document:
    text, marks = joined([_tidy(page) for page in program.recognise(data).rstrip("\f\n ").split("\f")])
    if not text.strip():
        raise NoWords("no words in the picture")
    return Document(name=name, format="scan", text=text, marks=marks, flags=("ocr",))


def _tidy(said: str) -> str:
    """Return recognised text without marks of direction; lines of a paragraph flow into one."""
    plain = re.sub("[\u200e\u200f\u202a-\u202e\u2066-\u2069\f]", "", said).strip()
    paragraphs = re.split(r"\n\s*\n", _BLANKS.sub("\n", plain))
    return "\n\n".join(p.replace("\n", " ").strip() for p in paragraphs if p.strip())
