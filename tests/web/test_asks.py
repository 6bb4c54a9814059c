"""Rosters, the second person and broken glass, over a node's own interface and pages."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from tansiq.base.ids import RecordId
from tansiq.work.credentials import make_credential
from tests.web.guarded import PASSWORD, GuardedSite

ABSENT = "01c16397-ab00-747e-9516-fe7fe687dcf4"
REASON = "اتصلت العائلة ولا أحد من السجل هنا"


@pytest.fixture
def site(tmp_path: Path) -> Iterator[GuardedSite]:
    made = GuardedSite(tmp_path)
    with made.client:
        yield made


def filed(site: GuardedSite, **more: Any) -> str:
    """Sign a record as one who holds HOSTAGE; return its id."""
    site.enter("aicha")
    return str(site.api("/api/records", site.hostage() | more, 201)["id"])


def asked(site: GuardedSite, who: str, what: str, **more: str) -> str:
    """Ask for something as an officer; return the ask's id."""
    site.enter(who)
    return str(site.api("/api/asks", {"what": what, "reason": REASON, **more}, 201)["id"])


def agreed(site: GuardedSite, who: str, ask: str, *, agree: bool = True, status: int = 200) -> None:
    """Answer an ask as an officer."""
    site.enter(who)
    site.api(f"/api/asks/{ask}", {"agree": agree}, status)


def journal(site: GuardedSite) -> list[str]:
    """The acts in the journal, oldest first."""
    with site.node.store.read() as rx:
        return [e.act for e in reversed(rx.journal_entries(500))]


def test_one_who_holds_a_compartment_admits_to_it_and_takes_off(site: GuardedSite) -> None:
    record = filed(site)
    site.enter("salem")
    site.api("/api/roster", {"do": "admit", "code": "HOSTAGE", "officer": "idriss"})
    site.enter("idriss")
    site.api(f"/api/records/{record}")
    site.enter("salem")
    site.api("/api/roster", {"do": "dismiss", "code": "HOSTAGE", "officer": "idriss"})
    site.enter("idriss")
    site.api(f"/api/records/{record}", status=404)
    assert [a for a in journal(site) if a.startswith("roster")] == ["roster-admit", "roster-dismiss"]


@pytest.mark.parametrize(
    ("who", "officer"),
    [("admin", "admin"), ("admin", "idriss"), ("maryam", "maryam"), ("aicha", "idriss"), ("salem", "admin")],
)
def test_nobody_gives_what_he_does_not_hold_or_to_whom_it_is_not_for(
    site: GuardedSite, who: str, officer: str
) -> None:
    record = filed(site)
    site.enter(who)
    site.api("/api/roster", {"do": "admit", "code": "HOSTAGE", "officer": officer}, 422)
    site.enter(officer)
    site.api(f"/api/records/{record}", status=404)


def test_a_roster_that_is_not_held_answers_as_one_that_is_not_there(site: GuardedSite) -> None:
    filed(site)
    site.enter("maryam")
    for do in ("admit", "dismiss", "take-up"):
        answers = [
            site.api("/api/roster", {"do": do, "code": code, "officer": "idriss"}, 422)
            for code in ("HOSTAGE", "CASE-NONE")
        ]
        assert answers[0] == answers[1]
    assert site.api("/api/roster") == {"open": True, "rows": []}
    assert "HOSTAGE" not in site.get("/roster")


def test_a_case_has_a_random_name_and_its_officer_on_the_roster(site: GuardedSite) -> None:
    site.enter("maryam")
    made = site.api("/api/roster", {"do": "case"})["made"]
    assert made.startswith("CASE-")
    assert site.api("/api/roster")["rows"] == [{"code": made, "holders": ["maryam"], "in_escrow": True}]
    sent = site.hostage("قضية جديدة")
    sent["label"] = sent["label"] | {"compartments": [made]}
    record = site.api("/api/records", sent, 201)["id"]
    site.api(f"/api/records/{record}")
    site.enter("aicha")
    site.api(f"/api/records/{record}", status=404)
    site.enter("idriss")
    site.api("/api/roster", {"do": "case"}, 422)


def test_a_password_that_was_reset_opens_nothing_until_another_admits_again(site: GuardedSite) -> None:
    record = filed(site)
    site.enter("admin")
    site.post("/accounts/aicha", {"do": "password", "password": "كلمة أولى جديدة طويلة"})
    site.enter("salem")
    site.api(f"/api/records/{record}")
    with site.node.store.read() as rx:
        assert [h.officer for h in rx.holders("HOSTAGE")] == ["salem"]


def test_a_session_without_keys_opens_them_with_the_password(site: GuardedSite) -> None:
    record = filed(site)
    site.wiring.session_keys.__init__()  # type: ignore[misc]  # what a restart leaves
    site.api(f"/api/records/{record}", status=404)
    site.api("/api/roster", {"do": "unlock", "password": "خطأ"}, 422)
    site.api("/api/roster", {"do": "unlock", "password": PASSWORD})
    site.api(f"/api/records/{record}")


def test_who_resets_both_passwords_of_the_escrow_comes_by_no_key(site: GuardedSite) -> None:
    record = filed(site)
    site.admitted("idriss")
    with site.node.store.write() as tx:
        for officer, role in (("salem", "release"), ("maryam", "legal"), ("binta", "release")):
            make_credential(tx, officer, role, PASSWORD, entropy=site.node.entropy, now_ms=1)
    site.enter("idriss")
    site.api(f"/api/records/{record}")
    ask = asked(site, "aicha", "break-glass", record=record)
    for who in ("salem", "maryam"):
        site.enter(who)
        site.api(f"/api/asks/{ask}", {"agree": True})
        site.api("/api/roster", {"do": "confirm"}, 422)
    site.enter("aicha")
    assert next(a for a in site.api("/api/asks")["mine"] if a["id"] == ask)["state"] == "declined"
    site.api(f"/api/glass/{record}", status=404)


def test_a_holder_who_confirms_the_escrow_puts_his_keys_into_it(site: GuardedSite) -> None:
    record = filed(site)
    site.admitted("binta")
    with site.node.store.write() as tx:
        for officer, role in (("salem", "release"), ("maryam", "legal")):
            make_credential(tx, officer, role, PASSWORD, entropy=site.node.entropy, now_ms=1)
    site.enter("binta")
    assert "confirm" in site.get("/roster")
    site.api("/api/roster", {"do": "confirm"})
    assert "confirm" not in site.get("/roster")
    ask = asked(site, "maryam", "admit", code="HOSTAGE", officer="idriss")
    agreed(site, "maryam", ask)
    agreed(site, "salem", ask)
    site.enter("idriss")
    site.api(f"/api/records/{record}")


TWO: dict[str, Any] = {
    "label": {"level": "confidential", "audience": ["ML", "NE"], "rules": ["TWO-PERSON"]},
}


@pytest.fixture(params=["plain", "protected"])
def two(site: GuardedSite, request: pytest.FixtureRequest) -> tuple[GuardedSite, str]:
    """A site with a record under TWO-PERSON, within a protected compartment or not."""
    inside = {"compartments": ["HOSTAGE"]} if request.param == "protected" else {}
    return site, filed(site, label=TWO["label"] | inside)


def test_a_body_under_two_persons_opens_when_a_second_entitled_officer_agrees(
    two: tuple[GuardedSite, str],
) -> None:
    site, record = two
    site.enter("aicha")
    assert site.api(f"/api/records/{record}", status=403)["code"] == "record.second-first"
    page = site.get(f"/record/{record}")
    assert "مفاوضات المهندس" in page
    assert "كيدال" not in page
    assert site.api("/api/search?q=كيدال")["total"] == 0
    assert site.api("/api/search?q=المهندس")["total"] == 1
    ask = asked(site, "aicha", "two-person", record=record)
    agreed(site, "aicha", ask, status=404)
    agreed(site, "salem", ask)
    site.api(f"/api/records/{record}", status=403)
    site.enter("aicha")
    assert "كيدال" in site.api(f"/api/records/{record}")["fields"]["text"]
    assert "كيدال" in site.get(f"/record/{record}")
    site.node.clock.set(site.node.clock.now() + timedelta(minutes=61))
    site.enter("aicha")
    site.api(f"/api/records/{record}", status=403)
    assert [a for a in journal(site) if a.startswith("two")] == ["two-ask", "two-agree"]


@pytest.mark.parametrize("path", ["json", "edit", "tearline", "recall", "grant"])
def test_no_page_shows_a_body_under_two_persons_to_one(two: tuple[GuardedSite, str], path: str) -> None:
    site, record = two
    site.enter("salem")
    assert "كيدال" not in site.get(f"/record/{record}/{path}", 403)


def test_who_may_not_read_is_no_second_person_and_learns_nothing(site: GuardedSite) -> None:
    record = filed(site, label=TWO["label"] | {"compartments": ["HOSTAGE"]})
    ask = asked(site, "aicha", "two-person", record=record)
    for who in ("idriss", "maryam", "admin", "sidi"):
        site.enter(who)
        assert site.api("/api/asks")["waiting"] == []
        there, absent = (site.api(f"/api/asks/{each}", {"agree": True}, 404) for each in (ask, "0" * 32))
        assert there == absent
        refused = [
            site.api("/api/asks", {"what": "two-person", "reason": "س", "record": each}, 404)
            for each in (record, ABSENT)
        ]
        assert refused[0] == refused[1]


def test_a_declined_or_late_answer_opens_nothing(site: GuardedSite) -> None:
    record = filed(site, **TWO)
    ask = asked(site, "aicha", "two-person", record=record)
    agreed(site, "salem", ask, agree=False)
    late = asked(site, "aicha", "two-person", record=record)
    site.node.clock.set(site.node.clock.now() + timedelta(minutes=31))
    agreed(site, "salem", late, status=404)
    site.enter("aicha")
    site.api(f"/api/records/{record}", status=403)


@pytest.mark.parametrize("order", [("binta", "maryam"), ("maryam", "binta")])
def test_glass_is_broken_by_the_release_and_the_legal_officer_together(
    site: GuardedSite, order: tuple[str, str]
) -> None:
    site.admitted("binta", "*release", by="salem")
    record = filed(site)
    site.enter("salem")
    site.api("/api/roster", {"do": "dismiss", "code": "HOSTAGE", "officer": "salem"})
    ask = asked(site, "salem", "break-glass", record=record)
    agreed(site, "salem", ask, status=404)
    agreed(site, order[0], ask)
    site.api(f"/api/glass/{record}", status=404)
    agreed(site, order[0], ask, status=404)
    agreed(site, order[1], ask)
    site.api(f"/api/records/{record}", status=404)
    site.enter("salem")
    assert site.api(f"/api/glass/{record}")["text"] == "يُحتجز قرب كيدال منذ ثلاثة أيام"
    assert "كيدال" in site.get(f"/glass/{record}")
    site.api(f"/api/records/{record}", status=404)
    assert site.api("/api/records")["total"] == 0
    site.node.clock.set(site.node.clock.now() + timedelta(minutes=61))
    site.enter("salem")
    site.api(f"/api/glass/{record}", status=404)
    assert [a for a in journal(site) if a.startswith("glass")] == [
        "glass-ask", "glass-agree", "glass-agree", "glass-notice", "glass-open", "glass-open",
    ]  # fmt: skip


def test_broken_glass_is_told_to_the_roster_and_the_originator_in_a_signed_record(site: GuardedSite) -> None:
    record = filed(site)
    ask = asked(site, "salem", "break-glass", record=record)
    agreed(site, "maryam", ask)
    site.admitted("binta", "*release", by="salem")
    agreed(site, "binta", ask)
    site.enter("aicha")
    rows = site.api("/api/records?kind=break-glass")["rows"]
    assert len(rows) == 1
    told = site.api(f"/api/records/{rows[0]['id']}")
    assert told["fields"]["reason"] == REASON
    assert (told["fields"]["record"], told["label"]["compartments"]) == (record, ["HOSTAGE"])
    site.enter("idriss")
    site.api(f"/api/records/{rows[0]['id']}", status=404)


def test_breaking_glass_over_nothing_answers_as_over_something(site: GuardedSite) -> None:
    site.admitted("binta", "*release", by="salem")
    record = filed(site)
    for each in (record, ABSENT):
        ask = asked(site, "salem", "break-glass", record=each)
        site.enter("salem")
        mine = next(a for a in site.api("/api/asks")["mine"] if a["id"] == ask)
        assert (mine["state"], mine["reason"]) == ("open", REASON)
        agreed(site, "maryam", ask)
    site.enter("salem")
    states = [a["state"] for a in site.api("/api/asks")["mine"]]
    assert states == ["half", "half"]


def test_glass_is_not_broken_by_one_half_twice_nor_by_a_role_without_it(site: GuardedSite) -> None:
    site.admitted("binta", "*release", by="salem")
    record = filed(site)
    site.enter("idriss")
    site.api("/api/asks", {"what": "break-glass", "reason": "س", "record": record}, 422)
    ask = asked(site, "aicha", "break-glass", record=record)
    agreed(site, "salem", ask)
    agreed(site, "binta", ask, status=404)
    agreed(site, "admin", ask, status=404)
    site.enter("aicha")
    site.api(f"/api/glass/{record}", status=404)


def test_a_half_that_was_given_opens_nothing_by_itself_at_rest(site: GuardedSite) -> None:
    record = filed(site)
    ask = asked(site, "aicha", "break-glass", record=record)
    agreed(site, "maryam", ask)
    with site.node.store.read() as rx:
        share = rx.said(ask)[0].share
        held = rx.record(RecordId(record))
    assert held is not None
    assert set(share) == {"HOSTAGE"}
    assert b"AGE-SECRET-KEY" not in share["HOSTAGE"]
    agreed(site, "salem", ask)
    with site.node.store.read() as rx:
        assert all(not s.share for s in rx.said(ask))


def test_the_escrow_puts_an_officer_on_a_roster_that_nobody_present_stands_on(site: GuardedSite) -> None:
    record = filed(site)
    ask = asked(site, "maryam", "admit", code="HOSTAGE", officer="idriss")
    agreed(site, "maryam", ask)
    agreed(site, "salem", ask)
    site.enter("idriss")
    site.api(f"/api/records/{record}")
    none = asked(site, "maryam", "admit", code="CASE-NONE", officer="idriss")
    agreed(site, "maryam", none)
    agreed(site, "salem", none)


def test_the_pages_of_rosters_and_asks_work_in_three_languages(site: GuardedSite) -> None:
    record = filed(site, **TWO)
    asked(site, "aicha", "two-person", record=record)
    for lang in ("ar", "fr", "en"):
        site.enter("salem")
        site.read_in(lang)
        assert "HOSTAGE" in site.get("/roster")
        page = site.get("/asks")
        assert REASON in page
        assert "protect." not in page
    ask = site.api("/api/asks")["waiting"][0]["id"]
    site.post(f"/asks/{ask}", {"do": "agree"})
    site.post("/glass", {"record": ABSENT, "reason": REASON})
    site.post(f"/record/{record}/second", {"reason": REASON})
    site.post("/roster", {"do": "admit", "code": "HOSTAGE", "officer": "idriss"})
    assert "ضابط idriss" in site.get("/roster")
