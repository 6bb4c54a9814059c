"""The JSON interface: the use cases and view of the pages; each fault coded, named, nothing half-done."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec
import pytest

from tansiq.base.messages import LANGS, Lang
from tansiq.model.label import Party
from tests.federation import START_MS
from tests.web.site import Site
from tests.work.nodes import done, put

LABEL = {"level": "restricted", "audience": ["ML", "NE"]}
GOOD: dict[str, Any] = {"kind": "report", "title": "عنوان", "text": "نص", "label": LABEL}


@pytest.fixture
def site(tmp_path: Path) -> Iterator[Site]:
    made = Site(tmp_path)
    with made.client:
        made.sign_in()
        yield made


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """One node for all bad input: nothing of it stays."""
    made = Site(tmp_path_factory.mktemp("shared"))
    with made.client:
        made.sign_in()
        yield made


def test_a_record_is_posted_read_listed_searched_and_corrected(site: Site) -> None:
    made = site.api("/api/records", GOOD | {"fields": {"reported_on": "الحدود"}}, status=201)
    got = site.api(f"/api/records/{made['id']}")
    assert (got["title"], got["fields"]["text"], got["fields"]["reported_on"]) == ("عنوان", "نص", "الحدود")
    assert got["label"]["audience"] == ["ML", "NE"]
    assert site.api("/api/records?kind=report")["total"] == 1
    assert site.api("/api/search?q=عنوان")["rows"][0]["id"] == made["id"]
    again = site.api(f"/api/records/{made['id']}/versions", GOOD | {"title": "ثان"})
    assert again["version"] == 2
    assert site.api(f"/api/records/{made['id']}")["title"] == "ثان"


def test_circles_are_expanded_when_the_label_is_made(site: Site) -> None:
    made = site.api("/api/records", GOOD | {"label": {"audience": ["C4"]}}, status=201)
    label = site.api(f"/api/records/{made['id']}")["label"]
    assert label["audience"] == ["DZ", "JSC", "ML", "MR", "NE"]


BAD: list[tuple[str, bytes, int, str, str]] = [
    ("empty", b"", 422, "input.empty", ""),
    ("blank", b"   ", 422, "input.empty", ""),
    ("binary", b"\x89PNG\x00\x01\x02\x03" * 30, 415, "input.binary", ""),
    ("encoding", '{"kind": "تقرير"}'.encode("cp1256"), 415, "input.encoding", ""),
    ("not json", "تقرير".encode(), 422, "input.not-json", ""),
    (
        "no label",
        msgspec.json.encode({k: v for k, v in GOOD.items() if k != "label"}),
        422,
        "label.missing",
        "label",
    ),
    ("empty audience", msgspec.json.encode(GOOD | {"label": {"audience": []}}), 422, "label.no-audience", ""),
    (
        "unknown party",
        msgspec.json.encode(GOOD | {"label": {"audience": ["ZZ"]}}),
        422,
        "audience-unknown",
        "ZZ",
    ),
    ("unknown kind", msgspec.json.encode(GOOD | {"kind": "gossip"}), 422, "record.unknown-kind", ""),
    (
        "unknown field",
        msgspec.json.encode(GOOD | {"fields": {"gossip": 1}}),
        422,
        "record.unknown-field",
        "gossip",
    ),
    ("bad field", msgspec.json.encode(GOOD | {"fields": {"place": 7}}), 422, "record.bad-field", "place"),
    ("unknown key", msgspec.json.encode(GOOD | {"gossip": 1}), 422, "input.not-json", "gossip"),
    ("long body", msgspec.json.encode(GOOD | {"text": "ن" * 40_000}), 413, "record.body-too-large", ""),
    ("huge", b'{"text": "' + b"x" * 500_000 + b'"}', 413, "input.too-large", ""),
]


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("case", [pytest.param(c[1:], id=c[0]) for c in BAD])
def test_bad_input_is_refused_with_its_code_in_the_readers_words(
    shared: Site, case: tuple[bytes, int, str, str], lang: Lang
) -> None:
    site = shared
    raw, status, code, where = case
    site.read_in(lang)
    said = site.api("/api/records", raw, status=status)
    assert said["code"] == code
    assert set(said) == {"code", "title", "detail", "where"}
    assert said["title"] != code
    assert where in said["where"]
    assert site.api("/api/records")["total"] == 0


def test_fifty_megabytes_are_refused_before_they_are_held(site: Site) -> None:
    def flood() -> Iterator[bytes]:
        for _ in range(50):
            yield b"x" * 1_000_000

    answer = site.client.post("/api/records", content=flood(), headers={"content-type": "application/json"})
    assert answer.status_code == 413
    assert answer.json()["code"] == "input.too-large"


def test_json_that_a_foreign_form_could_send_is_refused(site: Site) -> None:
    answer = site.client.post(
        "/api/records", content=msgspec.json.encode(GOOD), headers={"content-type": "text/plain"}
    )
    assert answer.json()["code"] == "input.bad-form"


def test_nothing_is_said_to_who_is_not_signed_in(site: Site) -> None:
    site.client.cookies.clear()
    for path in ("/api/records", "/api/kinds", "/api/exchange", "/api/me"):
        assert site.api(path, status=401)["code"] == "web.sign-in-first"
    site.api("/api/records", GOOD, status=401)


def test_a_label_of_another_party_is_refused_with_its_reason(site: Site) -> None:
    said = site.api("/api/records", GOOD | {"label": {"audience": ["FR"], "rules": ["NOEXT"]}}, status=422)
    assert said["code"] == "label.rule"
    assert "FR" in said["where"]


def test_the_originator_alone_reads_who_received(site: Site) -> None:
    record = done(put(site.node.desk(), "عنوان"))
    with site.node.store.write() as tx:
        tx.record_receipt(record, 1, Party("NE"), "opened", START_MS, role="duty", reason="")
    rows = site.api(f"/api/records/{record}/receipts")["rows"]
    assert [(r["party"], r["state"], r["role"]) for r in rows] == [("NE", "opened", "duty")]


def test_a_preview_names_who_sees_and_what_stops_the_others(site: Site) -> None:
    said = site.api("/api/preview", LABEL)
    assert {x["code"] for x in said["sees"]} == {"ML", "NE"}
    assert next(x["why"] for x in said["sees_not"] if x["code"] == "FR")


def test_a_live_node_has_no_clock_to_set_and_no_link_to_cut(site: Site) -> None:
    assert (
        site.api("/api/exercise/clock", {"now": "2031-03-01T06:00:00Z"}, status=404)["code"] == "web.absent"
    )
    assert site.api("/api/exercise/link", {"cut": True}, status=404)["code"] == "web.absent"
