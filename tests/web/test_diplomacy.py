"""The boards of diplomacy: what they show at a glance, in three languages, from the reader's own shelf."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from tansiq.base.messages import LANGS, Lang
from tests.federation import START
from tests.web.site import Site

FOUR = {"level": "restricted", "audience": ["DZ", "ML", "MR", "NE"]}
BOARDS = ("/mandates", "/contacts", "/initiatives", "/disputes")


@pytest.fixture
def site(tmp_path: Path) -> Iterator[Site]:
    made = Site(tmp_path, "ML")
    with made.client:
        made.sign_in("duty")
        yield made


def post(site: Site, kind: str, title: str, **fields: Any) -> str:
    asked = {"kind": kind, "title": title, "label": FOUR, "fields": fields}
    return str(site.api("/api/records", asked, status=201)["id"])


def until(hours: float) -> dict[str, Any]:
    at = (START + timedelta(hours=hours)).isoformat()
    return {"lo": at, "hi": at, "precision": "hour"}


def fill(site: Site) -> None:
    """A mandate under silence that we break, a second text, an initiative, a dispute, a channel, a caveat."""
    terms: dict[str, Any] = {"mandate": "M-9", "holder": "DZ", "mandators": ["DZ", "ML", "MR", "NE"]}
    post(site, "mandate", "النص الأول", **terms, excluded=["تمويل"], silence_until=until(72))
    diff = ["تقرير كل خمسة عشر يوما"]
    post(site, "position", "كسر الصمت", mandate="M-9", position="amendment", signed=True, diff=diff)
    site.node.clock.set(START + timedelta(hours=1))
    site.sign_in("duty")
    post(site, "mandate", "النص الثاني", mandate="M-9", round=2, report_back_days=15, silence_until=until(96))
    post(site, "contact", "لقاء مع شريك", counterparties=["US"], position_conveyed="لا تمويل")
    post(site, "initiative", "ندوة موازية", convener="فرنسا", convener_attends=False, invitees=["DZ"])
    post(site, "national-caveat", "قيد", caveat_type="funding", rule="لا تمويل لعمليات الغير")
    post(site, "dispute", "خلاف", parties=["ML", "DZ"], about="إفراج", steps=[{"by": "DZ", "step": "احتجاج"}])
    post(site, "channel-state", "تعليق", channel="political", with_parties=["DZ"], channel_mode="suspended")


@pytest.mark.parametrize("lang", LANGS)
def test_the_boards_show_silence_positions_red_line_and_channels_in_words(site: Site, lang: Lang) -> None:
    fill(site)
    site.read_in(lang)
    said = {path: site.get(path) for path in BOARDS}
    broken = {"ar": "كُسر الصمت", "fr": "silence rompu", "en": "silence broken"}[lang]
    assert broken in said["/mandates"]
    assert "<ins" in said["/mandates"]
    assert "تقرير كل خمسة عشر يوما" in said["/mandates"]
    assert "لا تمويل" in said["/contacts"]
    assert "ندوة موازية" in said["/initiatives"]
    assert "لا تمويل لعمليات الغير" in said["/initiatives"]
    assert {"ar": "معلّق", "fr": "suspendu", "en": "suspended"}[lang] in said["/disputes"]
    for page in said.values():
        assert "aspects." not in page
        assert "diplomacy." not in page


@pytest.mark.parametrize("path", BOARDS)
def test_an_empty_board_says_that_nothing_follows_from_it(site: Site, path: str) -> None:
    assert "empty" in site.get(path)


def test_the_json_of_the_mandates_says_rounds_positions_and_terms(site: Site) -> None:
    fill(site)
    row = site.api("/api/boards/mandates")["rows"][0]
    assert (row["mandate"], row["state"], row["number"]) == ("M-9", "under_silence", None)
    assert [one["state"] for one in row["rounds"]] == ["broken", "under_silence"]
    assert row["rounds"][0]["positions"]["ML"] == "amendment"
    assert row["rounds"][1]["positions"]["ML"] == "awaited"
    assert row["terms"]["report_every_h"] == 360


def test_a_clock_and_a_task_of_the_silence_stand_among_the_clocks_and_alerts(site: Site) -> None:
    fill(site)
    clocks = site.api("/api/clocks")["rows"]
    assert ("silence", 95) in {(c["name"], c["length_h"]) for c in clocks}
    alerts = {row["code"] for row in site.api("/api/alerts")["rows"]}
    assert "silence.position" in alerts
    assert "silence.broken" not in alerts
