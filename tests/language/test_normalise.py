"""Folding and index terms."""

from __future__ import annotations

import tracemalloc

from hypothesis import given
from hypothesis import strategies as st

from tansiq.language.normalise import fold, key, stem, terms
from tansiq.language.translit import sounds

hostile = st.text(
    alphabet=st.one_of(
        st.characters(),
        st.sampled_from("اأإآٱىيةهؤئءـَُِّْ\u200f\u202b\u2066ﻻﷲ١٢٣0٠’«»\n\t \u00a0œéÉİ'"),
    ),
    max_size=200,
)


@given(hostile)
def test_every_folded_letter_knows_its_original(text: str) -> None:
    folded = fold(text)
    assert len(folded.text) == len(folded.starts) == len(folded.ends)
    assert all(0 <= s < e <= len(text) for s, e in zip(folded.starts, folded.ends, strict=True))
    assert list(folded.starts) == sorted(folded.starts)


@given(hostile)
def test_folding_twice_changes_nothing(text: str) -> None:
    once = key(text)
    assert key(once) == once


@given(hostile)
def test_terms_are_words_without_spaces(text: str) -> None:
    assert all(term and not any(c.isspace() for c in term) for term in terms(text))


def test_forms_of_one_letter_meet() -> None:
    assert key("أُمّـــةٌ") == key("امه") == "امه"
    assert key("فى مالى") == key("في مالي")
    assert key("\ufefb") == "لا"
    assert key("٢٠١١") == "2011"
    assert key("Sécurité d’État") == "securite d'etat"


def test_a_span_of_the_folded_text_reproduces_the_original() -> None:
    text = "في  مدينةِ\u200f «تمنراست»"
    folded = fold(text)
    start = folded.text.index("مدينه")
    s, e = folded.span(start, start + len("مدينه"))
    assert text[s:e] == "مدينةِ"
    start = folded.text.index("تمنراست")
    assert text[slice(*folded.span(start, start + 7))] == "تمنراست"


def test_wrapped_lines_are_one_paragraph_and_real_paragraphs_stay() -> None:
    line = "أعلنت الوزارة أن الوفد وصل إلى المدينة ثم غادرها في المساء نفسه"
    assert "\n" not in fold("\n".join([line] * 6)).text
    assert fold("عنوان الخبر\nنص الخبر.").text == "عنوان الخبر\nنص الخبر."


def test_arabic_terms_lose_joined_particles_and_endings() -> None:
    assert terms("والجزائر") == terms("بالجزائر") == terms("للجزائر") == terms("الجزائر")
    assert terms("الأسلحة") == terms("اسلحه")
    assert stem("في") == "في"


def test_latin_terms_lose_elisions_plurals_and_accents() -> None:
    assert terms("l’Algérie", "fr") == terms("Algerie", "fr")
    assert terms("countries") == terms("country")
    assert terms("Qu'attaques", "fr") == terms("attaque", "fr")
    assert terms("Mali's army", "en") == ["mali", "armi"]


def test_a_particle_joined_to_the_name_of_a_place_is_no_part_of_it() -> None:
    assert terms("بباماكو") == terms("لباماكو") == terms("وبباماكو") == terms("باماكو")
    assert terms("وواغادوغو") == terms("بواغادوغو") == terms("واغادوغو")
    assert terms("لموريتانيا") == terms("موريتانيا")


def test_words_without_end_are_read_and_not_kept_in_memory() -> None:
    tracemalloc.start()
    try:
        for n in range(80):
            word = f"{n}ب" * 8_000
            assert terms(word) == [stem(key(word))]
            assert sounds(word) is not None
        kept_bytes, _ = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert kept_bytes < 500_000
