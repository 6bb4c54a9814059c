"""The agreed words: one source, three languages, pages in step with it."""

from __future__ import annotations

import re

import pytest

import tansiq.model.kinds  # noqa: F401
from tansiq.model.kind import CATALOGUE
from tests.samples.forms import arabic_share
from tools.glossary import LANGS, Glossary, Lang, page, read, stale

DESIGN_WORDS = (
    "party circle node officer record kind header originator label national-caveat tearline grant recall",
    "envelope segment feed head-list mailbox channel carrier parcel receipt charter epoch report statement",
    "claim incident assessment reliability credibility probability confidence chain origin corroboration",
    "contradiction gap rfi mandate position decision commitment intent pledge delivery consent journal log",
)


@pytest.fixture(scope="module")
def glossary() -> Glossary:
    return read()


def test_the_pages_are_what_the_source_says() -> None:
    assert stale() == []


def test_every_word_of_the_design_is_there(glossary: Glossary) -> None:
    assert {word for line in DESIGN_WORDS for word in line.split()} <= {term.id for term in glossary.terms}
    assert len(glossary.terms) >= 120


def test_ids_are_unique_and_groups_are_known(glossary: Glossary) -> None:
    ids = [term.id for term in glossary.terms]
    assert len(ids) == len(set(ids))
    assert {term.group for term in glossary.terms} == {group.id for group in glossary.groups}


def test_every_term_and_meaning_is_in_the_script_of_its_language(glossary: Glossary) -> None:
    for term in glossary.terms:
        for words in (term.names, term.definition):
            assert arabic_share(words.ar) > 0.85, term.id
            assert arabic_share(words.fr + words.en) == 0, term.id


@pytest.mark.parametrize("lang", LANGS)
def test_no_two_terms_share_a_name(glossary: Glossary, lang: Lang) -> None:
    names = [term.names.say(lang) for term in glossary.terms]
    assert sorted({name for name in names if names.count(name) > 1}) == []


def test_a_meaning_is_one_sentence_and_breaks_no_table(glossary: Glossary) -> None:
    for term in glossary.terms:
        for lang in LANGS:
            assert term.definition.say(lang).endswith("."), term.id
            assert len(term.definition.say(lang)) <= 110, term.id
            assert "|" not in term.names.say(lang) + term.definition.say(lang)


def test_the_arabic_page_runs_from_right_to_left(glossary: Glossary) -> None:
    assert page(glossary, "ar").startswith('<div dir="rtl">\n')
    assert "dir=" not in page(glossary, "fr")


def plain(name: str) -> str:
    """Return a name without vowel marks, capitals and what stands in brackets."""
    return re.sub(r"\s*\(.*?\)|[\u064b-\u0652]", "", name).casefold()


@pytest.mark.parametrize("lang", LANGS)
def test_a_record_kind_has_the_name_that_the_glossary_gives_it(glossary: Glossary, lang: Lang) -> None:
    agreed = {term.id: term.names.say(lang) for term in glossary.terms}
    shared = [kind for kind in CATALOGUE.values() if kind.name in agreed]
    assert len(shared) >= 30
    assert [k.name for k in shared if plain(k.titles[lang]) != plain(agreed[k.name])] == []
