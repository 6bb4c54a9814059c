"""Texts that may tell the same: rare shared names and near days bring them up, wording alone never does."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from tansiq.intake.draft import draft
from tansiq.intake.near import (
    HEAD,
    MOST_SHOWN,
    READ,
    READ_CHARACTERS,
    SHORT,
    Told,
    Vector,
    compared,
    head_of,
    near,
    told_by,
    told_of,
)
from tansiq.intake.shape import Days
from tests.intake.near import figures, told

DAY = Days(date(2029, 3, 20), date(2029, 3, 20))
LATER = Days(date(2030, 3, 20), date(2030, 3, 20))
NAMES = st.frozensets(st.sampled_from(["Mali", "Niger", "Kidal", "Ménaka", "AQIM", "JNIM", "G5", "Agadez"]))
DAYS = st.one_of(st.none(), st.sampled_from([DAY, LATER]))
TOLD = st.builds(Told, NAMES, DAYS)


def of(*names: str, days: Days | None = DAY, vector: Vector | None = None) -> Told:
    return Told(frozenset(names), days, vector)


def test_an_arabic_text_and_its_french_account_share_names_as_drafts_spell_them() -> None:
    arabic = draft("أعلنت حركة أزواد أمس سقوط خمسة قتلى قرب ميناكا شمال مالي.", name="a")
    french = draft("Cinq morts près de Ménaka, dans le nord du Mali, selon un bilan de l'armée.", name="f")
    other = draft("Réunion des ministres à Nouakchott, en Mauritanie, sur les pluies.", name="o")
    found = near(told_by(arabic), {"f": told_by(french), "o": told_by(other)})
    assert [key for key, _ in found] == ["f"]
    assert "Ménaka" in found[0][1].shared


def test_a_record_is_compared_by_the_names_that_its_draft_would_have() -> None:
    text = "Nouakchott, le 3 mai 2013. L'armée mauritanienne a repris Lemgheity au JNIM."
    drafted, read = told_by(draft(text, name="x", proposers=())), told_of(text)
    assert read.names == drafted.names
    assert read.days is not None
    assert drafted.days is not None
    assert (read.days.lo, read.days.hi) == (drafted.days.lo, drafted.days.hi)


def test_of_many_texts_the_nearest_are_read_by_rules_and_the_rest_by_names_of_the_knowledge_file() -> None:
    near_one = "Nouakchott, le 3 mai 2013. Le colonel Sidi Ould Baba a repris Lemgheity."
    far = "Réunion des ministres à Nouakchott, en Mauritanie, sur les pluies."
    texts = {"near": near_one, **{f"far {n}": far for n in range(READ)}}
    found = compared(of("Lemgheity", "Nouakchott"), texts)
    assert found["near"] == told_of(near_one)
    assert found["far 0"] == told_of(far)
    assert found[f"far {READ - 1}"] == Told(frozenset({"Nouakchott", "Mauritania"}), None)


def test_what_stands_far_down_a_long_text_is_not_compared() -> None:
    text = f"Réunion à Nouakchott. {'Il pleut. ' * READ_CHARACTERS}Combats à Lemgheity."
    found = compared(of("Nouakchott"), {"long": text})["long"]
    assert "Nouakchott" in found.names
    assert "Lemgheity" not in found.names


def test_a_rare_name_counts_more_than_one_that_all_texts_hold() -> None:
    crowd = {f"t{n}": of("Mali", f"name {n}", days=LATER) for n in range(30)}
    found = near(of("Mali", "Lemgheity"), {**crowd, "same": of("Mali", "Lemgheity")})
    assert [key for key, _ in found] == ["same"]
    assert found[0][1].shared == ("Lemgheity", "Mali")


def test_wording_raises_and_lowers_but_never_brings_a_text_without_a_shared_name() -> None:
    one = of("Mali", "Kidal", "Algeria", days=LATER, vector=(1.0, 0.0))
    others = {"alike": of("Mali", "Kidal"), "unlike": of("Mali", "Kidal"), "no name": of("Chad")}
    vectors: dict[str, Vector] = {"alike": (0.95, 0.312), "unlike": (0.6, 0.8), "no name": (1.0, 0.0)}
    found = near(one, others, lambda keys: [vectors[k] for k in keys])
    assert [key for key, _ in found] == ["alike"]


def test_wording_is_asked_of_few() -> None:
    asked: list[str] = []

    def worded(keys: Sequence[str]) -> list[Vector]:
        asked.extend(keys)
        return [(1.0,) for _ in keys]

    others = {f"t{n}": of("Kidal") for n in range(SHORT * 3)}
    assert len(near(of("Kidal", vector=(1.0,)), others, worded)) == MOST_SHOWN
    assert len(asked) == SHORT


@given(TOLD, st.lists(TOLD, max_size=12))
def test_what_is_proposed_shares_a_name_and_stands_in_order(one: Told, others: list[Told]) -> None:
    found = near(one, dict(enumerate(others)))
    assert len(found) <= MOST_SHOWN
    assert [n.score for _, n in found] == sorted((n.score for _, n in found), reverse=True)
    for key, how in found:
        assert set(how.shared) == one.names & others[key].names != set()


@given(st.text(max_size=2 * HEAD))
def test_a_head_is_the_beginning_of_its_text(text: str) -> None:
    assert text.strip().startswith(head_of(text))
    assert len(head_of(text)) <= HEAD


def test_the_measure_counts_what_stands_first_and_what_is_shown() -> None:
    held = {"ar-1": of("Kidal"), "fr-1": of("Kidal"), "fr-2": of("Chad", days=LATER), "ar-2": of("Chad")}
    found = figures(
        held,
        lambda n: {o: t for o, t in held.items() if o[:2] != n[:2]},
        {"ar-1": {"E1"}, "fr-1": {"E1"}, "fr-2": {"E2"}},
    )
    assert found["the first is true"] == "1.000 (2 of 2)"
    assert found["of the true, shown"] == "1.000 (2 of 2)"
    assert told({"ar-1": "خبر من كيدال"}, None)["ar-1"].vector is None


def test_a_private_persons_name_brings_no_two_texts_together() -> None:
    told = told_by(draft("خطف مسلحون المهندس سليمان ولد حمادي قرب غاو أمس.", name="a", proposers=()))
    assert "Gao" in told.names
    assert not [name for name in told.names if "سليمان" in name]
    assert told.names == told_of("خطف مسلحون المهندس سليمان ولد حمادي قرب غاو أمس.").names
