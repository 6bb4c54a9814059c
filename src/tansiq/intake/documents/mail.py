"""E-mail: subject and words of a message as one document, every attachment as a file of its own.

1. Of alternatives the plain one is read; one that holds nothing else is read from its HTML.
2. Pictures that the HTML shows in its text are no attachments; a forwarded message is one.
3. The day of its date is taken as the day of publication; the sender is kept beside the text, not in it.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from email.errors import MessageError
from email.message import Message
from email.parser import BytesParser
from email.policy import default
from email.utils import parsedate_to_datetime
from typing import Final

from tansiq.intake.documents.charset import readable
from tansiq.intake.documents.faults import Bomb
from tansiq.intake.documents.html import text_of_html
from tansiq.intake.documents.shape import Document, Enclosed, Extract, Flag
from tansiq.intake.read import EmptyInput

PARTS_LIMIT: Final = 500
ENCLOSED_LIMIT: Final = 200
ENCLOSED_BYTES: Final = 100_000_000
_HEADER_CHARACTERS: Final = 500
_ENCRYPTED: Final = ("application/pkcs7-mime", "application/x-pkcs7-mime", "application/pgp-encrypted")
_SIGNATURES: Final = (
    "application/pkcs7-signature",
    "application/x-pkcs7-signature",
    "application/pgp-signature",
)


def read_mail(data: bytes, name: str) -> Extract:
    """Return a message and what is attached to it. Raises EmptyInput, Bomb."""
    message = BytesParser(policy=default).parsebytes(data)
    leaves = list(_leaves(message))
    plain = [p for p in leaves if p.get_content_type() == "text/plain" and not _attached(p)]
    marked = [p for p in leaves if p.get_content_type() == "text/html" and not _attached(p)]
    body = "\n\n".join(filter(None, (_words(p).strip() for p in plain)))
    if not body:
        body = "\n\n".join(filter(None, (text_of_html(_words(p)) for p in marked)))
    enclosed = tuple(_enclosed(p) for p in leaves if _is_enclosed(p))
    if len(enclosed) > ENCLOSED_LIMIT or sum(len(e.content) for e in enclosed) > ENCLOSED_BYTES:
        raise Bomb("too much is attached")
    subject = _header(message, "subject")
    text = "\n\n".join(filter(None, (subject, body)))
    if not text and not enclosed:
        raise EmptyInput("a message without words")
    flags: list[Flag] = ["remote"] if any("http" in _words(p)[:200_000] and _shows(p) for p in marked) else []
    if any(p.get_content_type() in _ENCRYPTED for p in leaves):
        flags.append("locked-part")
    made = Document(
        name=name,
        format="mail",
        text=text,
        flags=tuple(flags),
        published=_day(message),
        sender=_header(message, "from"),
    )
    return Extract(documents=(made,) if text else (), enclosed=enclosed)


def _leaves(message: Message) -> Iterator[Message]:
    """Yield the parts that hold something, a forwarded message as one; without recursion."""
    waiting: list[Message] = [message]
    seen = 0
    while waiting:
        part = waiting.pop()
        seen += 1
        if seen > PARTS_LIMIT:
            raise Bomb(f"more than {PARTS_LIMIT} parts")
        inner = part.get_payload()
        if part.get_content_type() == "message/rfc822" or not isinstance(inner, list):
            yield part
        else:
            waiting.extend(p for p in reversed(inner) if isinstance(p, Message))


def _attached(part: Message) -> bool:
    return part.get_content_disposition() == "attachment" or bool(_file_name(part))


def _is_enclosed(part: Message) -> bool:
    kind = part.get_content_type()
    if kind in _SIGNATURES or kind in _ENCRYPTED:
        return False
    if kind == "message/rfc822":
        return True
    if kind in ("text/plain", "text/html"):
        return _attached(part)
    if (
        kind.startswith("image/")
        and part.get("content-id")
        and part.get_content_disposition() != "attachment"
    ):
        return False
    return kind.startswith(("image/", "application/")) or _attached(part)


def _enclosed(part: Message) -> Enclosed:
    if part.get_content_type() == "message/rfc822":
        inner = part.get_payload()
        first = inner[0] if isinstance(inner, list) and inner else None
        content = first.as_bytes() if isinstance(first, Message) else b""
        subject = _header(first, "subject") if isinstance(first, Message) else ""
        return Enclosed(_file_name(part) or f"{subject[:80] or 'message'}.eml", content)
    held = part.get_payload(decode=True)
    ending = part.get_content_subtype()
    return Enclosed(_file_name(part) or f"part.{ending}", held if isinstance(held, bytes) else b"")


def _file_name(part: Message) -> str:
    try:
        return (part.get_filename() or "")[:_HEADER_CHARACTERS]
    except (MessageError, ValueError, LookupError, AttributeError, IndexError, TypeError):
        return ""


def _words(part: Message) -> str:
    """Return a part's text, whatever it says of its encoding."""
    try:
        content = part.get_payload(decode=True)
    except (ValueError, LookupError, AssertionError):
        return ""
    if not isinstance(content, bytes):
        return ""
    return readable(content, part.get_content_charset() or "")


def _shows(part: Message) -> bool:
    said = _words(part).lower()
    return "<img" in said or "<link" in said or "<script" in said


def _header(message: Message, name: str) -> str:
    try:
        return " ".join(str(message.get(name) or "").split())[:_HEADER_CHARACTERS]
    except (MessageError, ValueError, LookupError, AttributeError, IndexError, TypeError):
        return ""


def _day(message: Message) -> date | None:
    said = _header(message, "date")
    try:
        return parsedate_to_datetime(said).date() if said else None
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
