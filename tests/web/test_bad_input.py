"""Values at the edges of what can be held: refused with a code and words, never a fault."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec
import pytest

from tansiq.base.messages import LANGS, Lang
from tests.web.site import Site
from tests.work.nodes import done, put

LABEL = {"level": "restricted", "audience": ["ML", "NE"]}
GOOD: dict[str, Any] = {"kind": "report", "title": "عنوان", "label": LABEL}
LATE = "9999-12-31T23:59:59-14:00"


@pytest.fixture
def site(tmp_path: Path) -> Iterator[Site]:
    faults: list[Exception] = []
    made = Site(tmp_path, log_fault=faults.append)
    with made.client:
        made.sign_in()
        yield made
    assert faults == []


EDGES: dict[str, tuple[bytes, str]] = {
    "too many levels": (
        b'{"kind":"report","title":"x","fields":{"a":' + b"[" * 150_000 + b"]" * 150_000 + b"}}",
        "input.not-json",
    ),
    "half a character": (
        b'{"kind":"report","title":"\\ud800","label":{"audience":["ML"]}}',
        "input.not-json",
    ),
    "a number no body holds": (
        msgspec.json.encode(GOOD | {"fields": {"quantity": {"value": 2**60, "unit": "x"}}}),
        "record.bad-field",
    ),
    "a time no zone can show": (msgspec.json.encode(GOOD | {"occurred": {"lo": LATE}}), "record.bad-field"),
    "an end after the calendar": (
        msgspec.json.encode(GOOD | {"label": LABEL | {"until": LATE}}),
        "label.bad",
    ),
    "a priority that is none": (msgspec.json.encode(GOOD | {"priority": 2**63}), "record.bad-field"),
    "too many references": (
        msgspec.json.encode(GOOD | {"sources": ["01900000-0000-7000-8000-000000000000"] * 257}),
        "record.source-unknown",
    ),
}


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("case", EDGES)
def test_what_cannot_be_held_is_refused_in_the_readers_words(site: Site, case: str, lang: Lang) -> None:
    raw, code = EDGES[case]
    site.read_in(lang)
    said = site.api("/api/records", raw, status=422)
    assert said["code"] == code
    assert said["title"] not in ("", code)
    assert site.api("/api/records")["total"] == 0


@pytest.mark.parametrize("raw", [b'{"purpose":7}', b"[]", b"xx"])
def test_an_opening_that_is_no_opening_is_refused(site: Site, raw: bytes) -> None:
    record = done(put(site.node.desk()))
    assert site.api(f"/api/records/{record}/open", raw, status=422)["code"] == "input.not-json"


@pytest.mark.parametrize(("name", "value"), [("h.occurred.lo", "غدا"), ("h.priority", "9" * 20)])
def test_a_header_that_cannot_be_read_comes_back_with_the_form(site: Site, name: str, value: str) -> None:
    data = {"f.title": "عنوان", "l.level": "restricted", "l.audience": ["NE"], name: value}
    assert "record.bad-field" in site.post("/records/report/new", data, status=422).text
    assert site.api("/api/records")["total"] == 0


@pytest.mark.parametrize("before", ["9" * 5000, "9" * 20, "-1", "x"])
def test_a_journal_is_read_from_the_start_when_the_place_is_none(site: Site, before: str) -> None:
    site.sign_in("auditor")
    site.get(f"/journal?before={before}")


@pytest.mark.parametrize(
    "after", ["x", "9" * 5000, "99999999999999999999.01900000-0000-7000-8000-000000000000", "\0"]
)
def test_a_page_after_nothing_is_a_page(site: Site, after: str) -> None:
    done(put(site.node.desk()))
    for address in ("/api/records", "/records/report", "/search", "/inbox"):
        answer = site.client.get(address, params={"after": after, "q": "عنوان"})
        assert answer.status_code == 200, address


@pytest.mark.parametrize("lang", LANGS)
def test_a_full_disk_is_said_in_the_readers_words_and_work_goes_on_afterwards(site: Site, lang: Lang) -> None:
    site.read_in(lang)
    with site.node.store.write() as tx:
        pages = tx.conn.exec_driver_sql("PRAGMA page_count").scalar_one()
        tx.conn.exec_driver_sql(f"PRAGMA max_page_count = {pages}")
    long = GOOD | {"text": "نص " * 9_000}
    said = [site.client.post("/api/records", json=long) for _ in range(3)][-1]
    assert (said.status_code, said.json()["code"]) == (507, "store.full")
    assert said.json()["title"] not in ("", "store.full")
    total = site.api("/api/records")["total"]
    with site.node.store.write() as tx:
        tx.conn.exec_driver_sql("PRAGMA max_page_count = 1000000")
    site.api("/api/records", long, status=201)
    assert site.api("/api/records")["total"] == total + 1
