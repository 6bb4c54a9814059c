"""PDF with a text layer, by PDFium: pages in reading order. Scripts and forms of the file never run.

1. A page without letters but with pictures is a scan: its index is given, and it can be drawn for OCR.
2. At most ``PAGES_LIMIT`` pages and ``LETTERS_LIMIT`` letters are read; a file of more is refused.
"""

from __future__ import annotations

import ctypes
from collections.abc import Iterator
from typing import Any, Final

import pypdfium2
import pypdfium2.raw as raw

from tansiq.intake.documents.faults import Bomb, Damaged, Locked
from tansiq.intake.documents.page_layout import Glyph, page_text
from tansiq.intake.documents.shape import Flag, Pages, Picture

PAGES_LIMIT: Final = 1_000
LETTERS_LIMIT: Final = 3_000_000
DRAW_DPI: Final = 250
DRAW_POINTS_LIMIT: Final = 40_000_000
_FEW: Final = 8  # letters: a page number alone makes no text page
_REPLACED: Final = (0, 0xFFFE, 0xFFFF, 2, 3)


def read_pdf(data: bytes) -> Pages:
    """Return the pages of a PDF. Raises Locked, Damaged, Bomb."""
    document = _opened(data)
    count = len(document)
    if count > PAGES_LIMIT:
        raise Bomb(f"{count} pages; at most {PAGES_LIMIT} are read")
    texts, scans, letters = [], [], 0
    for n in range(count):
        glyphs, pictures = _page(document, n)
        letters += len(glyphs)
        if letters > LETTERS_LIMIT:
            raise Bomb(f"more than {LETTERS_LIMIT} letters")
        texts.append(page_text(glyphs))
        if pictures and len(texts[-1]) < _FEW:
            scans.append(n)
    flags: tuple[Flag, ...] = ("embedded",) if _attachments(document) else ()
    return Pages(texts=tuple(texts), scans=tuple(scans), flags=flags)


def draw_page(data: bytes, number: int) -> Picture:
    """Return a page as a grey picture, at most ``DRAW_POINTS_LIMIT`` points large."""
    document = _opened(data)
    page = document[number]
    width, height = page.get_size()
    scale = DRAW_DPI / 72
    if width * height * scale * scale > DRAW_POINTS_LIMIT:
        scale = (DRAW_POINTS_LIMIT / (width * height)) ** 0.5
    bitmap = page.render(scale=scale, grayscale=True)
    rows = bytes(bitmap.buffer)
    stride, wide, high = bitmap.stride, bitmap.width, bitmap.height
    lines = b"".join(rows[y * stride : y * stride + wide] for y in range(high))
    return Picture(b"P5 %d %d 255\n" % (wide, high) + lines)


def _opened(data: bytes) -> Any:
    try:
        return pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        if raw.FPDF_GetLastError() == raw.FPDF_ERR_PASSWORD or "password" in str(error).lower():
            raise Locked("a PDF behind a password") from error
        raise Damaged("not a PDF that can be opened") from error


def _page(document: Any, number: int) -> tuple[list[Glyph], bool]:
    try:
        page = document[number]
        glyphs = list(_glyphs(page.get_textpage()))
        if len(glyphs) >= _FEW:
            return glyphs, False
        return glyphs, any(True for _ in page.get_objects(filter=[raw.FPDF_PAGEOBJ_IMAGE], max_depth=4))
    except pypdfium2.PdfiumError:
        return [], False


def _glyphs(page: Any) -> Iterator[Glyph]:
    handle = page.raw
    x, y, box, turn = ctypes.c_double(), ctypes.c_double(), raw.FS_RECTF(), raw.FS_MATRIX()
    held = 0
    for at in range(raw.FPDFText_CountChars(handle)):
        code = raw.FPDFText_GetUnicode(handle, at)
        if 0xD800 <= code < 0xDC00:
            held = code
            continue
        if 0xDC00 <= code < 0xE000 and held:
            code = 0x10000 + ((held - 0xD800) << 10) + (code - 0xDC00)
        held = 0
        if code in _REPLACED or 0xD800 <= code < 0xE000 or raw.FPDFText_IsGenerated(handle, at) == 1:
            continue
        raw.FPDFText_GetCharOrigin(handle, at, x, y)
        raw.FPDFText_GetLooseCharBox(handle, at, box)
        raw.FPDFText_GetMatrix(handle, at, turn)
        size = raw.FPDFText_GetFontSize(handle, at) * (abs(turn.d) or abs(turn.b) or 1.0)
        left, right = min(box.left, box.right), max(box.left, box.right)
        yield Glyph(chr(code), left, right, y.value, max(size, 0.5), at)


def _attachments(document: Any) -> bool:
    return int(raw.FPDFDoc_GetAttachmentCount(document.raw)) > 0
