"""R39: a follow-up board that forgets nothing across years."""

from datetime import timedelta

from tests.federation import START
from tests.requirements.office import FOUR, at, flags, sign, standing
from tests.web.site import Site

GAP = timedelta(days=4 * 365 + 1)


def test_r39_after_four_years_every_open_item_is_there_with_age_and_last_touch(office: Site) -> None:
    """None is archived by itself; closing needs a reason."""
    items = [sign(office, "follow-up", f"بند {n}", follow_up_state="open") for n in range(4)]
    promise = sign(office, "commitment", "قمة", from_sentence="في أقرب وقت")
    at(office, START + GAP)
    told = office.api("/api/boards/follow-up")
    assert {x["id"] for x in told["items"]} == set(items)
    assert {(x["state"], x["age_days"], x["touched"]) for x in told["items"]} == {
        ("open", 1461, START.isoformat().replace("+00:00", "Z"))
    }
    assert [(x["id"], x["state"]) for x in told["commitments"]] == [(promise, "open")]
    assert all(f"بند {n}" in office.get("/follow-up") for n in range(4))
    silent = {
        "kind": "follow-up",
        "title": "بند 0",
        "fields": {"follow_up_state": "closed"},
        "label": {"level": "restricted", "audience": [*FOUR]},
    }
    assert office.api(f"/api/records/{items[0]}/versions", silent, status=422)["code"] == "field.needed"


def test_r39_the_board_before_a_summit_traces_every_commitment_to_its_sentence(office: Site) -> None:
    """Counts are worked out from the ledger; what is undated keeps its badge."""
    sign(office, "commitment", "فريق حفر", from_sentence="dès que possible", owner="ML", lang_="fr")
    board = sign(office, "follow-up", "لوحة المتابعة قبل القمة", counts="تُحسب من السجل")
    trace = next(f for f in standing(office, board)["facts"] if f["name"] == "trace")
    assert trace["about"] == {
        "from_kind": "commitment",
        "to_kind": "sentence",
        "coverage": 1,
        "linked": 1,
        "of": 1,
    }
    assert "UNDATED" in flags(office, board)


def test_r39_what_a_review_wants_changed_becomes_items_for_its_owners(office: Site) -> None:
    """An after-action review opens follow-ups, and one act makes them records."""
    review = sign(office, "aar", "مراجعة التمرين", improve=["تقرير متأخر", "عجز في الإخلاء"])
    opened = standing(office, review)["opens"]
    assert {(o["what"], *o["parties"]) for o in opened} == {("followup", *FOUR)}
    made = office.api(f"/api/records/{review}/carry", {}, status=201)["ids"]
    assert len(made) == 2
    assert {o["record"] for o in standing(office, review)["opens"]} == set(made)
