"""Registers of incoming and outgoing: what a reader sees of them, printed and as files; N/Réf and V/Réf."""

from __future__ import annotations

import re
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

import pytest
from openpyxl import load_workbook

from tansiq.base.clock import millis
from tansiq.base.ids import id_of
from tansiq.base.messages import LANGS, Lang
from tansiq.model.label import label
from tansiq.model.record import Ref
from tansiq.web.pages import registers
from tests.store.making import Maker
from tests.web.site import Site
from tests.work.nodes import done, put

FORM = {"f.title": "جوابنا", "h.lang": "ar", "h.priority": "3", "l.audience": "NE", "l.level": "restricted"}


@pytest.fixture
def site(tmp_path: Path) -> Iterator[Site]:
    made = Site(tmp_path)
    with made.client:
        made.sign_in("duty")
        yield made


def came(site: Site, title: str, *cells: str, registry: str = "") -> bytes:
    record = Maker(title)(
        title, originator="NE", bears=label(["ML", "NE"], compartments=cells), registry=registry
    )
    with site.node.store.write() as tx:
        tx.append(record, received_ms=millis(site.node.clock.now()))
    return record.header.id


def numbers(page: str) -> list[str]:
    return re.findall(r'<td class="fit"><bdi class="id">(\d+/\d{4})</bdi>', page)


@pytest.mark.parametrize("lang", LANGS)
def test_what_comes_stands_in_the_register_of_incoming(site: Site, lang: Lang) -> None:
    came(site, "رسالة أولى", registry="NE/114")
    came(site, "رسالة ثانية")
    site.read_in(lang)
    page = site.get("/registers")
    assert numbers(page) == ["2/2031", "1/2031"]
    assert "NE/114" in page
    assert "رسالة أولى" not in site.get("/registers?way=out")
    assert "رسالة أولى" not in site.get("/registers?year=2030")


def test_a_hidden_record_leaves_no_gap_in_the_numbers_of_others(site: Site) -> None:
    for title, cells in (("أولى", ()), ("مكتومة", ("ORYX",)), ("ثانية", ()), ("مكتومة ثانية", ("ORYX",))):
        came(site, title, *cells)
    page = site.get("/registers")
    assert numbers(page) == ["2/2031", "1/2031"]
    assert "مكتومة" not in page
    site.sign_in("duty", compartments=("ORYX",))
    inside = site.get("/registers")
    assert sorted(numbers(inside)) == ["1/2031", "1/2031", "2/2031", "2/2031"]
    assert "ORYX" in inside


def test_what_is_sent_stands_in_the_register_of_outgoing_with_both_references(site: Site) -> None:
    letter = came(site, "طلب معلومات", registry="NE/114")
    desk = site.node.desk("release")
    answer = done(put(desk, "جواب", to=("ML", "NE")))
    assert answer in site.get("/registers?way=out")
    page = site.post("/records/report/new", {**FORM, "h.registry": "ML/9", "h.refs.0.role": "answers",
                     "h.refs.0.record": str(Ref("answers", letter).record_id)})  # fmt: skip
    shown = site.get(page.headers["location"])
    for words in ("ML/9", "NE/114", "2/2031"):
        assert f'<bdi class="id">{words}</bdi>' in shown


def test_a_reference_of_paper_is_written_and_outlives_a_correction(site: Site) -> None:
    made = site.post("/records/report/new", {**FORM, "h.your_reference": "و.خ/221"})
    where = made.headers["location"]
    assert "و.خ/221" in site.get(where)
    form = site.get(f"{where}/edit")
    assert 'name="h.your_reference"' in form
    assert 'value="و.خ/221"' in form
    assert "V/Réf" not in form.partition('name="f.particulars')[2][:400]


def test_a_register_becomes_a_workbook(site: Site) -> None:
    came(site, "رسالة أولى", registry="NE/114")
    answer = site.post("/registers/sheet", {"way": "in", "year": "2031"}, status=200)
    sheet = load_workbook(BytesIO(answer.content)).worksheets[0]
    assert "1/2031" in [cell for row in sheet.iter_rows(values_only=True) for cell in row]
    assert site.post("/registers/document", {"way": "in"}, status=200).content[:2] == b"PK"


def test_a_register_is_leafed_through_and_what_is_hidden_makes_no_page_shorter(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(registers, "PAGE", 2)
    for title, cells in (("أولى", ()), ("ثانية", ()), ("مكتومة", ("ORYX",)), ("ثالثة", ()), ("رابعة", ())):
        came(site, title, *cells)
    page = site.get("/registers")
    assert numbers(page) == ["4/2031", "3/2031"]
    (further,) = re.findall(r'href="(/registers[^"]*after[^"]*)"', page)
    last = site.get(further)
    assert numbers(last) == ["2/2031", "1/2031"]
    assert "after=" not in last


def test_below_a_hidden_line_the_register_begins_anew_as_below_none(site: Site) -> None:
    came(site, "ظاهرة")
    hidden = id_of(came(site, "مكتومة", "ORYX"))
    came(site, "ظاهرة ثانية")
    absent = id_of(Maker("غائب")("غائب", originator="NE").header.id)
    shown = [numbers(site.get(f"/registers?after={one}")) for one in (hidden, absent, "x")]
    assert shown == [["2/2031", "1/2031"]] * 3
