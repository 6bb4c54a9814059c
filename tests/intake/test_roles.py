"""Who takes part in an event by weight: beside what the rules give, and the form of the weights."""

from __future__ import annotations

import pytest

from tansiq.intake import roles
from tansiq.intake.attribution import Attribution
from tansiq.intake.cast import Cast
from tansiq.intake.draft import PROPOSERS, draft
from tansiq.intake.frames import kept, mentions
from tansiq.intake.page import analyse
from tansiq.intake.roles import ALIKE, MOST, Roles, taking
from tansiq.language.lexicon import rows

HEADS = frozenset(
    {"", "rules", "where", "role", "kind", "how", "proposed", "telling", "outlet", "others", "event",
     "speech",
     "speaks", "of", "often", "only", "dateline", "opens", "last", "alike", "home", "abroad"}
)  # fmt: skip
MOST_WEIGHTS = 600
SOLDIERS = "قتل أربعة جنود في هجوم شنه تنظيم القاعدة في بلاد المغرب الإسلامي قرب كيدال في مالي يوم الاثنين."


def actors(text: str, kind: str) -> set[str]:
    """Return who takes part in the events of a kind."""
    return {who for e in draft(text, name="x").events if e.type == kind for who in e.actors}


@pytest.mark.parametrize(
    ("text", "kind", "who"),
    [
        (
            "اختطف مهندس إسباني يدعى خوسيه ماركيز قرب غاو يوم الثلاثاء. وأعلن تنظيم القاعدة في بلاد المغرب "
            "الإسلامي مسؤوليته عن الخطف، وطالب بفدية.",
            "kidnapping",
            {"AQIM"},
        ),
        (
            "The Algerian foreign minister, Mourad Medelci, met his Malian counterpart in Bamako on Monday.",
            "meeting",
            {"Foreign minister of Mali"},
        ),
    ],
)
def test_who_is_named_beside_takes_part(text: str, kind: str, who: set[str]) -> None:
    assert actors(text, kind) >= who


@pytest.mark.parametrize(
    "text",
    [
        "قتل أربعة تجار في كمين نصب قرب كيدال في مالي يوم الاثنين.",
        "Four traders were killed in an ambush near Kidal in Mali on Monday.",
    ],
)
def test_without_soldiers_no_army_is_asked_about(text: str) -> None:
    assert not actors(text, "attack") & {"Mali", "Malian Armed Forces"}
    assert not {who for who, _ in _marked(text) if who == "Malian Armed Forces"}


def test_soldiers_may_be_of_the_army_of_the_place() -> None:
    assert "where army" in dict(_marked(SOLDIERS))["Malian Armed Forces"]


@pytest.mark.parametrize(
    ("weights", "who"),
    [
        ({"rules given": 1.0}, {"AQIM"}),
        ({"rules given": 1.0, "where army": 1.0}, {"AQIM", "Malian Armed Forces"}),
        ({"rules given": -1.0, "where army": 1.0}, {"Malian Armed Forces"}),
    ],
)
def test_a_draft_names_whom_the_weights_choose(
    weights: dict[str, float], who: set[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(roles, "weights", lambda _: weights)
    assert actors(SOLDIERS, "attack") == who


def test_whom_the_rules_give_stays_if_nobody_outweighs() -> None:
    text = (
        "وكان المهندس قد خطف قرب تمبكتو في مارس الماضي. "
        "وقال تنظيم القاعدة في بلاد المغرب الإسلامي إنه بصحة جيدة."
    )
    assert actors(text, "kidnapping") == {"AQIM"}


def test_one_more_is_added_and_the_likeliest() -> None:
    assert taking(("a",), {"a": 1.0, "b": 0.2, "c": 0.9}) == ("a", "c")


def test_whom_the_rules_give_goes_only_if_he_is_unlikely() -> None:
    assert taking(("a", "b"), {"a": -0.5, "b": -2.0}) == ("a",)
    assert taking(("a",), {"a": -2.0, "b": -0.1}) == ("a",)
    assert taking(("a",), {"a": -2.0, "b": 0.1}) == ("b",)


def test_the_weights_are_of_marks_that_are_given() -> None:
    table = {r["mark"]: float(r["weight"]) for r in rows("event_roles.psv")}
    assert "" in table
    assert len(table) <= MOST_WEIGHTS
    assert {mark.partition(" ")[0] for mark in table} <= HEADS
    assert all(abs(weight) < 10 for weight in table.values())
    assert table["rules given"] > table.get("rules none", 0.0)


def test_a_long_text_asks_about_no_more_names_an_event_than_a_short_one() -> None:
    given, places = ("بوبكر", "موسى", "عيسى", "هارون", "يحيى"), ("غاو", "كيدال", "تمبكتو", "موبتي")
    told = []
    for i in range(300):
        who = f"{given[i % 5]} {given[i // 5 % 5]} ولد {given[i // 25 % 5]}"
        day = f"{1 + i % 28} مارس {2009 + i % 9}"
        told.append(f"قتل العقيد {who} يوم {day} في هجوم قرب {places[i % 4]}.")
    page = analyse("\n".join(told), None, frozenset())
    cast = Cast(page, PROPOSERS)
    said = Attribution(cast)
    events = kept(page, mentions(cast, said))
    weighing = Roles(cast, said, events)
    assert len(events) > 100
    assert max(len(list(weighing.marks(i))) for i in range(len(events))) <= ALIKE + 2 * MOST


def _marked(text: str) -> list[tuple[str, list[str]]]:
    page = analyse(text, None, frozenset())
    cast = Cast(page, PROPOSERS)
    said = Attribution(cast)
    told = kept(page, mentions(cast, said))
    weighing = Roles(cast, said, told)
    return [each for index in range(len(told)) for each in weighing.marks(index)]
