"""Side by side: the page bears the label of all it shows, and many values of one thing do not stop it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tansiq.search import query
from tansiq.web.pages import names
from tests.web.site import Site


@pytest.fixture
def site(tmp_path: Path) -> Iterator[Site]:
    made = Site(tmp_path)
    with made.client:
        made.sign_in("release")
        yield made


def state(site: Site, value: str, predicate: str = "مكان", **label: Any) -> str:
    bears = {"level": "restricted", "audience": ["ML"]} | label
    fields = {"subject": "المقر", "predicate": predicate, "stated_value": value}
    sent = {"kind": "statement", "title": value, "label": bears, "lang": "ar", "fields": fields}
    return str(site.api("/api/records", sent, 201)["id"])


def level(site: Site, path: str) -> str:
    found = re.search(r'banner-head" data-level="(\w+)"', site.get(path))
    assert found is not None
    return found[1]


def test_the_page_bears_the_label_of_the_second_side_too(site: Site) -> None:
    state(site, "غاو")
    state(site, "تمنراست", level="secret")
    assert level(site, "/compare") == "secret"


def test_the_page_bears_the_label_of_what_only_varies(site: Site) -> None:
    state(site, "أربعة", "الأعضاء")
    state(site, "سبعة", "الأعضاء", level="secret")
    assert level(site, "/compare") == "secret"


def test_the_page_bears_the_label_of_the_sides_of_what_an_officer_opened_himself(site: Site) -> None:
    one, other = state(site, "غاو"), state(site, "غاو", level="secret")
    fields = {"first": one, "second": other, "contradiction_state": "open"}
    bears = {"level": "secret", "audience": ["ML"]}
    site.api(
        "/api/records", {"kind": "contradiction", "title": "خلاف", "label": bears, "lang": "ar",
                         "fields": fields}, 201)  # fmt: skip
    assert level(site, "/compare") == "secret"


def test_what_is_opened_bears_the_end_and_the_rules_of_both_sides(site: Site) -> None:
    one = state(site, "غاو", until="2031-05-01T00:00:00Z")
    other = state(site, "تمنراست", rules=["ORCON"])
    made = site.api("/api/contradictions", {"first": one, "second": other}, 201)["id"]
    label = site.api(f"/api/records/{made}")["label"]
    assert label["until"].startswith("2031-05-01")
    assert "ORCON" in label["rules"]
    assert label["audience"] == ["ML"]


def test_many_values_of_one_thing_are_held_against_the_first(site: Site) -> None:
    made = [state(site, f"قيمة {n}") for n in range(30)]
    rows = site.api("/api/boards/contradictions")["rows"]
    assert len(rows) == 12 * 11 // 2 + 18
    assert {one for row in rows for one in row["between"]} == set(made)


def test_a_body_of_many_names_is_looked_for_under_some(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    names_of = [{"form": f"هيئة كبيرة {n}"} for n in range(200)]
    bears = {"level": "secret", "audience": ["ML"]}
    site.api("/api/records", {"kind": "body", "title": "هيئة", "label": bears, "lang": "ar",
                              "fields": {"names": names_of}}, 201)  # fmt: skip
    asked: list[int] = []

    def counted(rx: Any, view: Any, texts: Any) -> Any:
        asked.append(len(texts))
        return query.find_any(rx, view, texts)

    monkeypatch.setattr(names, "find_any", counted)
    assert level(site, "/search?q=هيئة كبيرة 7") == "secret"
    assert asked == [names.NAMES_SOUGHT]
