"""Where an event takes place by weight: beside what the rules give, and the form of the weights."""

from __future__ import annotations

import pytest

from tansiq.intake import whereabouts
from tansiq.intake.attribution import Attribution
from tansiq.intake.cast import Cast
from tansiq.intake.draft import PROPOSERS, draft
from tansiq.intake.frames import kept, mentions
from tansiq.intake.incidents import Told
from tansiq.intake.page import analyse
from tansiq.intake.whereabouts import BACK, FREQUENT, NEAR, POINTS, TABLE, Whereabouts, taken
from tansiq.language.lexicon import rows

HEADS = frozenset(
    {"", "alike", "aside", "between", "close", "dateline", "event", "far", "finer", "inside", "kind", "lead",
     "main", "most", "often", "opens", "others", "placed", "plain", "points", "proposed", "role", "rules",
     "size", "speech", "status", "where"}
)  # fmt: skip
MOST_WEIGHTS = 400


def places(text: str, kind: str) -> set[str | None]:
    """Return where the events of a kind take place."""
    return {e.place for e in draft(text, name="x").events if e.type == kind}


@pytest.mark.parametrize(
    ("text", "kind", "place"),
    [
        (
            "هاجم مسلحون ليل الأحد مركزا للدرك في منكا، فقتلوا أربعة جنود. وأوقف الجيش ثلاثة مشتبه بهم "
            "عند مدخل المدينة صباح الاثنين.",
            "arrest",
            "Ménaka",
        ),
        (
            "Gunmen attacked a gendarmerie post in Menaka on Sunday, killing four soldiers. Three suspects "
            "were arrested at the gates of the town on Monday.",
            "arrest",
            "Ménaka",
        ),
    ],
)
def test_a_clause_without_a_place_is_told_where_the_event_before_it_was(
    text: str, kind: str, place: str
) -> None:
    assert places(text, kind) == {place}


def test_what_is_denied_is_denied_where_it_was_told() -> None:
    text = "قتل ثلاثة جنود في كمين قرب منكا يوم الاثنين. ونفى الجيش وقوع أي هجوم في المنطقة."
    assert [e.place for e in draft(text, name="x").events if e.status == "denied"] == ["Ménaka"]


@pytest.mark.parametrize(
    "text",
    [
        "اجتمع وزراء دفاع مالي والنيجر في نيامي يوم الاثنين. وأعلنت جماعة أنصار الدين مسؤوليتها عن الهجوم.",
        "Defence ministers of Mali and Niger met in Niamey on Monday. Ansar Dine claimed responsibility for "
        "the attack.",
    ],
)
def test_a_statement_is_asked_about_no_place(text: str) -> None:
    assert places(text, "statement") <= {None}
    assert not [mark for told, asked in _asked(text) if told.kind == "statement" for mark in asked]


@pytest.mark.parametrize(
    ("text", "kind", "place"),
    [
        ("أكد مصدر في نيامي أن مسلحين هاجموا قافلة قرب أغاديز.", "attack", "Niamey"),
        ("ضبطت الجمارك شحنة مخدرات كانت موجهة إلى غاو قرب بلدة أساماكا.", "seizure", "Gao"),
        ("أكد مصدر أمني أن مسلحين هاجموا قافلة، فيما وصل وزير الداخلية إلى أغاديز.", "attack", "Agadez"),
    ],
)
def test_what_the_rules_refuse_in_the_sentence_is_not_asked_about(text: str, kind: str, place: str) -> None:
    """Where it was told, where somebody was going, where another clause is."""
    assert place not in {name for told, each in _asked(text) if told.kind == kind for name, _ in each}


def test_another_events_place_is_not_taken_where_one_stands_in_the_clause() -> None:
    text = "هاجم مسلحون ثكنة في منكا يوم الأحد. وأوقف الجيش ثلاثة مشتبه بهم في غاو يوم الاثنين."
    assert places(text, "arrest") == {"Gao"}


@pytest.mark.parametrize(("weighs", "place"), [(2.0, "Ménaka"), (-2.0, None)])
def test_a_draft_takes_the_place_that_the_weights_choose(
    weighs: float, place: str | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(whereabouts, "weights", lambda _: {"": weighs})
    assert places("هاجم مسلحون ثكنة في منكا يوم الأحد.", "attack") == {place}


def test_the_likeliest_is_the_place() -> None:
    assert taken("a", {"a": 0.1, "b": 0.9}) == "b"
    assert taken(None, {"a": 0.1, "b": -0.9}) == "a"


def test_what_the_rules_give_goes_only_if_it_is_unlikely() -> None:
    assert taken("a", {"a": -0.9, "b": -0.8}) == "a"
    assert taken("a", {"a": -2.0, "b": -0.8}) is None
    assert taken("a", {}) == "a"


def test_a_place_is_taken_only_if_it_is_likely_enough() -> None:
    assert taken(None, {"a": -0.8}) is None


@pytest.mark.parametrize(
    "text",
    ["في المدينه نفسها", "قرب المخيم", "وكان الجيش هناك منذ شهر", "sur les lieux mardi", "dans cette ville.",
     "he went there on monday", "outside the town"],
)  # fmt: skip
def test_words_point_back_to_a_place(text: str) -> None:
    assert POINTS.search(text)


@pytest.mark.parametrize(
    "text",
    ["تنظيم القاعده", "هناك خلافات", "المنطقه العسكريه السادسه", "la ville de gao", "la region d'agadez",
     "there was no attack", "the town of gao", "the townspeople"],
)  # fmt: skip
def test_words_that_name_a_place_or_say_that_something_is_point_to_none(text: str) -> None:
    assert POINTS.search(text) is None


def test_a_capital_called_like_its_state_is_a_town() -> None:
    asked = {
        place: marks
        for _, each in _asked("عقد الاجتماع بالجزائر في 16 مارس الماضي.")
        for place, marks in each
    }
    assert "size 0" in asked["Algiers"]


def test_the_weights_are_of_marks_that_are_given() -> None:
    table = {r["mark"]: float(r["weight"]) for r in rows(TABLE)}
    assert "" in table
    assert len(table) <= MOST_WEIGHTS
    assert {mark.partition(" ")[0] for mark in table} <= HEADS
    assert all(abs(weight) < 10 for weight in table.values())
    assert table.get("rules given", 0.0) > table["rules passed"]


@pytest.mark.parametrize("joint", [". ", "، و"])
def test_a_long_text_asks_about_no_more_places_an_event_than_a_short_one(joint: str) -> None:
    towns = (
        "غاو", "كيدال", "تمبكتو", "موبتي", "نيامي", "أغاديز", "تاوا", "زندر", "ديفا", "نواكشوط", "النعمة",
        "ورقلة", "تمنراست", "غرداية", "أدرار", "بشار", "سبها", "غات", "باماكو", "سيغو", "دوري", "جيبو",
    )  # fmt: skip
    told = [f"قتل {3 + i % 9} جنود في هجوم قرب {towns[i * 7 % 22]} يوم {1 + i % 28} مارس" for i in range(300)]
    asked = [len(each) for _, each in _asked(joint.join(told))]
    assert len(asked) > 30
    assert max(asked) <= 2 * NEAR + FREQUENT + BACK + 3


def _asked(text: str) -> list[tuple[Told, list[tuple[str, list[str]]]]]:
    """Return each event of a text with the places it is asked about and their marks."""
    page = analyse(text, None, frozenset())
    cast = Cast(page, PROPOSERS)
    said = Attribution(cast)
    told = kept(page, mentions(cast, said))
    weighs = Whereabouts(cast, said, told)
    return [(each, list(weighs.marks(index))) for index, each in enumerate(told)]
