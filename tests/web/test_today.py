"""Today, calendar and feed, protected cases, the ombudsperson's page: from the reader's shelf alone."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from icalendar import Calendar

from tansiq.base.messages import LANGS, Lang
from tansiq.policy.permits import Reader
from tansiq.work.outside import Post
from tansiq.work.review_obtained import review_obtained
from tansiq.work.tending import turns_at
from tests.federation import START
from tests.web.guarded import GuardedSite
from tests.web.site import Site
from tests.work.nodes import done, put
from tests.work.test_tending import FIELDS

MEETING = {
    "starts": {"lo": "2031-03-05T09:00:00Z", "hi": "2031-03-05T12:00:00Z"},
    "meeting_state": "confirmed",
}


@pytest.fixture
def site(tmp_path: Path) -> Iterator[Site]:
    made = Site(tmp_path)
    with made.client:
        yield made


@pytest.fixture
def guarded(tmp_path: Path) -> Iterator[GuardedSite]:
    made = GuardedSite(tmp_path)
    with made.client:
        yield made


def case(site: GuardedSite, **fields: Any) -> str:
    """Enter a case as one who holds its compartment; a contact with a family is due in a day."""
    site.enter("aicha")
    bears = {"level": "confidential", "audience": ["FR", "ML"], "compartments": ["HOSTAGE"]}
    given = {"case": "ORYX", "persons": [{"pseudonym": "P-1", "nationality": "FR"}], "lead_state": "ML",
             "family_liaison": "FR"} | fields  # fmt: skip
    asked = {"kind": "hostage-case", "title": "قضية المها", "fields": given, "label": bears}
    made = str(site.api("/api/records", asked, 201)["id"])
    log = {"case": "ORYX", "contact_rhythm_h": 24, "written_follow_up": True}
    asked = {"kind": "contact-log", "title": "اتصال بالعائلة", "fields": log, "label": bears}
    site.api("/api/records", asked, 201)
    return made


def later(site: Site, hours: float) -> None:
    site.node.clock.set(START + timedelta(hours=hours))
    if not isinstance(site, GuardedSite):
        site.sign_in()


def test_today_shows_clocks_most_urgent_first_and_the_next_meeting(site: Site) -> None:
    site.sign_in()
    done(put(site.node.desk(), "إشعار أول", kind="judicial-notice", fields=FIELDS))
    later(site, 20)
    done(put(site.node.desk(), "إشعار ثان", kind="judicial-notice", fields=FIELDS | {"notice": "N-2"}))
    done(put(site.node.desk(), "قمة", kind="meeting", fields=MEETING))
    page = site.get("/today")
    assert page.index("إشعار أول") < page.index("إشعار ثان")
    assert "قمة" in page


def test_a_notice_is_acknowledged_once_and_noted(site: Site) -> None:
    site.sign_in()
    done(put(site.node.desk(), "إشعار", kind="judicial-notice", fields=FIELDS))
    later(site, 168)
    page = site.get("/today")
    found = re.search(r'name="record" value="([^"]+)"><input type="hidden" name="mark" value="(\w+)"', page)
    assert found is not None
    site.post("/today/acknowledge", {"record": found[1], "mark": found[2]})
    assert 'name="mark"' not in site.get("/today")
    with site.node.store.read() as rx:
        assert "acknowledged" in [entry.act for entry in rx.journal_entries()]
    site.post("/today/acknowledge", {"record": "01c16397-ab00-747e-9516-fe7fe687dcf4", "mark": found[2]}, 404)


def test_a_watch_begun_shows_what_came_since(site: Site) -> None:
    site.sign_in()
    done(put(site.node.desk(), "قديم"))
    later(site, 1)
    site.post("/today/watch", {})
    later(site, 2)
    done(put(site.node.desk(), "جديد"))
    page = site.get("/today")
    assert "جديد" in page
    assert "قديم" not in page


def test_the_feed_says_when_and_what_kind_and_never_a_title(site: Site) -> None:
    site.sign_in()
    done(put(site.node.desk(), "إشعار سري", kind="judicial-notice", fields=FIELDS))
    first = done(put(site.node.desk(), "لقاء الخبراء", kind="meeting", fields=MEETING))
    second = {"starts": {"lo": "2031-04-05T09:00:00Z"}, "follows": ["لقاء الخبراء"]}
    done(put(site.node.desk(), "قمة", kind="meeting", fields=second))
    page = site.post("/calendar/feed", {}, 200).text
    token = re.search(r"/calendar/([\w-]{20,})", page)
    assert token is not None
    assert first
    site.client.cookies.clear()
    answer = site.client.get(f"/calendar/{token[1]}")
    assert answer.headers["content-type"].startswith("text/calendar")
    for word in ("إشعار سري", "لقاء الخبراء", "قمة"):
        assert word not in answer.text
    events = {str(e["summary"]): e for e in Calendar.from_ical(answer.text).walk("VEVENT")}
    assert len({str(e["uid"]) for e in events.values()} | {""}) == len(events) + 1
    kinds = sorted(
        (str(e["status"]), str(e["class"])) for e in Calendar.from_ical(answer.text).walk("VEVENT")
    )
    assert kinds == [
        ("CONFIRMED", "CONFIDENTIAL"),
        ("CONFIRMED", "CONFIDENTIAL"),
        ("TENTATIVE", "CONFIDENTIAL"),
    ]
    related = [e for e in Calendar.from_ical(answer.text).walk("VEVENT") if "related-to" in e]
    uids = {str(e["uid"]) for e in Calendar.from_ical(answer.text).walk("VEVENT")}
    assert [str(e["related-to"]) in uids for e in related] == [True]
    again = site.client.get(f"/calendar/{token[1]}").text
    assert again == answer.text
    assert site.client.get("/calendar/nothing").status_code == 404


def test_the_feed_says_nothing_of_what_torture_taints(site: Site) -> None:
    site.sign_in()
    meeting = done(put(site.node.desk(), "لقاء الخبراء", kind="meeting", fields=MEETING))
    token = re.search(r"/calendar/([\w-]{20,})", site.post("/calendar/feed", {}, 200).text)
    assert token is not None
    assert "VEVENT" in site.get(f"/calendar/{token[1]}")
    done(review_obtained(site.node.desk("legal"), meeting, finding="tainted", grounds="تعذيب", lang="ar"))
    assert "VEVENT" not in site.get(f"/calendar/{token[1]}")


def test_a_new_address_ends_the_one_before(site: Site) -> None:
    site.sign_in()
    found = [re.search(r"/calendar/([\w-]{20,})", site.post("/calendar/feed", {}, 200).text) for _ in "12"]
    codes = [site.client.get(f"/calendar/{m[1]}").status_code for m in found if m]
    assert codes == [404, 200]


@pytest.mark.parametrize("lang", LANGS)
def test_every_page_is_drawn_in_each_language(site: Site, lang: Lang) -> None:
    site.sign_in(lang=lang)
    done(put(site.node.desk(), "إشعار", kind="judicial-notice", fields=FIELDS))
    for path in ("/today", "/calendar", "/calendar?all=1", "/protected", "/oversight", "/legal"):
        assert site.get(path)


def test_a_case_is_on_the_page_of_who_opens_it_and_of_nobody_else(guarded: GuardedSite) -> None:
    """R26: only the roster opens it and existence is invisible to others."""
    case(guarded)
    page = guarded.get("/protected")
    assert "ORYX" in page
    assert "P-1" in page
    assert "اتصال بالعائلة" in guarded.get("/today")
    assert "اتصال بالعائلة" in guarded.get("/calendar")
    assert [r["case"] for r in guarded.api("/api/boards/protected")["rows"]] == ["ORYX"]
    for name in ("idriss", "maryam", "binta"):
        guarded.enter(name)
        for path in ("/today", "/calendar", "/calendar?all=1", "/protected", "/oversight", "/legal"):
            text = guarded.get(path)
            assert not [w for w in ("ORYX", "P-1", "المها", "بالعائلة") if w in text]
        assert guarded.api("/api/boards/protected")["rows"] == guarded.api("/api/clocks")["rows"] == []


def test_neither_feed_nor_tending_know_of_a_protected_clock(guarded: GuardedSite) -> None:
    case(guarded)
    found = re.search(r"/calendar/([\w-]{20,})", guarded.post("/calendar/feed", {}, 200).text)
    assert found is not None
    assert Calendar.from_ical(guarded.client.get(f"/calendar/{found[1]}").text).walk("VEVENT") == []
    later(guarded, 40)
    post = Post(guarded.node.store, lambda: guarded.node.world.charter, guarded.node.clock)
    everything = Reader(guarded.node.party, "secret", frozenset({"HOSTAGE", "ORYX", "OVERSIGHT"}))
    with guarded.node.store.read() as rx:
        assert [t.name for t in turns_at(rx, post, everything) if t.name != "case-existence"] == []


def test_the_ombudsperson_s_page_shows_that_a_case_exists_and_no_more(guarded: GuardedSite) -> None:
    """R26: the ombudsperson sees that a case exists, its clock and roster size."""
    case(guarded)
    guarded.sign_in("duty", compartments=("OVERSIGHT",))
    (row,) = guarded.api("/api/boards/oversight")["rows"]
    assert sorted(row) == ["case", "case_hours", "originator", "roster_size"]
    assert (row["roster_size"], row["originator"]) == (2, "ML")
    page = guarded.get("/oversight")
    assert row["case"] in page
    assert not [w for w in ("ORYX", "P-1", "المها") if w in page]
