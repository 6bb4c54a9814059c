"""Files dropped at the intake: a PDF and an e-mail with an attachment, made of the shipped samples.

1. Both are made when the step is walked; nobody else's document is shipped.
2. The day of publication of the first is entered, and one of its gaps becomes a request for information.
"""

from __future__ import annotations

import textwrap
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from datetime import date
from email.message import EmailMessage
from email.utils import format_datetime, parsedate_to_datetime
from importlib.resources import files
from typing import Any, Final

from tansiq.node.client import NodeAnswer, NodeClient

ARTICLE: Final = "fr-03-agadez-postes"
LETTER: Final = "ar-06-menaka-second-account"
ATTACHED: Final = "en-01-caravan-wire"
Until = Callable[[Callable[[], Awaitable[bool]]], Awaitable[bool]]
WHY: Final = "تاريخ العدد المطبوع"
WIDTH: Final = 84
LINES: Final = 52
_SIGNS: Final = str.maketrans({"‘": "'", "“": '"', "”": '"', "\u202f": " ", "\u2011": "-"})


@dataclass(frozen=True, slots=True)
class Dropped:
    """What came of the files: the drafts of each, whether dates were solved anew, and the request made."""

    paper: tuple[str, ...]
    letter: tuple[str, ...]
    dated: bool
    request: str


async def drop(desk: NodeClient, printed: date, until: Until) -> Dropped:
    """Hand both files in, enter the day of publication of the first, ask for what one of its gaps lacks."""
    paper = _drafts(await desk.upload(f"{ARTICLE}.pdf", pdf_of(_sample(ARTICLE))))
    letter = _drafts(await desk.upload(f"{LETTER}.eml", letter_of(LETTER, ATTACHED)))
    await until(lambda: _attachment_read(desk))
    letter += await _attached(desk)
    said = {"lo": printed.isoformat(), "why": WHY}
    solved = await desk.post(f"/api/intake/{paper[0]}/published", said)
    out = solved["machine"]["published"]
    return Dropped(paper, letter, out["basis"] == "given", await _asked(desk, paper[0], solved))


def pdf_of(text: str) -> bytes:
    """Return a text in Latin letters as a PDF with a text layer: pages of lines in a standard font."""
    lines = [
        line for p in text.split("\n") for line in textwrap.wrap(p, WIDTH, break_on_hyphens=False) or [""]
    ]
    pages = [lines[at : at + LINES] for at in range(0, len(lines), LINES)]
    kids = " ".join(f"{4 + 2 * n} 0 R" for n in range(len(pages)))
    font = b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>"
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        f"<</Type/Pages/Kids[{kids}]/Count {len(pages)}>>".encode(),
        font,
    ]
    for n, page in enumerate(pages):
        objects += [_page(5 + 2 * n), _content(page)]
    return _bound(objects)


def letter_of(name: str, attached: str) -> bytes:
    """Return an e-mail: a sample as its text, another as its attachment."""
    head, _, body = _sample(name).partition("\n")
    letter = EmailMessage()
    letter["From"] = "bureau@exercice.example"
    letter["To"] = "accueil@exercice.example"
    letter["Date"] = format_datetime(parsedate_to_datetime("Tue, 20 Mar 2029 08:00:00 +0000"))
    letter["Subject"] = head
    letter.set_content(body)
    letter.add_attachment(
        _sample(attached).encode(), maintype="text", subtype="plain", filename=f"{attached}.txt"
    )
    return letter.as_bytes()


async def _asked(desk: NodeClient, draft: str, held: dict[str, Any]) -> str:
    """Return the request made of the first gap that the draft holds, blank where it holds none."""
    if held["asked"]:
        return str(next(iter(held["asked"].values())))
    if not held["machine"]["gaps"]:
        return ""
    try:
        return str((await desk.post(f"/api/intake/{draft}/gap", {"gap": 0}))["rfi"])
    except NodeAnswer:
        return ""


async def _attached(desk: NodeClient) -> tuple[str, ...]:
    """Return the drafts of the attachment, which the node reads in its own time."""
    rows = (await desk.get("/api/intake"))["files"]
    return tuple(d for row in rows if row["name"] == f"{ATTACHED}.txt" for d in row["drafts"])


async def _attachment_read(desk: NodeClient) -> bool:
    return bool(await _attached(desk))


def _drafts(made: dict[str, Any]) -> tuple[str, ...]:
    return tuple(made.get("drafts") or ([made["id"]] if "id" in made else []))


def _sample(name: str) -> str:
    return files("tansiq").joinpath("samples", "reports", f"{name}.txt").read_text(encoding="utf8")


def _page(content: int) -> bytes:
    return (
        "<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Resources<</Font<</F 3 0 R>>>>"
        f"/Contents {content} 0 R>>"
    ).encode()


def _content(lines: Sequence[str]) -> bytes:
    shown = b"".join(b"(" + _escaped(line) + b") Tj T*\n" for line in lines)
    stream = b"BT /F 11 Tf 14 TL 60 780 Td\n" + shown + b"ET"
    return b"<</Length %d>>stream\n" % len(stream) + stream + b"\nendstream"


def _escaped(line: str) -> bytes:
    raw = line.translate(_SIGNS).encode("cp1252", errors="replace")
    return raw.replace(b"\\", b"\\\\").replace(b"(", b"\\(").replace(b")", b"\\)")


def _bound(objects: Sequence[bytes]) -> bytes:
    made, starts = b"%PDF-1.4\n", []
    for n, each in enumerate(objects, 1):
        starts.append(len(made))
        made += b"%d 0 obj\n" % n + each + b"\nendobj\n"
    table = b"".join(b"%010d 00000 n \n" % at for at in starts)
    trailer = b"trailer<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n" % (len(starts) + 1, len(made))
    return made + b"xref\n0 %d\n0000000000 65535 f \n" % (len(starts) + 1) + table + trailer
