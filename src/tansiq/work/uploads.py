"""Files that officers bring: what they are by their own bytes, a name that hides nothing, no metadata.

1. The media type is read from the content; what the browser or the name says decides nothing.
2. A name keeps no path, no control and no mark that turns direction; its ending fits what the file is.
3. Pictures (JPEG, PNG, WebP, GIF) lose EXIF, GPS, comments and what stands behind their end, without being
   decoded: what is seen stays bit for bit. A JPEG keeps which way is up, and nothing more.
4. Office documents lose their properties and thumbnail; their pictures are cleaned too.
5. What cannot be cleaned (PDF, film, sound, TIFF, HEIC; comments and tracked changes) is said to remain.
"""

from __future__ import annotations

import re
import unicodedata
import zipfile
import zlib
from typing import Final, Literal

from msgspec import Struct

from tansiq.work.office import cleaned_office, office_media
from tansiq.work.pictures import NotOne, cleaned_gif, cleaned_jpeg, cleaned_png, cleaned_webp

Left = Literal["", "inside", "comments"]

NAME_LIMIT: Final = 150
ANY: Final = "application/octet-stream"
_MAGIC: Final[tuple[tuple[int, bytes, str], ...]] = (
    (0, b"\xff\xd8\xff", "image/jpeg"),
    (0, b"\x89PNG\r\n\x1a\n", "image/png"),
    (0, b"GIF87a", "image/gif"),
    (0, b"GIF89a", "image/gif"),
    (8, b"WEBP", "image/webp"),
    (0, b"II*\0", "image/tiff"),
    (0, b"MM\0*", "image/tiff"),
    (4, b"ftypheic", "image/heic"),
    (4, b"ftypheix", "image/heic"),
    (4, b"ftypmif1", "image/heic"),
    (4, b"ftypavif", "image/avif"),
    (4, b"ftyp", "video/mp4"),
    (0, b"%PDF-", "application/pdf"),
    (0, b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "application/x-ole-storage"),
    (0, b"{\\rtf", "application/rtf"),
    (0, b"ID3", "audio/mpeg"),
    (0, b"OggS", "audio/ogg"),
    (8, b"WAVE", "audio/wav"),
    (0, b"\x1aE\xdf\xa3", "video/webm"),
    (0, b"PK\x03\x04", "application/zip"),
)
_ENDINGS: Final[dict[str, tuple[str, ...]]] = {
    "image/jpeg": ("jpg", "jpeg", "jpe"),
    "image/png": ("png",),
    "image/gif": ("gif",),
    "image/webp": ("webp",),
    "image/tiff": ("tif", "tiff"),
    "image/heic": ("heic", "heif"),
    "image/avif": ("avif",),
    "video/mp4": ("mp4", "mov", "m4a", "m4v", "3gp"),
    "video/webm": ("webm", "mkv"),
    "audio/mpeg": ("mp3",),
    "audio/ogg": ("ogg", "opus", "oga"),
    "audio/wav": ("wav",),
    "application/pdf": ("pdf",),
    "application/rtf": ("rtf",),
    "application/x-ole-storage": ("doc", "xls", "ppt", "msg"),
    "application/zip": ("zip", "kmz", "jar"),
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": ("docx",),
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": ("xlsx",),
    "application/vnd.openxmlformats-officedocument.presentationml.presentation": ("pptx",),
    "application/vnd.oasis.opendocument.text": ("odt",),
    "application/vnd.oasis.opendocument.spreadsheet": ("ods",),
    "application/vnd.oasis.opendocument.presentation": ("odp",),
    "text/plain": (
        "txt", "csv", "tsv", "md", "json", "geojson", "xml", "kml", "gpx", "html", "htm", "svg", "ics",
        "eml", "log",
    ),
}  # fmt: skip
_PICTURES: Final = {
    "image/jpeg": cleaned_jpeg,
    "image/png": cleaned_png,
    "image/webp": cleaned_webp,
    "image/gif": cleaned_gif,
}
_PLAIN: Final = ("text/plain",)


class Cleaned(Struct, frozen=True, kw_only=True):
    """A file as it may be kept. ``removed``: something was; ``left``: what could not be."""

    content: bytes
    media: str
    name: str
    removed: bool = False
    left: Left = ""


def cleaned(content: bytes, said: str, *, keep: bool = False) -> Cleaned:
    """Return a file by its own bytes, under a clean name, without metadata unless ``keep``."""
    media = media_of(content)
    name = name_for(said, media)
    if keep:
        return Cleaned(content=content, media=media, name=name, left="" if media in _PLAIN else "inside")
    if (clean := _PICTURES.get(media)) is not None:
        try:
            bare = clean(content)
        except NotOne:
            return Cleaned(content=content, media=ANY, name=name_for(said, ANY), left="inside")
        return Cleaned(content=bare, media=media, name=name, removed=bare != content)
    if "officedocument" in media or "opendocument" in media:
        return _office(content, media, name)
    return Cleaned(content=content, media=media, name=name, left="" if media in _PLAIN else "inside")


def media_of(content: bytes) -> str:
    """Return what a file is by its own bytes (rule 1); text of any form is ``text/plain``."""
    for at, magic, media in _MAGIC:
        if content[at : at + len(magic)] == magic:
            return office_media(content) or media if media == "application/zip" else media
    head = content[:65_536]
    try:
        text = head.decode()
    except UnicodeDecodeError as error:
        if error.start < len(head) - 4:
            return ANY
        text = head[: error.start].decode()
    return ANY if re.search(r"[\x00-\x08\x0e-\x1f\x7f]", text) else "text/plain"


def name_for(said: str, media: str) -> str:
    """Return a name fit to be kept, shown and saved (rule 2)."""
    plain = unicodedata.normalize("NFC", said).replace("\\", "/").rpartition("/")[2]
    shown = "".join(c for c in plain if c == " " or unicodedata.category(c)[0] not in "CZ")
    words = " ".join(shown.split()).strip(". ")
    stem, dot, ending = words.rpartition(".")
    if not dot or len(ending) > 8:
        stem, ending = words, ""
    stem = re.sub(r'[<>:"|?*;%]', "_", stem)[: NAME_LIMIT - 10].strip(". ") or "file"
    known = _ENDINGS.get(media, ())
    ending = re.sub(r"\W", "", ending.lower(), flags=re.ASCII)
    if known and ending in known:
        return f"{stem}.{ending}"
    claimed = f"{stem}.{ending}" if ending else stem
    if known:
        return f"{claimed}.{known[0]}"
    lies = any(ending in endings for endings in _ENDINGS.values())
    return f"{claimed}.bin" if lies else claimed


def _office(content: bytes, media: str, name: str) -> Cleaned:
    try:
        bare, comments = cleaned_office(content, _picture)
    except (zipfile.BadZipFile, RuntimeError, ValueError, OSError, EOFError, zlib.error):
        return Cleaned(content=content, media=media, name=name, left="inside")
    return Cleaned(content=bare, media=media, name=name, removed=True, left="comments" if comments else "")


def _picture(content: bytes) -> bytes:
    """Return a picture within a document without its metadata; what is none stays as it is."""
    clean = _PICTURES.get(media_of(content))
    try:
        return content if clean is None else clean(content)
    except NotOne:
        return content
