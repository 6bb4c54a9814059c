"""What a sheet and a document have in common: letterhead, label, reader and copy, and bytes that repeat.

1. The label heads and foots every sheet; the foot names the reader and the number of his copy.
2. Files of the same content are the same bytes: no machine, no moment but the node's own stands in them.
"""

from __future__ import annotations

import zipfile
from dataclasses import dataclass
from datetime import datetime
from io import BytesIO
from typing import Final

from tansiq.base.messages import Lang

SHEET: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
DOCUMENT: Final = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_WHEN: Final = (1980, 1, 1, 0, 0, 0)


@dataclass(frozen=True, slots=True)
class Letterhead:
    """What stands around a product: whose it is, its label in words, the line of reader and copy."""

    post: str
    label: str
    copy: str
    made: datetime
    lang: Lang
    exercise: str = ""

    @property
    def right_to_left(self) -> bool:
        """Whether it runs from right to left."""
        return self.lang == "ar"

    @property
    def banner(self) -> str:
        """The label as every sheet bears it."""
        return f"{self.label} · {self.exercise}" if self.exercise else self.label


def printable(text: str) -> str:
    """Return text without what XML cannot hold."""
    return "".join(c for c in text if c in "\n\t" or (c.isprintable() and c != "\ufffe"))


def repeatable(archive: bytes) -> bytes:
    """Return an Office archive with the same parts and no time of its making (rule 2)."""
    out = BytesIO()
    with zipfile.ZipFile(BytesIO(archive)) as box, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as fresh:
        for part in sorted(box.infolist(), key=lambda p: (p.filename != "[Content_Types].xml", p.filename)):
            entry = zipfile.ZipInfo(part.filename, _WHEN)
            entry.compress_type = zipfile.ZIP_DEFLATED
            fresh.writestr(entry, box.read(part))
    return out.getvalue()
