"""Files for Excel and Word: label and letterhead on every sheet, Arabic from right to left, no formulas."""

from __future__ import annotations

import zipfile
from datetime import UTC, datetime
from io import BytesIO

import pytest
from docx import Document
from docx.oxml.ns import qn
from openpyxl import load_workbook

from tansiq.base.messages import Lang
from tansiq.products.document import Script, document
from tansiq.products.paper import Letterhead
from tansiq.products.sheet import Listing, workbook

AT = datetime(2031, 3, 2, 6, tzinfo=UTC)
TABLE = Listing("قائمة", ("العنوان", "العدد"), (("=1+1", "2"), ("كمين & قافلة\x00", "-3")))


def head(lang: Lang = "ar") -> Letterhead:
    return Letterhead("مالي", "سري · ML · NE", "نسخة رقم 3 للقارئ ضابط", AT, lang)


def test_a_workbook_bears_label_post_reader_and_copy() -> None:
    book = load_workbook(BytesIO(workbook(TABLE, head())))
    sheet = book.worksheets[0]
    said = [str(row[0]) for row in sheet.iter_rows(values_only=True, max_row=4)]
    assert said == ["سري · ML · NE", "مالي", "قائمة", "نسخة رقم 3 للقارئ ضابط"]
    assert sheet.oddHeader is not None
    assert sheet.oddHeader.center is not None
    assert "سري" in str(sheet.oddHeader.center.text)


@pytest.mark.parametrize(("lang", "turned"), [("ar", True), ("fr", False), ("en", False)])
def test_an_arabic_sheet_runs_from_right_to_left(lang: Lang, turned: bool) -> None:
    sheet = load_workbook(BytesIO(workbook(TABLE, head(lang)))).worksheets[0]
    assert bool(sheet.sheet_view.rightToLeft) is turned


def test_what_looks_like_a_formula_is_text() -> None:
    sheet = load_workbook(BytesIO(workbook(TABLE, head()))).worksheets[0]
    cells = [cell for row in sheet.iter_rows() for cell in row if cell.value is not None]
    assert {cell.data_type for cell in cells} == {"s"}
    assert "=1+1" in [cell.value for cell in cells]


def test_a_document_bears_label_at_head_and_foot_and_runs_as_its_words_do() -> None:
    script = Script("تقرير: كمين", (("المنشئ", "مالي"),), ("نصّ عربي", "texte français"), (TABLE,))
    made = Document(BytesIO(document(script, head())))
    section = made.sections[0]
    assert section.header.paragraphs[0].text == "سري · ML · NE"
    assert [p.text for p in section.footer.paragraphs] == ["سري · ML · NE", "نسخة رقم 3 للقارئ ضابط"]
    turned = {
        p.text: p._p.pPr is not None and p._p.pPr.find(qn("w:bidi")) is not None for p in made.paragraphs
    }
    assert turned["نصّ عربي"]
    assert not turned["texte français"]
    assert made.tables[0]._tbl.tblPr.find(qn("w:bidiVisual")) is not None
    assert made.tables[1].rows[1].cells[0].text == "=1+1"


def test_the_same_content_gives_the_same_bytes_and_names_no_program() -> None:
    script = Script("عنوان", (), ("نصّ",))
    for one, other in ((document(script, head()),) * 2, (workbook(TABLE, head()), workbook(TABLE, head()))):
        assert one == other
        with zipfile.ZipFile(BytesIO(one)) as box:
            core = box.read("docProps/core.xml").decode()
            assert {part.date_time[0] for part in box.infolist()} == {1980}
        assert "python" not in core.casefold()
        assert "openpyxl" not in core.casefold()
