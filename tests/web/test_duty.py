"""Duty roster, directory, hand-over and days, as pages show them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path

import pytest
from openpyxl import load_workbook

from tansiq.base.messages import LANGS, Lang
from tansiq.web.cookies import prefs_name
from tests.web.site import Site
from tests.work.nodes import done, put

AT = datetime(2031, 3, 2, 9, tzinfo=UTC)
TURN = {"do": "duty", "post": "غرفة العمليات", "name": "النقيب آمنة", "phone": "+22370000001",
        "from": "2031-03-02 06:00", "until": "2031-03-02 18:00"}  # fmt: skip
CONTACT = {"do": "contact", "post": "ديوان نيامي", "name": "الرائد موسى", "phone": "+22790000000"}


@pytest.fixture
def site(tmp_path: Path) -> Iterator[Site]:
    made = Site(tmp_path)
    with made.client:
        made.node.clock.set(AT)
        made.sign_in("duty")
        yield made


@pytest.mark.parametrize("lang", LANGS)
def test_who_is_on_duty_now_stands_on_today(site: Site, lang: Lang) -> None:
    site.read_in(lang)
    assert "النقيب آمنة" not in site.get("/today")
    site.post("/duty", TURN)
    assert "النقيب آمنة" in site.get("/today")
    site.node.clock.set(AT.replace(hour=19))
    site.sign_in("duty", lang)
    assert "النقيب آمنة" not in site.get("/today")
    assert "النقيب آمنة" in site.get("/duty")


def test_a_turn_that_ends_before_it_begins_comes_back(site: Site) -> None:
    answer = site.post("/duty", TURN | {"until": "2031-03-01 18:00"}, status=422)
    assert "book.times" in answer.text
    assert 'value="النقيب آمنة"' in answer.text


def test_a_contact_is_dated_ended_and_dropped(site: Site) -> None:
    site.post("/duty", CONTACT)
    page = site.get("/duty")
    assert "ديوان نيامي" in page
    assert "2031-03-02" in page
    contact = (
        page.partition('name="kind" value="contact"')[2].partition('name="id" value="')[2].partition('"')[0]
    )
    site.post("/duty", {"do": "end", "id": contact})
    site.node.clock.set(AT.replace(minute=5))
    assert "انتهى" in site.get("/duty")
    site.post("/duty", {"do": "drop", "kind": "contact", "id": contact})
    assert "ديوان نيامي" not in site.get("/duty")


def test_the_directory_becomes_a_workbook(site: Site) -> None:
    site.post("/duty", CONTACT)
    answer = site.post("/duty/sheet", {"kind": "contact"}, status=200)
    cells = [
        c
        for row in load_workbook(BytesIO(answer.content)).worksheets[0].iter_rows(values_only=True)
        for c in row
    ]
    assert "ديوان نيامي" in cells


def test_who_only_reads_the_journal_writes_no_turns(site: Site) -> None:
    site.sign_in("auditor")
    assert 'value="contact"' not in site.get("/duty")
    site.post("/duty", TURN, status=422)


def test_the_hijri_day_stands_beside_for_who_asks_for_it(site: Site) -> None:
    assert "هـ" not in site.get("/today").partition("<main")[2]
    site.post("/prefs", {"calendar": "both", "back": "/today"})
    assert f"{prefs_name(site.wiring)}" in str(site.client.cookies)
    assert "1452هـ" in site.get("/today").partition("<main")[2].replace("\u2068", "").replace("\u2069", "")


def test_today_says_where_no_working_day_is(site: Site) -> None:
    assert "نهاية" not in site.get("/today")
    assert "عطلة الأسبوع" in site.get("/today")  # a Sunday
    site.node.clock.set(datetime(2031, 3, 4, 9, tzinfo=UTC))
    site.sign_in("duty")
    assert "عطلة الأسبوع" not in site.get("/today")


@pytest.mark.parametrize("lang", LANGS)
def test_a_watch_hands_over_and_the_next_takes_over(site: Site, lang: Lang) -> None:
    record = done(put(site.node.desk("release"), "كمين قرب غاو"))
    site.read_in(lang)
    page = site.get("/watch")
    assert f'name="about" value="{record}" checked' in page
    site.post(
        "/watch",
        {"do": "sign", "title": "تسليم", "text": "جواب النيجر", "about": record, "level": "restricted"},
    )
    assert 'value="acknowledge"' not in site.get("/watch")
    site.sign_in("analyst", lang)
    page = site.get("/watch")
    note = page.partition('name="note" value="')[2].partition('"')[0]
    site.post("/watch", {"do": "acknowledge", "note": note, "words": "قرأتها"})
    assert "ضابط analyst" in site.get("/watch")
    assert "كمين قرب غاو" in site.get(f"/record/{note}")


def test_a_note_below_its_records_level_comes_back_as_written(site: Site) -> None:
    record = done(put(site.node.desk("release"), "كمين قرب غاو", level="secret"))
    sent = {"do": "sign", "title": "تسليم", "text": "جواب النيجر", "about": record, "level": "open"}
    answer = site.post("/watch", sent, status=422)
    assert "watch.level" in answer.text
    assert "جواب النيجر</textarea>" in answer.text
