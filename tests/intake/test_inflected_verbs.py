"""A trigger given as a verb is found in every tense and person, alone, with its pronoun and in its phrase."""

from __future__ import annotations

from collections import Counter
from typing import get_args

import pytest

from tansiq.intake.draft import draft
from tansiq.intake.lexemes import Hit
from tansiq.intake.page import analyse
from tansiq.intake.shape import EventType
from tansiq.intake.triggers import role
from tansiq.language.lexicon import cells, rows
from tansiq.language.normalise import key

LANGS = ("ar", "fr", "en")
ADVERBS = ("summarily", "forcibly", "formally", "publicly", "jointly", "officially")


def hits(text: str) -> list[tuple[str, str]]:
    page = analyse(text, None, frozenset())
    return [(h.sense.group, page.text[h.start : h.end]) for h in page.cues["events"]]


def first(text: str) -> tuple[str, Hit]:
    page = analyse(text, None, frozenset())
    hit = next(iter(page.cues["events"]))
    return role(page, hit), hit


@pytest.mark.parametrize(
    ("text", "group"),
    [
        ("Le lendemain, Boko Haram attaquait Tourou, dans l'extrême nord du pays.", "attack"),
        ("Les assaillants incendièrent la mairie puis prirent la fuite vers le fleuve.", "other"),
        ("Une colonne s'emparait de la localité pendant que la garnison se repliait.", "seizure"),
        ("Les soldats se mutinaient à Kati, aux portes de la capitale.", "other"),
        ("Le chef de la cellule serait passé à tabac par ses gardiens, selon son avocat.", "attack"),
        ("The raiders torched the clinic and were fleeing north when the patrol came.", "attack"),
        ("The gunmen marched off two teachers at gunpoint, a herder said.", "kidnapping"),
        ("أحرق المهاجمون مخازن القرية ثم لاذوا بالفرار نحو الجبل.", "other"),
    ],
)
def test_forms_that_no_list_spells_out_are_found(text: str, group: str) -> None:
    assert group in {g for g, _ in hits(text)}


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("Une attaque a visé le poste de Banibangou lundi.", "name"),
        ("Les rebelles attaquaient le poste de Banibangou lundi.", "act"),
        ("Ils comptent s'emparer de la ville de Ménaka avant lundi.", "aim"),
        ("Ils s'emparèrent de la ville de Ménaka lundi.", "act"),
        ("Ils comptent les attaquer lundi à Ménaka.", "aim"),
        ("Le commando devait l'arrêter lundi à Ménaka.", "aim"),
        ("They overran the post at Inates on Monday.", "act"),
        ("The raid on the post at Inates came on Monday.", "name"),
    ],
)
def test_the_form_tells_an_act_from_its_name(text: str, what: str) -> None:
    assert first(text)[0] == what


def test_what_a_future_tells_lies_ahead() -> None:
    text = "Bamako, 3 mai 2014. Les rebelles déposeront les armes à Kidal le 20 mai 2014."
    assert [(e.type, e.status) for e in draft(text, name="depeche.txt").events] == [("other", "planned")]
    assert first("Les rebelles déposeront les armes à Kidal.")[1].sense.tense == "future"


@pytest.mark.parametrize(
    "text",
    [
        "انقسم الجمهور حول المعرض ثم استقال مدير المسرح في بنغازي يوم الثلاثاء.",
        "شجب الناقد ألوان اللوحة في متحف الجزائر يوم الأحد.",
        "سمينار عن الخط العربي في مدرسة الفنون بفاس يوم الأربعاء.",
        "Le critique a démissionné du jury du festival à Dakar mardi.",
        "Le chat a dévalisé le garde-manger de Fatou à Dakar mardi.",
        "Les randonneurs se sont exilés trois jours au bord du lac à Annecy.",
        "The chef ransacked her spice drawer in Lyon on Tuesday.",
        "The novelist disowned her first book in Accra on Friday.",
        "The choir held a palaver about the new piano in Accra on Friday.",
    ],
)
def test_a_word_of_the_wider_list_tells_nothing_of_private_life(text: str) -> None:
    assert [h for h in analyse(text, None, frozenset()).cues["events"] if h.sense.wide]
    assert draft(text, name="x").events == ()


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("استقال قائد الجيش في بنغازي يوم الثلاثاء 3 ماي 2016.", "other"),
        ("شجب المبعوث الأممي الهجوم في بنغازي يوم الثلاثاء 3 ماي 2016.", "statement"),
        ("Les assaillants ont dévalisé les boutiques d'Abala mardi 3 mai 2016.", "attack"),
        ("Gunmen ransacked the clinic in Menaka on Tuesday, May 3, 2016.", "attack"),
        ("Rebels firebombed the police post in Kidal on Tuesday, May 3, 2016.", "attack"),
    ],
)
def test_it_tells_an_event_where_the_text_speaks_of_public_affairs(text: str, kind: str) -> None:
    assert kind in {e.type for e in draft(text, name="x").events}


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("L'ONU ouvre un bureau à Gao lundi 3 mai 2014.", "creation_of_body"),
        ("La France retire ses troupes de Gao lundi 3 mai 2014.", "deployment"),
        ("Les rebelles s'emparent de Ménaka lundi 3 mai 2014.", "seizure"),
    ],
)
def test_a_present_that_ends_like_an_infinitive_is_an_act(text: str, kind: str) -> None:
    assert kind in {e.type for e in draft(text, name="depeche.txt").events}


@pytest.mark.parametrize("lang", LANGS)
def test_the_wider_list_is_well_formed_and_holds_what_the_first_does_not(lang: str) -> None:
    known = {(r["type"], key(w)) for r in rows("events.psv") if r["lang"] == lang for w in cells(r["words"])}
    wider = list(rows(f"events_{lang}.psv"))
    assert sum(len(cells(r["words"])) for r in wider) >= 1_500
    assert {r["lang"] for r in wider} == {lang}
    assert {r["type"] for r in wider} <= set(get_args(EventType))
    assert {r["pos"] for r in wider} <= {"verb", "noun", "any", "phrase", "count"}
    words = [(r["pos"], (r["type"], key(w))) for r in wider for w in cells(r["words"])]
    assert [word for word, times in Counter(word for _, word in words).items() if times > 1] == []
    assert [word for pos, word in words if word in known and (pos != "verb" or lang == "ar")] == []


@pytest.mark.parametrize("lang", ["fr", "en"])
def test_a_latin_verb_of_the_wider_list_is_given_as_its_infinitive(lang: str) -> None:
    for row in rows(f"events_{lang}.psv"):
        for word in cells(row["words"]) if row["pos"] == "verb" else ():
            parts = key(word).replace("'", " ").split()
            verb = parts[1] if lang == "fr" and parts[0] in ("s", "se") else parts[0]
            french = verb.endswith(("er", "ir", "re"))
            assert french if lang == "fr" else verb not in ADVERBS, word


@pytest.mark.parametrize("lang", LANGS)
def test_no_phrase_of_the_wider_list_has_any_ending_on_its_first_word(lang: str) -> None:
    words = [w for r in rows(f"events_{lang}.psv") for w in cells(r["words"])]
    assert [w for w in words if " " in w and w.partition(" ")[0].endswith("*")] == []
