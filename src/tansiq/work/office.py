"""Office documents (Office Open XML, OpenDocument): their properties out, their pictures cleaned.

1. A document whose parts would unpack to more than ``UNPACKED_LIMIT_BYTES`` is left as it came.
2. Comments and tracked changes are the document's own text and stay; the caller says so.
"""

from __future__ import annotations

import re
import zipfile
import zlib
from collections.abc import Callable
from io import BytesIO
from typing import Final

UNPACKED_LIMIT_BYTES: Final = 200_000_000
PARTS_LIMIT: Final = 5_000
_WHEN: Final = (1980, 1, 1, 0, 0, 0)
_CORE: Final = (
    b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?><cp:coreProperties xmlns:cp="http://schemas.'
    b'openxmlformats.org/package/2006/metadata/core-properties"/>'
)
_APP: Final = (
    b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?><Properties xmlns="http://schemas.openxmlformats.org/'
    b'officeDocument/2006/extended-properties"/>'
)
_CUSTOM: Final = (
    b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?><Properties xmlns="http://schemas.openxmlformats.org/'
    b'officeDocument/2006/custom-properties"/>'
)
_META: Final = (
    b'<?xml version="1.0" encoding="UTF-8"?><office:document-meta xmlns:office="urn:oasis:names:tc:'
    b'opendocument:xmlns:office:1.0" office:version="1.2"><office:meta/></office:document-meta>'
)
_BARE: Final = {
    "docProps/core.xml": _CORE,
    "docProps/app.xml": _APP,
    "docProps/custom.xml": _CUSTOM,
    "meta.xml": _META,
}
_PICTURE: Final = re.compile(r"(?:^|/)(?:media|Pictures)/|^docProps/thumbnail|^Thumbnails/")
_THUMB: Final = re.compile(r"^docProps/thumbnail|^Thumbnails/")
_SPOKEN: Final = re.compile(r"comments|threadedComment|people\.xml|revisions/")
_TRACKED: Final = re.compile(
    rb"<w:(?:ins|del|moveFrom|moveTo) |<text:tracked-changes|<office:annotation|dc:creator>"
)
_OOXML: Final = {
    "word/document.xml": "wordprocessingml.document",
    "xl/workbook.xml": "spreadsheetml.sheet",
    "ppt/presentation.xml": "presentationml.presentation",
}
_NOTHING: Final = bytes.fromhex(
    "89504e470d0a1a0a0000000d49484452000000010000000108000000003a7e9b550000000a49444154789c63f8"
    "0f0001010100b138f6140000000049454e44ae426082"
)
"""A picture of one point, in place of a thumbnail."""


def office_media(content: bytes) -> str | None:
    """Return the media type of an office document, None for any other archive."""
    try:
        with zipfile.ZipFile(BytesIO(content)) as box:
            names = set(box.namelist()[:PARTS_LIMIT])
            if "mimetype" in names and box.getinfo("mimetype").file_size < 100:
                said = box.read("mimetype").decode("ascii", "replace").strip()
                return said if said.startswith("application/vnd.oasis.opendocument.") else None
            found = next((kind for part, kind in _OOXML.items() if part in names), None)
    except (zipfile.BadZipFile, RuntimeError, ValueError, OSError, EOFError, zlib.error):
        return None
    return f"application/vnd.openxmlformats-officedocument.{found}" if found else None


def cleaned_office(content: bytes, picture: Callable[[bytes], bytes]) -> tuple[bytes, bool]:
    """Return a document without its properties, and whether comments or tracked changes stay in it.

    Raises what ``zipfile`` raises, and ValueError when it is too large unpacked.
    """
    out, spoken = BytesIO(), False
    with zipfile.ZipFile(BytesIO(content)) as box, zipfile.ZipFile(out, "w") as bare:
        parts = box.infolist()
        if len(parts) > PARTS_LIMIT or sum(p.file_size for p in parts) > UNPACKED_LIMIT_BYTES:
            raise ValueError("too large unpacked")
        for part in parts:
            raw = box.read(part)
            spoken = spoken or bool(_SPOKEN.search(part.filename) or _tracks(part.filename, raw))
            fresh = zipfile.ZipInfo(part.filename, _WHEN)
            fresh.compress_type = part.compress_type
            bare.writestr(fresh, _bare(part.filename, raw, picture))
    return out.getvalue(), spoken


def _tracks(name: str, raw: bytes) -> bool:
    return name in ("word/document.xml", "content.xml") and _TRACKED.search(raw) is not None


def _bare(name: str, raw: bytes, picture: Callable[[bytes], bytes]) -> bytes:
    if name in _BARE:
        return _BARE[name]
    if _THUMB.search(name):
        return _NOTHING
    return picture(raw) if _PICTURE.search(name) else raw
