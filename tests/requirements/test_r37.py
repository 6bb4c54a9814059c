"""R37: a long clock that refuses to run without its start, and never closes silently."""

from datetime import UTC, datetime
from typing import Any

from tests.requirements.office import FOUR, at, day, facts, sign, standing, state
from tests.web.site import Site

LABEL = {"level": "restricted", "audience": [*FOUR]}


def clock(office: Site, record: str) -> dict[str, object]:
    found: dict[str, object] = standing(office, record)["clocks"][0]
    return found


def agreement(office: Site) -> tuple[str, str]:
    """The agreement of a meeting without a date: a term of eighteen months."""
    meeting = sign(office, "meeting", "اجتماع باماكو")
    made = sign(
        office,
        "commitment",
        "نشر قوات مشتركة",
        from_sentence="خلال 18 شهرا",
        owners=[*FOUR],
        means="قوة",
        term_months=18,
        runs_from_meeting=meeting,
    )
    return meeting, made


def test_r37_the_clock_refuses_to_run_until_the_date_is_entered_or_marked_inferred(office: Site) -> None:
    """Waiting, its start unknown; with an inferred day it runs and says so."""
    meeting, made = agreement(office)
    assert (clock(office, made)["state"], clock(office, made)["due"]) == ("waiting", None)
    assert "runs_from" in standing(office, made)["unknown"]
    inferred = day("2030-05-20", anchor_basis="inferred")
    body = {"kind": "meeting", "title": "اجتماع باماكو", "fields": {"starts": inferred}, "label": LABEL}
    office.api(f"/api/records/{meeting}/versions", body)
    runs = clock(office, made)
    assert (runs["state"], runs["inferred"], runs["due"]) == ("running", True, "2031-11-20T00:00:00Z")
    assert "بداية مستنتجة" in office.get("/follow-up")


def test_r37_it_shows_elapsed_remaining_and_slippage_and_at_its_end_it_is_missed(office: Site) -> None:
    """Expiry without proof reads "missed"; years later it still does, and only proof changes it."""
    made = sign(
        office,
        "commitment",
        "نشر قوات",
        from_sentence="خلال 18 شهرا",
        owner="ML",
        means="قوة",
        term_months=18,
        runs_from=day("2030-05-20"),
    )
    step: dict[str, Any] = {"commitment": made, "due": day("2031-02-19")}
    sign(office, "milestone", "تحديد المساهمات", **step)
    told = facts(office, made)
    assert (told["elapsed_days"], told["left_days"]) == (285, 263)
    assert office.api("/api/boards/follow-up")["commitments"][0]["slipped_days"] == 9
    for when in (datetime(2031, 11, 20, tzinfo=UTC), datetime(2035, 1, 1, tzinfo=UTC)):
        at(office, when)
        assert (state(office, made), clock(office, made)["state"]) == ("missed", "late")
    assert "فات أجله" in office.get("/follow-up")


def test_r37_a_date_does_not_move_without_leaving_the_first_one(office: Site) -> None:
    """The first date stays beside the new one, and what lies between is the slippage."""
    fields: dict[str, Any] = {"from_sentence": "قبل أبريل", "owner": "ML", "means": "فريق"}
    made = sign(office, "commitment", "بئر", **fields, due=day("2031-04-01"))
    moved = {
        "kind": "commitment",
        "title": "بئر",
        "label": LABEL,
        "fields": fields | {"due": day("2031-05-01")},
    }
    assert office.api(f"/api/records/{made}/versions", moved, status=422)["code"] == "promise.first-due"
    moved["fields"] = {**fields, "due": day("2031-05-01"), "first_due": day("2031-04-01")}
    office.api(f"/api/records/{made}/versions", moved)
    assert office.api("/api/boards/follow-up")["commitments"][0]["slipped_days"] == 30
