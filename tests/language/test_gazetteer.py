"""Names found in texts, and words that only look like names."""

from __future__ import annotations

import pytest

from tansiq.language.gazetteer import gazetteer
from tansiq.language.normalise import fold


def found(text: str, without: frozenset[str] = frozenset()) -> list[str]:
    return [m.entry.canonical for m in gazetteer(without).find(fold(text)) if not m.alias.adjective]


@pytest.mark.parametrize(
    "text",
    ["وصل إلى الجزائر", "سافر للجزائر", "والجزائر تدعم", "وبالجزائر انعقد", "الجَزائِر", "فى الجزائر"],
)
def test_a_state_is_found_with_joined_particles_and_marks(text: str) -> None:
    assert found(text) == ["Algeria"]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("طلب دعم مالي عاجل", []),
        ("وقعت مالي على الوثيقة", ["Mali"]),
        ("زار القاعدة العسكرية الجديدة", []),
        ("تبنت القاعدة الهجوم", ["Al-Qaeda"]),
        ("بلدان المغرب العربي", ["Maghreb"]),
        ("أدى صلاة المغرب", []),
        ("على ضفة نهر النيجر", ["Niger River"]),
        ("خفر الساحل الغربي", []),
        ("في إطار التعاون", []),
        ("قرب مدينة أطار", ["Atar"]),
        ("انطلق الدوري، دوري الموسم", []),
        ("مصر على موقفه", []),
    ],
)
def test_homographs_are_decided_by_their_neighbours(text: str, names: list[str]) -> None:
    assert found(text) == names


def test_fused_words_are_still_a_name() -> None:
    assert found("أعلنت الولاياتالمتحدةالأمريكية") == ["United States"]


def test_latin_names_need_their_capitals_and_acronyms_theirs() -> None:
    assert found("Le Niger et le Tchad") == ["Niger", "Chad"]
    assert found("tell us about it") == []
    assert found("US officials") == ["United States"]


def test_the_longest_name_wins() -> None:
    assert found("في جنوب السودان") == ["South Sudan"]
    assert found("تنظيم القاعدة في بلاد المغرب الإسلامي") == ["AQIM"]


def test_what_was_added_for_a_document_can_be_hidden() -> None:
    assert found("غابة واغادو") == ["Wagadou Forest"]
    assert found("غابة واغادو", frozenset({"002"})) == []
    assert found("غابة واغادو", frozenset({"001"})) == ["Wagadou Forest"]


def test_the_knowledge_is_broad_and_every_entry_can_be_shown() -> None:
    entries = list(gazetteer().entries.values())
    places = [e for e in entries if e.kind == "place"]
    actors = [e for e in entries if e.kind not in ("place", "state", "person")]
    assert len(places) >= 150
    assert len(actors) >= 120
    assert all(e.display(lang) for e in entries for lang in ("ar", "fr", "en"))
    assert all(e.lat is not None and e.lon is not None and e.precision_m for e in places)


def test_no_place_lies_outside_the_globe() -> None:
    for entry in gazetteer().entries.values():
        if entry.lat is not None and entry.lon is not None:
            assert -90 <= entry.lat <= 90
            assert -180 <= entry.lon <= 180
