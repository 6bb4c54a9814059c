"""A record or a list as a Word document: letterhead, label at head and foot, right to left in Arabic."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from io import BytesIO
from typing import Final

from docx import Document as new_document
from docx.document import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml.ns import qn
from docx.oxml.parser import OxmlElement
from docx.shared import Mm, Pt
from docx.table import Table
from docx.text.paragraph import Paragraph
from docx.text.run import Run

from tansiq.products.paper import Letterhead, printable, repeatable
from tansiq.products.sheet import Listing

_FONT: Final = "IBM Plex Sans Arabic"
_ARABIC: Final = range(0x0590, 0x0900)
_FORMS: Final = range(0xFB1D, 0xFF00)


@dataclass(frozen=True, slots=True)
class Script:
    """A record in words: title, particulars as pairs, the paragraphs of its text, further tables."""

    title: str
    pairs: Sequence[tuple[str, str]]
    text: Sequence[str]
    tables: Sequence[Listing] = ()


def document(script: Script, head: Letterhead) -> bytes:
    """Return a .docx file. Each paragraph runs as its own words do; the page as its language does."""
    made = new_document()
    _page(made, head)
    _say(made.add_paragraph(), head.post, head, bold=True)
    _say(made.add_paragraph(), script.title, head, bold=True, size_pt=15)
    _table(made, Listing("", (), [list(pair) for pair in script.pairs]), head)
    for paragraph in script.text:
        _say(made.add_paragraph(), paragraph, head)
    for each in script.tables:
        _say(made.add_paragraph(), each.title, head, bold=True)
        _table(made, each, head)
    return _bytes(made, head)


def _page(made: Document, head: Letterhead) -> None:
    section = made.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    _say(section.header.paragraphs[0], head.banner, head, bold=True, centred=True)
    _say(section.footer.paragraphs[0], head.banner, head, bold=True, centred=True)
    _say(section.footer.add_paragraph(), head.copy, head, centred=True, size_pt=8)
    if head.right_to_left:
        grid = section._sectPr.find(qn("w:docGrid"))
        turned = OxmlElement("w:bidi")
        grid.addprevious(turned) if grid is not None else section._sectPr.append(turned)


def _table(made: Document, listing: Listing, head: Letterhead) -> None:
    columns = len(listing.columns) or max((len(row) for row in listing.rows), default=0)
    if not columns:
        return
    table = made.add_table(rows=0, cols=columns)
    table.style = "Table Grid"
    _turn(table, head)
    for n, row in enumerate(([listing.columns] if listing.columns else []) + [*listing.rows]):
        cells = table.add_row().cells
        for cell, value in zip(cells, row, strict=False):
            _say(cell.paragraphs[0], value, head, bold=bool(listing.columns) and n == 0, size_pt=9)


def _turn(table: Table, head: Letterhead) -> None:
    if head.right_to_left:
        style = table._tbl.tblPr.find(qn("w:tblStyle"))
        style.addnext(OxmlElement("w:bidiVisual"))


def _say(
    paragraph: Paragraph,
    text: str,
    head: Letterhead,
    *,
    bold: bool = False,
    centred: bool = False,
    size_pt: int = 11,
) -> None:
    run = paragraph.add_run(printable(text))
    run.bold, run.font.size, run.font.name = bold, Pt(size_pt), _FONT
    properties = paragraph._p.get_or_add_pPr()
    turned = _leans(text, right_to_left=head.right_to_left)
    if turned:
        properties.append(OxmlElement("w:bidi"))
    _script(run, bold=bold, size_pt=size_pt, turned=turned)
    if centred:
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER


def _script(run: Run, *, bold: bool, size_pt: int, turned: bool) -> None:
    """Say for complex script what was said for Latin: Word keeps the two apart."""
    properties = run._r.get_or_add_rPr()
    properties.get_or_add_rFonts().set(qn("w:cs"), _FONT)
    if bold:
        properties.find(qn("w:b")).addnext(OxmlElement("w:bCs"))
    size = OxmlElement("w:szCs")
    size.set(qn("w:val"), str(size_pt * 2))
    properties.append(size)
    if turned:
        properties.append(OxmlElement("w:rtl"))


def _leans(text: str, *, right_to_left: bool) -> bool:
    """Whether a paragraph runs from right to left: by its first letter, else as the page does."""
    first = next((c for c in text if c.isalpha()), "")
    return right_to_left if not first else ord(first) in _ARABIC or ord(first) in _FORMS


def _bytes(made: Document, head: Letterhead) -> bytes:
    properties = made.core_properties
    properties.author, properties.comments, properties.last_modified_by = head.post, "", head.post
    properties.title = ""
    properties.created = properties.modified = head.made.replace(tzinfo=None)
    out = BytesIO()
    made.save(out)
    return repeatable(out.getvalue())
