"""R70 over a node's own interface: what is sealed opens by two, and the auditor sees it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from tests.federation import START
from tests.web.guarded import GuardedSite
from tests.web.test_today import case


@pytest.fixture
def site(tmp_path: Path) -> Iterator[GuardedSite]:
    made = GuardedSite(tmp_path)
    with made.client:
        yield made


def closed(site: GuardedSite) -> str:
    """A case that ended in its first hour and is sealed after a hundred."""
    seals = (START + timedelta(hours=100)).isoformat()
    record = case(site, seals_at={"hi": seals})
    told = {"hi": (START - timedelta(hours=1)).isoformat()}
    bears = {"level": "confidential", "audience": ["FR", "ML"], "compartments": ["HOSTAGE"]}
    fields = {"case": "ORYX", "outcome": "released", "family_informed": told}
    asked = {"kind": "case-outcome", "title": "أُفرج عنه", "fields": fields, "label": bears}
    site.api("/api/records", asked, 201)
    return record


def at(site: GuardedSite, hours: float, officer: str) -> None:
    site.node.clock.set(START + timedelta(hours=hours))
    site.enter(officer)


def opens(site: GuardedSite, record: str) -> bool:
    return "P-1" in site.client.get(f"/api/records/{record}").text


def test_r70_a_sealed_case_opens_by_two_persons_and_the_auditor_sees_it(site: GuardedSite) -> None:
    """Access needs two persons and is shown to the auditor."""
    record = closed(site)
    at(site, 99, "aicha")
    assert opens(site, record)
    at(site, 100, "aicha")
    assert not opens(site, record)
    assert site.api("/api/boards/protected")["rows"] == []
    board = site.get("/protected")
    assert "قضية المها" in board
    assert "P-1" not in board
    assert f'href="/record/{record}"' in board
    asked = {"what": "two-person", "reason": "طلب من المحكمة", "record": record}
    ask = site.api("/api/asks", asked, 201)["id"]
    site.enter("salem")
    assert not opens(site, record)
    site.api(f"/api/asks/{ask}", {"agree": True})
    site.enter("aicha")
    assert opens(site, record)
    with site.node.store.read() as rx:
        acts = [entry.act for entry in rx.journal_entries()]
    assert {"two-ask", "two-agree"} <= {*acts}
    site.enter("binta")
    assert "قضية المها" not in site.get("/protected")
    site.enter("aicha")
    at(site, 102, "aicha")
    assert not opens(site, record)


def test_r70_no_map_shows_where_a_sealed_case_took_place(site: GuardedSite) -> None:
    closed(site)
    there = {"name": "وادي الملح", "lat_e7": 195_000_000, "lon_e7": 10_000_000}
    site.enter("aicha")
    made = site.hostage()
    site.api("/api/records", made | {"fields": made["fields"] | {"place": there}}, 201)
    at(site, 99, "aicha")
    assert "وادي الملح" in site.get("/map")
    at(site, 100, "aicha")
    assert "وادي الملح" not in site.get("/map")


def test_r70_nothing_is_added_to_a_sealed_case(site: GuardedSite) -> None:
    closed(site)
    at(site, 101, "aicha")
    bears = {"level": "confidential", "audience": ["FR", "ML"], "compartments": ["HOSTAGE"]}
    asked = {"kind": "pol-check", "title": "تحقّق", "fields": {"case": "ORYX"}, "label": bears}
    assert "case.sealed" in str(site.api("/api/records", asked, 422))
