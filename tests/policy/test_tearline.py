"""What stands above the line is found below it, whatever script, numeral or calendar it is written in."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tansiq.base.refusal import Refusal
from tansiq.language.likeness import point_at
from tansiq.policy import tearline
from tansiq.policy.tearline import Leak, leaks, unresolved

ABOVE = (
    "أفاد التاجر حمّه د. يوم 3 مارس 2031 بأن أربعين صندوقا وصلت إلى غاو مع يونس عبد الكريم صالح. "
    "الموقع 18.74, 7.39 والعلامة TH-TRN-07."
)
PLAIN = (
    "تتابع السلطات عملها ولا خطر على السكان",
    "Les autorités poursuivent leur travail ; aucun danger pour la population",
    "The authorities go on with their work and see no danger",
)
SECRETS = {
    "name": ("Hamma", "يونس", "Younes", "YOUNOUS", "Abdelkarim", "Abdel-Karim", "Saleh", "صالح", "ويونس"),
    "number": ("40", "٤٠", "quarante", "forty", "أربعون"),
    "mark": ("TH-TRN-07", "th-trn-07", "TRN-07", "TH-TRN-٠٧"),
    "place": ("Gao", "غاو", "بغاو", "Arlit", "أرليت", "18.75 ; 7.40"),
    "date": ("2031-03-03", "03/03/2031", "3 mars 2031", "٣ مارس ٢٠٣١", "on 3 March 2031"),
}
CASES = [(sort, secret) for sort, secrets in SECRETS.items() for secret in secrets]


def sorts(above: str, below: str) -> set[str]:
    return {leak.sort for leak in leaks(above, below)}


@pytest.mark.parametrize("plain", PLAIN)
def test_text_that_says_nothing_of_it_does_not_leak(plain: str) -> None:
    assert leaks(ABOVE, plain) == ()


@given(st.sampled_from(CASES), st.sampled_from(PLAIN), st.integers(0, 20))
def test_an_injected_secret_is_found_in_any_script_numeral_and_place(
    case: tuple[str, str], plain: str, at: int
) -> None:
    sort, secret = case
    words = plain.split()
    at = min(at, len(words))
    below = " ".join([*words[:at], secret, *words[at:]])
    found = [leak for leak in leaks(ABOVE, below) if leak.sort == sort]
    assert found, below
    where = below.index(secret)
    assert any(leak.below[0] < where + len(secret) and where < leak.below[1] for leak in found)
    assert all(below[slice(*leak.below)] == leak.said and leak.above for leak in found)


@given(st.integers(2, 9999), st.integers(2, 9999))
def test_a_number_leaks_exactly_when_it_is_the_same(above: int, below: int) -> None:
    assert ("number" in sorts(f"عددها {above} صندوقا", f"{below} caisses")) == (above == below)


@given(st.floats(12, 24), st.floats(-8, 14), st.floats(-3, 3), st.floats(-3, 3))
def test_coordinates_leak_when_they_are_near(lat: float, lon: float, north: float, east: float) -> None:
    below = f"{lat + north:.4f}, {lon + east:.4f}"
    found = bool(leaks("", below, places=[point_at(lat, lon)]))
    if abs(north) < 0.1 and abs(east) < 0.1:
        assert found
    if abs(north) > 0.3 or abs(east) > 0.35:
        assert not found


def test_each_leak_is_told_once_with_its_words_on_both_sides() -> None:
    below = "Gao et encore Gao"
    assert leaks("Des caisses vues à Gao.", below) == (Leak("place", "Gao", (0, 3), (19, 22)),)


def test_a_forbidden_term_is_found_though_nothing_above_says_it() -> None:
    found = leaks("", "تَحَرَّكت القافلة نحو كِيدال، convoi vers Kidal", forbidden=["كيدال", "tombouctou"])
    assert [(leak.sort, leak.said, leak.above) for leak in found] == [
        ("term", "كِيدال", None),
        ("term", "Kidal", None),
    ]


def test_a_term_of_several_words_stands_in_order_and_within_no_other_word() -> None:
    assert leaks("", "la force jointe", forbidden=["force jointe"])
    assert leaks("", "jointe la force", forbidden=["force jointe"]) == ()
    assert leaks("", "غاوية", forbidden=["غاو"]) == ()
    assert leaks("", "نحو تمبكتو", forbidden=["", "  "]) == ()


def test_what_hangs_on_the_day_of_writing_is_placed_by_it() -> None:
    below = "le 4 mars 2031"
    assert leaks("شوهدت القافلة أمس", below, written=date(2031, 3, 5))
    assert leaks("شوهدت القافلة أمس", below) == ()


def test_a_leak_is_held_back_until_it_is_justified() -> None:
    found = leaks("عند كيدال", "vers Kidal")
    assert unresolved(found, {"place:Kidal"}) is None
    assert unresolved(found, ()) == Refusal("tearline.leaks", frozenset({"place:Kidal"}))
    assert unresolved((), ()) is None


def test_below_the_line_yesterday_is_placed_by_the_day_of_writing_too() -> None:
    below = "شوهدت القافلة أمس"
    found = leaks("le 4 mars 2031", below, written=date(2031, 3, 5))
    assert [(leak.sort, leak.said) for leak in found] == [("date", "أمس")]
    assert leaks("le 4 mars 2031", below, written=date(2031, 3, 6)) == ()
    assert leaks("le 4 mars 2031", below) == ()


def test_a_place_that_a_field_states_is_told_without_words_above() -> None:
    below = "vers 18.7500, 7.4000"
    found = leaks("", below, places=[point_at(18.75, 7.40)])
    assert found == (Leak("place", "18.7500, 7.4000", (5, 20)),)


def test_a_name_beside_a_place_leaks_with_it_and_on_either_side_of_it() -> None:
    above = "Rencontré Younes à Gao."
    for below in ("Vu Younes à Gao.", "Vu à Gao Younes.", "Vu à Gao : Younes"):
        found = leaks(above, below)
        assert {(leak.sort, leak.said) for leak in found} == {("name", "Younes"), ("place", "Gao")}
        assert [leak.below for leak in found] == sorted(leak.below for leak in found)


@pytest.mark.parametrize(
    ("name", "told"),
    [((5, 10), False), ((6, 9), False), ((4, 10), True), ((4, 9), True), ((5, 11), True), ((10, 12), True)],
)
def test_a_name_is_told_unless_it_lies_wholly_within_a_place(
    monkeypatch: pytest.MonkeyPatch, name: tuple[int, int], *, told: bool
) -> None:
    place, person = Leak("place", "كيدال", (5, 10), (0, 5)), Leak("name", "كيدان", name, (0, 5))
    monkeypatch.setattr(tearline, "_shared", lambda *_: iter([person, place]))
    assert (person in leaks("", "")) is told
