"""The home page and the map: facts with their sentences; of the node's own records only what may be seen."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime, timedelta
from html import unescape
from pathlib import Path
from typing import Any

import pytest

from tansiq.base.messages import LANGS, Lang
from tansiq.boards.institution.facts import facts
from tansiq.model.label import Label, label
from tansiq.policy.clearance import OfficerRole
from tansiq.policy.permits import permits
from tests.federation import START
from tests.samples.forms import mechanism as sample_mechanism
from tests.web.site import Site
from tests.work.nodes import done, put

HERE: dict[str, object] = {
    "place": {"name": "كيدال", "lat_e7": 184_400_000, "lon_e7": 14_000_000, "precision_m": 9_000}
}
KINDS: Mapping[str, dict[str, object]] = {
    "commitment": {"from_sentence": "تعهدت مالي بفتح الطريق", "due": {"lo": START, "hi": START}},
    "decision": {"from_sentence": "قرر المجتمعون فتح الطريق"},
    "meeting": {"meeting_state": "confirmed", "starts": {"lo": START, "hi": START}},
    "report": HERE,
    "event": HERE,
}
LABELS: Mapping[str, Label] = {
    "four": label(("DZ", "ML", "MR", "NE"), level="restricted"),
    "own": label(("ML",), level="secret"),
    "hostage": label(("ML", "NE"), level="confidential", compartments=("HOSTAGE",)),
    "ended": label(("ML", "NE"), level="open", until=START + timedelta(hours=1)),
    "purpose": label(("ML", "NE"), level="restricted", uses=("justice",)),
    "everybody": label(("*",), level="open"),
}
READERS: list[tuple[OfficerRole, tuple[str, ...]]] = [
    ("duty", ()),
    ("release", ("HOSTAGE",)),
    ("interpreter", ()),
    ("auditor", ()),
]


@pytest.fixture
def site(tmp_path: Path) -> Iterator[Site]:
    made = Site(tmp_path)
    with made.client:
        yield made


def plain(page: str) -> str:
    """A page without its tags, blanks as one."""
    return " ".join(unescape(re.sub(r"<[^>]*>", "", page)).split())


def fill(site: Site) -> dict[str, Label]:
    """One record of each kind under each label; title → label."""
    desk = site.node.desk("legal", compartments=("HOSTAGE",))
    found = {}
    for kind, fields in KINDS.items():
        for name, under in LABELS.items():
            title = f"سجل-{kind}-{name}"
            done(put(desk, title, kind=kind, under=under, fields=fields))
            found[title] = under
    return found


@pytest.mark.parametrize("reader", READERS, ids=[r[0] for r in READERS])
def test_home_and_map_show_exactly_what_policy_permits(
    site: Site, reader: tuple[OfficerRole, tuple[str, ...]]
) -> None:
    titles = fill(site)
    site.node.clock.set(START + timedelta(hours=2))
    role, compartments = reader
    site.sign_in(role, compartments=compartments)
    who = site.node.desk(role, compartments=compartments).officer.reader
    now = site.node.clock.now()
    home, place_map = site.get("/"), site.get("/map")
    for title, under in titles.items():
        kind = title.split("-")[1]
        page = place_map if kind in ("report", "event") else home
        assert (title in page) == bool(permits(under, who, now=now)), title
        assert title not in (home if page is place_map else place_map)


@pytest.mark.parametrize("lang", LANGS)
def test_every_fact_stands_with_its_sentence_and_its_source(site: Site, lang: Lang) -> None:
    site.sign_in("duty", lang)
    page = plain(site.get("/"))
    known = sample_mechanism()
    held: list[Any] = [*known.lines, *known.meetings, *known.presidency, *known.initiatives, *known.circles]
    held += [f for b in known.bodies for f in b.functions]
    held += [v for c in known.contested for v in c.values]
    held += [a for b in known.bodies for a in (b.founded, b.seat) if a.sentence is not None]
    for fact in held:
        assert " ".join(fact.sentence.text.split()) in page
        if fact.source is not None:
            assert " ".join(fact.source.title.split()) in page
    named: list[Any] = [*known.bodies, *known.circles, *known.lines, *known.meetings, *known.initiatives]
    for each in named:
        assert getattr(each.names, lang) in page


@pytest.mark.parametrize("lang", LANGS)
def test_what_is_contested_stands_side_by_side_and_is_settled_nowhere(site: Site, lang: Lang) -> None:
    site.sign_in("duty", lang)
    page = site.get("/")
    for each in facts().contested:
        part = page.partition(f'id="{each.id}"')[2].partition("</article>")[0]
        assert len(each.values) > 1
        assert all(v.value[lang] in plain(part) for v in each.values)
        assert f'href="#{each.id}"' in page


def test_each_promise_carries_a_state_that_the_page_names(site: Site) -> None:
    site.sign_in("duty")
    page = site.get("/")
    lines = page.partition('id="promises"')[2].partition("</section>")[0]
    stages = re.findall(r'data-stage="(\w+)"', lines)
    assert len(stages) == len(facts().lines)
    assert set(stages) == {"promised", "due", "done", "unknown"}


def test_the_nodes_own_promise_is_overdue_when_its_day_is_over(site: Site) -> None:
    desk = site.node.desk()
    until = datetime(2031, 4, 1, tzinfo=UTC)
    fields: dict[str, object] = {"from_sentence": "تعهدت مالي بفتح الطريق", "due": {"lo": until, "hi": until}}
    done(put(desk, "فتح الطريق", kind="commitment", fields=fields))
    for day, stage in (
        (datetime(2031, 3, 20, tzinfo=UTC), "due"),
        (datetime(2031, 4, 3, tzinfo=UTC), "overdue"),
    ):
        site.node.clock.set(day)
        site.sign_in("duty")
        line = site.get("/").partition('id="promises"')[2].partition("فتح الطريق")[0].rpartition("<li>")[2]
        assert f'data-stage="{stage}"' in line


def test_a_meeting_called_off_says_so(site: Site) -> None:
    done(put(site.node.desk(), "لقاء باماكو", kind="meeting", fields={"meeting_state": "cancelled"}))
    site.sign_in("duty", "fr")
    assert re.search(r"لقاء باماكو \(\w+", plain(site.get("/")))
