"""French and English verbs are found in the forms in which a report tells with them, folded."""

from __future__ import annotations

import pytest

from tansiq.language.conjugation import english_pasts, forms, pronominal


def told(verb: str, lang: str) -> dict[str, set[str]]:
    found: dict[str, set[str]] = {}
    for form, tense in forms(verb, lang):
        found.setdefault(form, set()).add(tense)
    return found


@pytest.mark.parametrize(
    ("verb", "expected"),
    [
        (
            "attaquer",
            "attaque attaquent attaquait attaqua attaquerent attaquera attaqueraient attaquee attaquant",
        ),
        ("egorger", "egorge egorgent egorgeait egorgea egorgerent egorgeant egorges"),
        ("envoyer", "envoie envoient envoyait enverra enverraient envoye envoyees"),
        ("appeler", "appelle appelait appellera appele"),
        ("saisir", "saisit saisissent saisissait saisirent saisira saisie saisis"),
        ("detruire", "detruit detruisent detruisait detruisit detruira detruite detruits"),
        ("rendre", "rend rendent rendait rendit rendra rendu rendues"),
        ("atteindre", "atteint atteignent atteignait atteignit atteindra atteintes"),
        ("reprendre", "reprend reprennent reprenait reprit reprirent reprendra reprise"),
        ("retenir", "retient retiennent retenait retint retiendra retenus"),
        ("dissoudre", "dissout dissolvent dissoudra dissous dissoute"),
        ("accroitre", "accroit accroissent accrut accru accrue"),
        ("soustraire", "soustrait soustrayait soustraits"),
        ("partir", "part partait partit partira partie"),
        ("conquerir", "conquiert conquit conquerra conquis conquises"),
    ],
)
def test_french_forms_follow_from_the_infinitive(verb: str, expected: str) -> None:
    assert set(expected.split()) <= set(told(verb, "fr"))


def test_a_verb_that_merely_ends_like_an_irregular_one_is_regular() -> None:
    assert {"emballe", "emballait", "emballera"} <= set(told("emballer", "fr"))
    assert "embva" not in told("emballer", "fr")
    assert "penetra" in told("penetrer", "fr")


def test_a_form_tells_its_tense_where_no_other_form_is_written_alike() -> None:
    found = told("tuer", "fr")
    assert (found["tua"], found["tuera"], found["tue"]) == ({"past"}, {"future"}, {"none"})
    english = told("blow", "en")
    assert (english["blew"], english["blown"], english["blows"]) == ({"past"}, {"none"}, {"none"})
    assert told("set", "en")["set"] == {"none"}


@pytest.mark.parametrize(
    ("verb", "expected"),
    [
        ("torch", "torch torches torching torched"),
        ("kidnap", "kidnaps kidnapping kidnapped"),
        ("seize", "seizes seizing seized"),
        ("carry", "carries carrying carried"),
        ("overrun", "overruns overrunning overran overrun"),
        ("withdraw", "withdraws withdrawing withdrew withdrawn"),
        ("flee", "flees fleeing fled"),
        ("acquit", "acquits acquitting acquitted"),
        ("traffic", "traffics trafficking trafficked"),
        ("relay", "relays relayed"),
        ("hang", "hanging hung hanged"),
    ],
)
def test_english_forms_follow_from_the_base(verb: str, expected: str) -> None:
    assert set(expected.split()) <= set(told(verb, "en"))


def test_a_verb_with_its_pronoun_is_found_alone_and_behind_its_auxiliary() -> None:
    written = [(first, tail) for first, tail, _ in pronominal("emparer")]
    assert any(first == "s" and "emparait" in tail[0] for first, tail in written)
    assert any(first == "s" and "est" in tail[0] and "emparee" in tail[-1] for first, tail in written)
    assert any(first == "se" and "sont" in tail[0] and "empares" in tail[-1] for first, tail in written)
    assert {first for first, _, _ in pronominal("rendre")} == {"se", "s"}


def test_past_forms_of_english_are_known_without_their_verb() -> None:
    assert {"struck", "shot", "overran", "withdrew", "slain"} <= english_pasts()
    assert not {"strike", "attack", "spread", "cut", ""} & english_pasts()
