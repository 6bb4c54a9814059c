"""The tagger of names: what it proposes is in the text, and no text makes it fail."""

from __future__ import annotations

import hashlib
from importlib.resources import files
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tansiq.intake.draft import draft
from tansiq.intake.page import analyse
from tansiq.intake.proposals import Proposal
from tansiq.intake.reconcile import added
from tansiq.intake.tagger import TYPES, Script, Tagger, labelled, model_of, notes, pieces, runs
from tansiq.intake.tagger_features import features
from tansiq.language.folding import fold
from tansiq.language.spans import disjoint, starting
from tansiq.language.tokens import tokens
from tools.train_tagger import LANGS_OF, digest, sentences, unmarked

TEXT = Path(__file__).parents[2] / "training"
HOSTILE = st.text(
    alphabet=st.one_of(
        st.sampled_from(
            "وفبلكالعدنيةأإىء ًٌّـ\u200f\u202e\u2066\u00ad\n\r\t.,;:!?؟،'\"()[]«»–-0١٢Aa-éÉœﬁﷺ𐤀\U0001f600"
        ),
        st.characters(exclude_categories=["Cs"]),
    ),
    max_size=300,
)


def proposed(text: str) -> list[Proposal]:
    """Return what the tagger proposes for a text."""
    return Tagger().propose(analyse(text, None, frozenset()))


@pytest.mark.parametrize("script", LANGS_OF)
def test_a_model_is_that_of_the_text_beside_the_project(script: str) -> None:
    """Training text that was changed needs ``make tagger``."""
    note = notes()[script]
    content = files("tansiq.intake").joinpath("tagger_models", f"{script}.crf").read_bytes()
    assert note.text_sha256 == digest(script), "the training text was changed: make tagger"  # type: ignore[arg-type]
    assert note.model_sha256 == hashlib.sha256(content).hexdigest()
    assert len(content) <= 1_500_000


@settings(deadline=None)
@given(HOSTILE)
def test_no_text_makes_it_fail_and_every_proposal_is_in_the_text(text: str) -> None:
    page = analyse(text, None, frozenset())
    found = Tagger().propose(page)
    assert disjoint(found) == sorted(found, key=lambda p: p.start)
    for each in found:
        start, end = page.folded.span(each.start, each.end)
        assert 0 <= start < end <= len(text)
        assert page.text[each.start : each.end] in fold(text[start:end]).text
        assert 0 <= each.score <= 1.0 + 1e-9


@settings(deadline=None)
@given(HOSTILE)
def test_names_of_a_draft_reproduce_the_text(text: str) -> None:
    made = draft(text, name="x")
    for mentions, texts in [(n.mentions, n.texts) for n in made.actors] + [
        (n.mentions, n.texts) for n in made.places
    ]:
        assert [text[s:e] for s, e in mentions] == list(texts)


@pytest.mark.parametrize("text", ["", "\n\n", "((((", "و" * 5_000, "أغ " * 3_000, "Ag " * 3_000, "ﷺ" * 500])
def test_text_without_sense_is_read_to_its_end(text: str) -> None:
    assert all(p.end <= len(fold(text).text) for p in proposed(text))


def test_a_name_is_found_without_the_letters_joined_before_it() -> None:
    text = "وصرح العقيد بوبكر سانوغو بأن الجنود عادوا."
    page = analyse(text, None, frozenset())
    (found,) = (p for p in Tagger().propose(page) if p.type == "PER")
    s, e = page.folded.span(found.start, found.end)
    assert text[s:e] == "بوبكر سانوغو"


def test_labels_and_names_say_the_same() -> None:
    """Every annotated Arabic sentence comes back from its labels, but where a name ends inside a word."""
    letters = {v: k for k, v in TYPES.items()}
    for sentence in sentences("ar")[:600]:
        folded = fold(sentence.text)
        words = tokens(folded.text)
        starts, ends = {w.start for w in words}, {w.end for w in words}
        names = [(*folded.inner(s, e), kind) for s, e, kind in sentence.names]
        if any(e not in ends or not {s, s - 1, s - 2} & starts for s, e, _ in names):
            continue
        labels = labelled(words, names)
        back = [
            (words[a].start + int(labels[a][1]), words[b].end, labels[a][0])
            for a, b in runs(folded.text, words, labels)
        ]
        assert back == [(s, e, letters[kind]) for s, e, kind in names], sentence.text  # type: ignore[index]


def test_marks_of_training_text_are_taken_out() -> None:
    assert unmarked("زار [PER علي با] [LOC غاو].") == ("زار علي با غاو.", ((4, 10, "PER"), (11, 14, "LOC")))


@pytest.mark.parametrize(
    ("text", "kind", "name"),
    [
        ("قال شقيق الضحية بوريما سيلفان إن العائلة لم تبلغ.", "person", "بوريما سيلفان"),
        ("Kwabena Asare Mensah signed on behalf of the drivers' union.", "person", "Kwabena Asare Mensah"),
        ("وتبنت جبهة تحرير الواحات الهجوم على الثكنة.", "non_state_party", "جبهة تحرير الواحات"),
        ("انضم إلى جماعة جند الصحراء شمال مالي قبل سنتين.", "armed_group", "جماعة جند الصحراء"),
    ],
)
def test_the_tagger_adds_names_that_the_rules_miss(text: str, kind: str, name: str) -> None:
    def called(*proposers: Tagger) -> set[str]:
        made = draft(text, name="x", proposers=proposers)
        return {a.canonical for a in made.actors if a.kind == kind}

    assert name in called(Tagger())
    assert name not in called()


def test_what_the_knowledge_file_names_stands() -> None:
    """A proposer that calls a known state a person changes nothing."""

    class Wrong:
        name = "wrong"

        def propose(self, page: object) -> list[Proposal]:
            return [Proposal(0, 5, "PER", 1.0, self.name)]

    text = "النيجر تسلمت المعدات أمس."
    assert draft(text, name="x", proposers=(Wrong(),)) == draft(text, name="x", proposers=())


@pytest.mark.parametrize(
    ("text", "kind", "count"),
    [
        ("Le Comité national de pilotage a siégé. Le comité de pilotage a voté.", "org", 1),
        ("The National Commission for Human Rights (NCHR) replied. NCHR staff left.", "org", 1),
        ("عقدت اللجنة الوطنية لحقوق الإنسان اجتماعا، ثم نشرت لجنة حقوق الإنسان بيانا.", "org", 1),
        ("وزارة الدفاع المالية تنفي ووزارة الدفاع النيجرية تؤكد.", "org", 2),
    ],
)
def test_a_body_under_a_shorter_name_is_the_same_body(text: str, kind: str, count: int) -> None:
    assert len([a for a in draft(text, name="x").actors if a.kind == kind]) == count


@pytest.mark.parametrize(
    "text",
    [
        "وقعت الوثيقة في إطار المبادرة، وستنظم ندوة تنسيقية ضرورية خلال مايو.",
        "The Committee shall meet every Thursday. Officials declined to comment.",
        "Le Comité se réunira jeudi. Les Forces restent en alerte.",
    ],
)
def test_ordinary_words_of_communiques_name_nobody(text: str) -> None:
    made = draft(text, name="x")
    assert {a.canonical for a in made.actors} | {p.canonical for p in made.places} == set()


@pytest.mark.parametrize("script", LANGS_OF)
def test_features_that_a_model_does_not_know_change_nothing_that_it_says(script: Script) -> None:
    model = model_of(script)
    assert model is not None
    for sentence in sentences(LANGS_OF[script][0])[:40]:
        page = analyse(sentence.text, None, frozenset())
        for words in pieces(page):
            mentions = starting(page.mentions, words[0].start, words[-1].end)
            whole, less = features(page.folded, words, mentions), model.rows(page, words)
            assert model.labels(less) == model.labels(whole)
            assert sum(map(len, less)) < sum(map(len, whole))


@pytest.mark.parametrize("text", ["اجتمع بكاميتا أمس.", "وصل الوفد ولكارفاليوزا رأي آخر."])
def test_a_name_of_one_word_behind_a_joined_particle_is_weighed(text: str) -> None:
    page = analyse(text, None, frozenset())
    at = page.text.index("كا")
    found = added(page, [], [Proposal(at, page.text.index(" ", at), "PER", 0.99, "tagger")])
    assert all(each.start == at for each in found)
