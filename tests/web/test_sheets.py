"""Rows of a sheet become records that an officer confirms; lists and records become numbered files."""

from __future__ import annotations

from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

import pytest
from docx import Document
from openpyxl import load_workbook

from tansiq.base.messages import LANGS, Lang
from tansiq.model.label import label
from tansiq.work.sheets_in import sheet
from tests.intake.test_sheet import of_leaves, workbook
from tests.web.site import Site
from tests.work.nodes import done, put

HEAD = ["العنوان", "النص", "متى", "لون المركبة"]
ROW = ["كمين قرب غاو", "وصلت القافلة", "2031-03-01", "أبيض"]
CELLS = "\n".join("\t".join(row) for row in (HEAD, ROW, ["", "بلا عنوان", "", ""]))


@pytest.fixture
def site(tmp_path: Path) -> Iterator[Site]:
    made = Site(tmp_path, protected=("HOSTAGE",))
    with made.client:
        made.sign_in("duty")
        yield made


def brought(site: Site, cells: str = CELLS, kind: str = "report") -> str:
    answer = site.post("/sheets", {"kind": kind, "cells": cells})
    return str(answer.headers["location"])


def mapped(site: Site, *paths: str) -> str:
    here = brought(site)
    site.post(here, {"do": "map", **{f"m.{n}": path for n, path in enumerate(paths)}})
    return here


@pytest.mark.parametrize("lang", LANGS)
def test_the_page_offers_every_kind_that_people_write(site: Site, lang: Lang) -> None:
    site.read_in(lang)
    page = site.get("/sheets")
    assert 'value="report"' in page
    assert 'value="receipt"' not in page


def test_columns_are_recognised_by_their_words_and_errors_stand_at_their_cell(site: Site) -> None:
    here = brought(site)
    page = site.get(here)
    assert '<option value="f.title" selected>' in page
    assert '<option value="f.text" selected>' in page
    assert 'name="row" value="0"' in page
    assert 'name="c.1.0"' in page  # the title that the second row lacks


def test_a_corrected_cell_makes_its_row_fit_and_nothing_of_a_row_is_lost(site: Site) -> None:
    here = mapped(site, "f.title", "f.text", "f.occurred_at.lo", "")
    site.post(here, {"do": "correct", "c.1.0": "عنوان صحيح"})
    assert 'name="row" value="1"' in site.get(here)
    site.post(here, {"do": "sign", "row": ["0", "1"], "l.audience": ["NE"], "l.level": "restricted"})
    page = site.get(here)
    assert page.count('<a href="/record/') == 2
    record = page.partition('<a href="/record/')[2].partition('"')[0]
    shown = site.get(f"/record/{record}")
    assert "كمين قرب غاو" in shown
    assert "لون المركبة" in shown
    assert "أبيض" in shown


def test_nothing_is_signed_without_a_label_or_a_tick(site: Site) -> None:
    here = mapped(site, "f.title", "f.text", "", "")
    assert "sheet.nothing" in site.post(here, {"do": "sign", "l.audience": ["NE"]}, status=422).text
    site.post(here, {"do": "sign", "row": ["0"]}, status=422)
    assert "كمين قرب غاو" not in site.get("/records/report")


def test_the_columns_of_a_head_are_remembered_for_the_next_sheet(site: Site) -> None:
    mapped(site, "f.text", "f.title", "", "")
    again = site.get(brought(site))
    first, second = again.split('name="m.')[1:3]
    assert '<option value="f.text" selected>' in first
    assert '<option value="f.title" selected>' in second


def test_a_choice_may_stand_in_words_of_any_language(site: Site) -> None:
    here = brought(site, "العنوان\turgency\nحريق\tImmédiate\n", "warning")
    words = site.get(here)
    assert 'value="f.urgency" selected' in words
    site.post(here, {"do": "sign", "row": ["0"], "l.audience": ["NE"], "l.level": "restricted"}, status=303)


def test_a_file_of_excel_is_taken_and_a_hostile_one_refused(site: Site) -> None:
    for content, status in ((workbook([*HEAD], [*ROW]), 303), (b"PK\x03\x04rubbish", 422)):
        answer = site.client.post(
            "/sheets", data={"_csrf": site.csrf(), "kind": "report"}, files={"file": ("جدول.xlsx", content)},
            follow_redirects=False,
        )  # fmt: skip
        assert answer.status_code == status


def test_a_sheet_is_its_officers_alone(site: Site) -> None:
    here = brought(site)
    site.sign_in("legal")
    site.get(here, 404)
    assert "خلايا ملصقة" not in site.get("/sheets")


def test_a_list_becomes_a_workbook_of_what_its_reader_sees_with_his_copy_number(site: Site) -> None:
    done(put(site.node.desk("release"), "تقرير ظاهر", to=("ML", "NE")))
    done(put(site.node.desk(compartments=("ORYX",)), "تقرير مكتوم", to=("ML",), compartments=("ORYX",)))
    answers = [site.post("/lists/sheet", {"kind": "report"}, status=200) for _ in range(2)]
    sheet = load_workbook(BytesIO(answers[1].content)).worksheets[0]
    said = [str(cell) for row in sheet.iter_rows(values_only=True) for cell in row if cell]
    assert "تقرير ظاهر" in said
    assert "تقرير مكتوم" not in said
    assert sheet.sheet_view.rightToLeft
    assert any("نسخة رقم 2" in words for words in said)
    site.sign_in("auditor")
    assert "export" in site.get("/journal")


@pytest.mark.parametrize("lang", LANGS)
def test_a_record_becomes_a_document_and_a_workbook(site: Site, lang: Lang) -> None:
    record = done(put(site.node.desk("release"), "كمين قرب غاو", fields={"text": "وصلت القافلة"}))
    site.read_in(lang)
    answer = site.post(f"/record/{record}/document", {}, status=200)
    made = Document(BytesIO(answer.content))
    assert any("كمين قرب غاو" in p.text for p in made.paragraphs)
    assert any("وصلت القافلة" in p.text for p in made.paragraphs)
    assert made.sections[0].header.paragraphs[0].text
    assert site.post(f"/record/{record}/sheet", {}, status=200).content[:2] == b"PK"


def test_what_two_persons_open_does_not_become_a_file(site: Site) -> None:
    bears = label(["ML"], rules=["TWO-PERSON"])
    record = done(put(site.node.desk("release"), "سرّ", under=bears))
    for form in ("sheet", "document"):
        assert site.post(f"/record/{record}/{form}", {}, status=403)
    answer = site.post("/lists/sheet", {"kind": "report"}, status=200)
    sheet = load_workbook(BytesIO(answer.content)).worksheets[0]
    assert "سرّ" not in [cell for row in sheet.iter_rows(values_only=True) for cell in row]


def test_an_officer_chooses_the_worksheet_and_each_keeps_its_own_state(site: Site) -> None:
    book = of_leaves(
        Faits=[["العنوان", "متى"], ["كمين", "2031-03-01"]], Bis=[["العنوان", "نص"], ["لقاء", "ن"]]
    )
    files = {"file": ("كتاب.xlsx", book, "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet")}
    data = {"_csrf": site.csrf(), "kind": "report"}
    answer = site.client.post("/sheets", data=data, files=files, follow_redirects=False)
    assert answer.status_code == 303, answer.text[:500]
    here = answer.headers["location"]
    page = site.get(here)
    assert "كمين" in page
    assert '<option value="0"' in page
    site.post(here, {"do": "map", "m.0": "f.title", "m.1": ""})
    site.post(here, {"do": "turn", "leaf": "0"})
    assert "لقاء" in site.get(here)
    site.post(here, {"do": "turn", "leaf": "7"})
    assert "لقاء" in site.get(here)
    site.post(here, {"do": "turn", "leaf": "0"})
    assert "كمين" in site.get(here)
    with site.node.store.read() as rx:
        held = sheet(rx, site.node.desk("duty").officer, here.rpartition("/")[2])
    assert held is not None
    assert (held.leaf, held.columns, held.others[0].name) == ("Faits", ("f.title", ""), "Bis")
