"""The development set of chains: whole, varied, and read as well as it was before."""

from __future__ import annotations

import pytest

from tests.intake.chains import measure, names, rate, report

FLOORS = {"ar": 0.94, "fr": 0.90, "en": 0.92}
DEPTH, ANONYMOUS, KIND = 0.93, 0.93, 0.90
LANGS = tuple(FLOORS)


@pytest.mark.parametrize("lang", LANGS)
def test_the_set_holds_fifteen_reports_of_as_many_genres(lang: str) -> None:
    reports = [report(name)[1] for name in names(lang)]
    assert len(reports) >= 15
    assert len({r.genre for r in reports}) >= 15
    assert {r.lang for r in reports} == {lang}


@pytest.mark.parametrize("lang", LANGS)
def test_every_entry_stands_in_its_text_and_every_relay_is_one_step_nearer(lang: str) -> None:
    for name in names(lang):
        text, truth = report(name)
        links = truth.reporting_chain
        assert [x.surface for x in links if x.surface not in text] == []
        assert all(links[x.quotes].depth == x.depth + 1 for x in links if x.quotes is not None)


@pytest.mark.parametrize("lang", LANGS)
def test_the_chains_are_read_as_well_as_was_reached(lang: str) -> None:
    found = measure(names(lang))
    assert found.f1 >= FLOORS[lang], found.wrong


def test_depth_anonymity_and_kind_hold_over_all_languages() -> None:
    found = measure(n for lang in LANGS for n in names(lang))
    figures = rate(found.deep), rate(found.anonymous), rate(found.kinds)
    assert figures >= (DEPTH, 0, 0)
    assert figures[1] >= ANONYMOUS
    assert figures[2] >= KIND
