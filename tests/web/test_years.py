"""A node through the years: every clock on its pages is right after a gap, a clock set back and a restart."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from tansiq.base.clock import millis
from tansiq.model.label import Party, label
from tansiq.store.store import Store
from tansiq.work.outside import Post
from tansiq.work.tending import Turn, tend
from tests.boards.test_every_clock import FOUR_YEARS, SAMPLES, sampled
from tests.federation import START
from tests.store.making import Maker
from tests.web.site import Site
from tests.work.nodes import SECRET

NAMED = sorted(set(SAMPLES) - {"outcome_review"})
"""The death of the hostage in one sample ends the contacts with the family in another."""
AMONG = label(["DZ", "JSC", "ML", "MR", "NE"])


@pytest.fixture
def site(tmp_path: Path) -> Iterator[Site]:
    """A node that holds a record for every clock that one record begins, but what would end another's."""
    made = Site(tmp_path)
    maker = Maker("years")
    with made.client, made.node.store.write() as tx:
        for name in NAMED:
            begun = SAMPLES[name]
            body = sampled(name, START)[1].body
            by: dict[str, Any] = {"originator": Party(begun.by), "created_ms": millis(START)}
            tx.append(maker(body=body, bears=AMONG, **by), received_ms=millis(START))
    yield made
    made.node.store.close()


def clocks(site: Site, at: datetime) -> dict[tuple[str, str], tuple[str, Any]]:
    """Every clock that the duty officer is shown at a moment: by record and name, its state and end."""
    site.node.clock.set(at)
    site.sign_in()
    rows = site.api("/api/clocks")["rows"]
    return {(r["record"], f"{r['name']} {r['key']}"): (r["state"], r["due"]) for r in rows}


def tended(site: Site, at: datetime) -> set[Turn]:
    site.node.clock.set(at)
    return set(tend(Post(site.node.store, lambda: site.node.world.charter, site.node.clock)))


def test_after_four_years_every_clock_is_there_and_past_its_end_and_none_was_met_by_nobody(
    site: Site,
) -> None:
    before, after = clocks(site, START), clocks(site, START + FOUR_YEARS)
    assert {name.partition(" ")[0] for _, name in before} >= set(NAMED)
    for (record, name), (_, due) in before.items():
        said = site.api(f"/api/records/{record}/standing")["clocks"]
        runs = next(c for c in said if f"{c['name']} {c['key']}" == name)
        assert (runs["state"], runs["due"]) in (("late", due), ("lapsed", due)), name
        assert ((record, name) in after) == (runs["state"] == "late"), "what is late stays on the board"


def test_a_clock_set_back_and_a_restart_show_what_stood_then(site: Site, tmp_path: Path) -> None:
    before = clocks(site, START)
    clocks(site, START + FOUR_YEARS)
    assert clocks(site, START) == before
    url = f"sqlite:///{tmp_path}/ML.db"
    again = Store.open(url, secret=SECRET, clock=site.node.clock, entropy=site.node.entropy)
    told = Post(again, lambda: site.node.world.charter, site.node.clock)
    site.node.clock.set(START + FOUR_YEARS)
    first = {turn.state for turn in tend(told) if turn.due is not None}
    assert first <= {"late", "lapsed"}
    assert tend(told) == ()
    again.close()


def test_a_node_that_slept_over_the_ends_tells_of_each_that_one_awake_tells_of(
    site: Site, tmp_path: Path
) -> None:
    """Half a year, looked at every day by one and once by the other."""
    (tmp_path / "other").mkdir()
    asleep = START + timedelta(days=180)
    awake = {turn for n in range(181) for turn in tended(site, START + timedelta(days=n))}
    with site.node.store.write() as tx:
        for paper in tx.papers("clock-told"):
            tx.drop_paper(paper.id)
    once = tended(site, asleep)
    ends = {"late", "lapsed"}
    assert {t for t in once if t.state in ends} == {t for t in awake if t.state in ends}
    assert once <= awake
