"""What officers change in the knowledge file: used at once, here alone, with its history."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from msgspec.structs import replace

from tansiq.base.refusal import Refusal
from tansiq.language.catalogue import catalogue
from tansiq.language.overlay import E7, LocalEntry, merged
from tansiq.policy.clearance import OfficerRole
from tansiq.work.intake_text import Intake, take_text
from tansiq.work.knowledge import (
    change_entry,
    held_entries,
    local_entries,
    restore_entry,
    review_entry,
    withdraw_entry,
)
from tests.work.nodes import Node, make_node

WELL = LocalEntry(
    "In Tebdoq", "place", "ML", ("إن تبدوق", "بئر تبدوق"), ("In Tebdoq",), ("In Tebdoq",),
    lat_e7=20 * E7, lon_e7=E7, precision_m=15_000,
)  # fmt: skip
WHY = "ذكرها تقرير الدورية"


@pytest.fixture
def node(tmp_path: Path) -> Node:
    return make_node(tmp_path)


def entered(node: Node, change: LocalEntry, role: OfficerRole = "analyst") -> Refusal | None:
    return change_entry(node.desk(role), change, WHY)


def drafted(node: Node, text: str) -> Any:
    made = take_text(node.desk("duty"), "تقرير", text.encode())
    assert isinstance(made, Intake)
    return made.file.machine


def places(node: Node, text: str) -> list[str]:
    """What the knowledge file places; a name that is only proposed has no point."""
    return [p.canonical for p in drafted(node, text).places if p.lat is not None]


def test_an_entry_is_used_by_the_next_text_and_not_before(node: Node) -> None:
    text = "عثرت دورية الجيش المالي على مخبأ أسلحة قرب إن تبدوق يوم الاثنين."
    assert "In Tebdoq" not in places(node, text)
    assert entered(node, WELL) is None
    found = next(p for p in drafted(node, text).places if p.canonical == "In Tebdoq")
    assert (found.lat, found.lon, found.precision_m) == (20.0, 1.0, 15_000)


def test_a_shipped_entry_takes_names_loses_names_and_is_withdrawn(node: Node) -> None:
    mended = LocalEntry("Kidal", "place", "ML", ar=("كيضال",), dropped=("كيدال",))
    assert entered(node, mended) is None
    assert places(node, "وقع الهجوم في كيضال يوم الاثنين.") == ["Kidal"]
    assert "Kidal" not in places(node, "وقع الهجوم في كيدال يوم الاثنين.")
    assert withdraw_entry(node.desk("duty"), "Kidal", WHY) is None
    assert places(node, "L'attaque a eu lieu à Kidal lundi.") == []
    assert restore_entry(node.desk("duty"), "Kidal", WHY) is None
    assert places(node, "وقع الهجوم في كيضال يوم الاثنين.") == ["Kidal"]
    assert restore_entry(node.desk("duty"), "Kidal", WHY) is None
    assert places(node, "وقع الهجوم في كيدال يوم الاثنين.") == ["Kidal"]


def test_what_the_program_brings_later_meets_the_change_in_one_entry() -> None:
    change = LocalEntry("Kidal", "place", "ML", ar=("كيضال",), dropped=("كيدال",), lat_e7=18 * E7, lon_e7=E7)
    newer = {"canonical": "Kidal", "cc": "ML", "lat": "18.4", "lon": "1.4", "precision_m": "3000",
             "ar": "كيدال;كيدل", "fr": "Kidal", "en": "Kidal", "flags": ""}  # fmt: skip
    row = merged(newer, change)
    assert row["ar"] == "كيدل;كيضال"
    assert (row["lat"], row["lon"], row["precision_m"]) == ("18.0", "1.0", "3000")


def test_a_cautious_name_needs_public_affairs_around_it(node: Node) -> None:
    change = replace(
        WELL, canonical="Wahat al-Rih", ar=("الريح",), fr=("Ouahat",), en=("Wahat",), cautious=True
    )
    assert entered(node, change) is None
    assert places(node, "هبت الريح على الحقل عند العصر.") == []
    assert places(node, "قتل جنديان من الجيش في كمين قرب الريح.") == ["Wahat al-Rih"]


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        (replace(WELL, kind="person"), "knowledge.kind"),
        (replace(WELL, kind="state"), "knowledge.kind"),
        (LocalEntry("Kidal", "armed_group", "ML", ar=("كيضال",)), "knowledge.kind"),
        (replace(WELL, ar=("عبد العزيز بوتفليقة",)), "knowledge.person"),
        (replace(WELL, ar=("باماكو",)), "knowledge.taken"),
        (replace(WELL, ar=("اسم|آخر",)), "knowledge.name"),
        (replace(WELL, ar=("latin",)), "knowledge.name"),
        (replace(WELL, country="mali"), "knowledge.name"),
        (replace(WELL, lat_e7=None, lon_e7=None), "knowledge.point"),
        (replace(WELL, lat_e7=91 * E7), "knowledge.point"),
        (replace(WELL, precision_m=None), "knowledge.point"),
        (LocalEntry("Nothing", "org"), "knowledge.name"),
    ],
)
def test_what_cannot_stand_is_refused(node: Node, change: LocalEntry, reason: str) -> None:
    no = entered(node, change)
    assert no is not None
    assert no.reason == reason
    with node.store.read() as rx:
        assert local_entries(rx) == ()


def test_every_act_says_why_and_who_signs_may_act(node: Node) -> None:
    no = change_entry(node.desk("analyst"), WELL, "  ")
    assert no is not None
    assert no.reason == "knowledge.why"
    for role in ("interpreter", "admin", "auditor"):
        refused = change_entry(node.desk(role), WELL, WHY)
        assert refused is not None
        assert refused.reason == "role"


def test_the_history_is_kept_and_a_second_officer_reviews(node: Node) -> None:
    assert entered(node, WELL) is None
    own = review_entry(node.desk("analyst"), "In Tebdoq")
    assert own is not None
    assert own.reason == "knowledge.own"
    assert review_entry(node.desk("duty"), "In Tebdoq") is None
    assert entered(node, replace(WELL, note="جفت البئر")) is None
    with node.store.read() as rx:
        held = held_entries(rx)["In Tebdoq"]
        told = [e.act for e in rx.journal_entries(10)]
    assert [bool(step.reviewer) for step in held.steps] == [True, False]
    assert all(step.why == WHY and step.officer for step in held.steps)
    assert {"knowledge-change", "knowledge-review"} <= set(told)


def test_withdrawing_an_own_entry_frees_its_names(node: Node) -> None:
    assert entered(node, WELL) is None
    assert withdraw_entry(node.desk("duty"), "In Tebdoq", WHY) is None
    assert entered(node, replace(WELL, canonical="In Tebdoq 2")) is None
    again = restore_entry(node.desk("duty"), "In Tebdoq", WHY)
    assert again is not None
    assert again.reason == "knowledge.taken"


def test_the_catalogue_lists_no_person() -> None:
    assert {item.entry.kind for item in catalogue().values()}.isdisjoint({"person"})
    assert len(catalogue()) > 1_400
