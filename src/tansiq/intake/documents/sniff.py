"""What a file is: by its own bytes; its name decides only where the bytes fit several formats."""

from __future__ import annotations

import re
import zipfile
from io import BytesIO
from typing import Final

from tansiq.intake.documents.faults import Damaged, Locked, UnknownFormat
from tansiq.intake.documents.shape import Format

HEAD_BYTES: Final = 4096
PARTS_LIMIT: Final = 5_000
_SCANS: Final = (
    b"\x89PNG\r\n\x1a\n",
    b"\xff\xd8\xff",
    b"II*\x00",
    b"MM\x00*",
    b"GIF8",
    b"BM",
)
_HTML: Final = re.compile(
    r"\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html)\b", re.I | re.S
)
_FEED: Final = re.compile(r"<(?:rss|feed|rdf:RDF)[\s>]", re.I)
_MAIL: Final = re.compile(
    rb"(?:From \S+@\S+ |(?:[A-Za-z][A-Za-z0-9-]*:[^\n]*\n(?:[ \t][^\n]*\n)*)*?"
    rb"(?:MIME-Version|Received|Message-ID|Return-Path):)",
    re.I,
)
_MAIL_NAME: Final = re.compile(rb"(?:From |[A-Za-z][A-Za-z0-9-]*:)")
_NAMED: Final[dict[str, Format]] = {"htm": "html", "html": "html", "xhtml": "html"}


def format_of(data: bytes, name: str) -> Format:
    """Return the format of a file. Raises UnknownFormat, Locked, Damaged."""
    head, ending = data[:HEAD_BYTES], name.rpartition(".")[2].lower()
    if b"%PDF-" in head[:1024]:
        return "pdf"
    if head.startswith(b"PK\x03\x04"):
        return _archive(data)
    if head.startswith(b"\xd0\xcf\x11\xe0"):
        raise _old_office(data)
    if head.startswith(_SCANS):
        return "scan"
    return _of_text(head, ending)


def _of_text(head: bytes, ending: str) -> Format:
    if ending in ("jsonl", "ndjson") and head.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"{"):
        return "json-lines"
    if _MAIL.match(head) or (ending in ("eml", "mht", "mhtml") and _MAIL_NAME.match(head)):
        return "mail"
    said = head.decode("utf-16" if head[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8", "replace")
    said = said.lstrip("\ufeff \t\r\n")
    if _HTML.match(said):
        return "html"
    if said.startswith("<") and _FEED.search(said[:1500]):
        return "feed"
    return _NAMED.get(ending, "text") if said.startswith("<") else "text"


def _archive(data: bytes) -> Format:
    """Return what an archive is: a document of Word, or nothing that is read."""
    try:
        with zipfile.ZipFile(BytesIO(data)) as box:
            names = box.namelist()[:PARTS_LIMIT]
    except (zipfile.BadZipFile, ValueError, OSError, EOFError, RuntimeError) as error:
        raise Damaged("an archive that cannot be opened") from error
    if "word/document.xml" in names:
        return "docx"
    raise UnknownFormat("an archive that is no text document")


def _old_office(data: bytes) -> Locked | UnknownFormat:
    """An office document behind a password is wrapped in the old format; its streams bear these names."""
    if "EncryptedPackage".encode("utf-16-le") in data:
        return Locked("an office document behind a password")
    return UnknownFormat("an office document of before 2007")
