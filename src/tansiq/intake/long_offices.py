"""Who speaks behind a long Arabic title, and what a meeting says as one."""

from __future__ import annotations

import re
from typing import Final

from tansiq.intake.cast import Cast
from tansiq.intake.lexemes import Hit
from tansiq.intake.sources import Group, group_at
from tansiq.language.spans import covering

BACK: Final = 9  # words between an office and the name of who holds it
OFFICES: Final = frozenset(
    {
        "minister",
        "spokesman",
        "envoy",
        "commander",
        "governor",
        "delegate",
        "expert",
        "analyst",
        "professor",
        "president",
    }
)
CHARGED: Final = frozenset(
    {
        "في",
        "باسم",
        "لدي",
        "عن",
        "المكلف",
        "المكلفه",
        "شوون",
        "بشوون",
        "قضايا",
        "مركز",
        "معهد",
        "جامعه",
        "بعثه",
        "لجنه",
        "هييه",
        "منظمه",
        "حركه",
        "جماعه",
        "ولايه",
        "لشوون",
        "منطقه",
        "اركان",
        "قوات",
        "حكومه",
        "جمعيه",
        "مديريه",
        "اداره",
        "قسم",
    }
)
FINAL: Final = re.compile(
    r" (?:المشاركون|المجتمعون|الموتمرون|الوزراء|القاده|الروساء|روساء|قاده|وزراء)(?: [^\s،,.؛:\"]+){0,6}? في "
    r"(?P<text>(?:ال)?بيان(?:هم)? (?:ال)?ختامي)"
)


def communique(cast: Cast, hit: Hit) -> Group | None:
    """``أعرب المشاركون في البيان الختامي عن``: what a meeting says as one, it says in its communiqué."""
    match = FINAL.match(cast.page.text, hit.end)
    return group_at(cast, cast.page.word_at(match.start("text"))) if match is not None else None


def holder(cast: Cast, group: Group) -> Group | None:
    """``الوزير المنتدب للشؤون المغاربية فلان``: a name behind what the office is charged with."""
    words = cast.page.words
    if group.lemma not in OFFICES:
        return None
    for index in range(group.last, min(group.last + BACK, len(words))):
        word = words[index]
        if cast.page.text[words[index - 1].end : word.start].strip(" \"'"):
            return None
        named = covering(cast.named, word.start)
        if named is not None and named.kind == "person" and named.start == word.start:
            last = cast.page.word_at(named.end)
            return group.held_by(Group(index, last, named.start, named.end, "official", "named", True, named))
        charged = word.text in CHARGED or word.text.startswith(("ال", "لل", "وال", "بال"))
        behind = index > group.last and words[index - 1].text in CHARGED
        if not (charged or named is not None or behind):
            return None
    return None
