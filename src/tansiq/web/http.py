"""What came over the wire, read within limits: forms, files, JSON. Each fault has its code.

1. A body over the limit of its address is refused before it is held whole.
2. Text is UTF-8; bytes that are none are named as binary or as another encoding.
3. Nothing of a refused request is kept.
"""

from __future__ import annotations

import os
import re
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from io import BytesIO
from pathlib import Path
from tempfile import mkstemp
from typing import Final, TypeVar
from urllib.parse import parse_qs

import msgspec
from multipart import MultipartError, MultipartParser, parse_options_header

from tansiq.base.errors import InputError

FORM_LIMIT_BYTES: Final = 1_000_000
UPLOAD_LIMIT_BYTES: Final = 26_000_000
JSON_LIMIT_BYTES: Final = 400_000
STREAM_LIMIT_BYTES: Final = 1_100_000_000
_FIELDS_LIMIT: Final = 5_000


class TooLarge(InputError):
    """More bytes than this address takes."""

    code = "input.too-large"


class Empty(InputError):
    """Nothing was sent."""

    code = "input.empty"


class Binary(InputError):
    """Bytes that are no text."""

    code = "input.binary"


class WrongEncoding(InputError):
    """Text that is not UTF-8."""

    code = "input.encoding"


class NotJson(InputError):
    """Text that is not JSON of the expected form; ``where`` is the path."""

    code = "input.not-json"

    def __init__(self, where: str, why: str) -> None:
        super().__init__(why)
        self.where = where


class BadForm(InputError):
    """A form that cannot be read."""

    code = "input.bad-form"


@dataclass(frozen=True, slots=True)
class Upload:
    """One file of a form."""

    name: str
    media: str
    content: bytes


@dataclass(frozen=True, slots=True)
class Sent:
    """A form as sent: values by name, files by name."""

    values: dict[str, list[str]] = field(default_factory=dict)
    files: dict[str, list[Upload]] = field(default_factory=dict)

    def first(self, name: str, default: str = "") -> str:
        """Return the first value under a name, without outer blanks."""
        found = self.values.get(name)
        return found[0].strip() if found else default

    def file(self, name: str) -> Upload | None:
        """Return the first file under a name that holds or names something."""
        return next((f for f in self.files.get(name, ()) if f.name or f.content), None)


async def spooled(stream: AsyncIterator[bytes], declared: str | None) -> Path:
    """Keep a large body in a file of its own, readable by its owner alone. Raises TooLarge (rule 1)."""
    if declared is not None and declared.isdecimal() and int(declared) > STREAM_LIMIT_BYTES:
        raise TooLarge(f"{declared} bytes; at most {STREAM_LIMIT_BYTES} are taken here")
    handle, name = mkstemp(prefix="tansiq-")
    size_bytes = 0
    with os.fdopen(handle, "wb") as file:
        async for chunk in stream:
            size_bytes += len(chunk)
            if size_bytes > STREAM_LIMIT_BYTES:
                break
            file.write(chunk)
    if size_bytes > STREAM_LIMIT_BYTES:
        Path(name).unlink()
        raise TooLarge(f"more than {STREAM_LIMIT_BYTES} bytes")
    return Path(name)


async def body_within(stream: AsyncIterator[bytes], limit: int, declared: str | None) -> bytes:
    """Return the request's body. Raises TooLarge (rule 1)."""
    if declared is not None and declared.isdecimal() and int(declared) > limit:
        raise TooLarge(f"{declared} bytes; at most {limit} are taken here")
    held = bytearray()
    async for chunk in stream:
        held += chunk
        if len(held) > limit:
            raise TooLarge(f"more than {limit} bytes")
    return bytes(held)


def text_of(raw: bytes) -> str:
    """Return bytes as text. Raises Empty, Binary, WrongEncoding (rule 2)."""
    if not raw.strip():
        raise Empty("nothing was sent")
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        odd = sum(b < 9 or 13 < b < 32 for b in raw[:4096])
        raise (Binary if odd * 20 > min(len(raw), 4096) else WrongEncoding)("not UTF-8 text") from error
    if "\x00" in text:
        raise Binary("the text holds zero bytes")
    return text


T = TypeVar("T")


def json_of(raw: bytes, type_: type[T]) -> T:
    """Return JSON bytes as a value of ``type_``. Raises Empty, Binary, WrongEncoding, NotJson."""
    text_of(raw)
    try:
        return msgspec.json.decode(raw, type=type_)
    except msgspec.ValidationError as error:
        said = str(error)
        at = said.rpartition("`$")[2].strip("`.") if "`$" in said else ""
        named = re.search(r"field `(\w+)`", said)
        where = ".".join(p for p in (at, named[1] if named else "") if p)
        raise NotJson(where, said.partition(" - at ")[0]) from error
    except (msgspec.DecodeError, RecursionError) as error:
        raise NotJson("", "not JSON, or of too many levels") from error


def form_of_body(raw: bytes, content_type: str) -> Sent:
    """Return a form from a body. Raises BadForm, WrongEncoding."""
    media, options = parse_options_header(content_type)
    if media == "multipart/form-data":
        return _multipart(raw, options.get("boundary", ""))
    if media != "application/x-www-form-urlencoded":
        raise BadForm(f"not a form: {media or 'no type'}")
    try:
        values = parse_qs(
            raw.decode("ascii"), keep_blank_values=True, errors="strict", max_num_fields=_FIELDS_LIMIT
        )
    except UnicodeDecodeError as error:
        raise WrongEncoding("the form is not UTF-8") from error
    except ValueError as error:
        raise BadForm("too many fields") from error
    return Sent(values)


def _multipart(raw: bytes, boundary: str) -> Sent:
    sent = Sent()
    try:
        for part in MultipartParser(
            BytesIO(raw),
            boundary,
            content_length=len(raw),
            part_limit=_FIELDS_LIMIT,
            memory_limit=UPLOAD_LIMIT_BYTES,
            spool_limit=UPLOAD_LIMIT_BYTES,
            disk_limit=1,
        ):
            if part.filename is not None:
                upload = Upload(part.filename, part.content_type or "", part.raw)
                sent.files.setdefault(part.name, []).append(upload)
            else:
                sent.values.setdefault(part.name, []).append(part.raw.decode())
            part.close()
    except MultipartError as error:
        raise BadForm("the form's parts cannot be read") from error
    except UnicodeDecodeError as error:
        raise WrongEncoding("the form is not UTF-8") from error
    return sent
