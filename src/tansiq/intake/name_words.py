"""Words that are parts of names, and Arabic words of the language that are none."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache, lru_cache
from typing import Final

from tansiq.intake.page import Page
from tansiq.language.folding import key
from tansiq.language.gazetteer import name_parts
from tansiq.language.lexicon import cells, rows, table
from tansiq.language.tokens import Token

USUAL: Final = 25  # a given name seen less often is not trusted without a title
KEPT: Final = 32_768
SHORT: Final = 4


@cache
def name_words() -> Mapping[str, tuple[str, str, int]]:
    """Return the name parts of the Arab world, of the Sahel and of the rest of the world (``w``), folded."""
    files = ("world_names.psv", "sahel_names.psv")
    own = {r["ar"]: (r["latin"], r["part"], int(r["count"])) for f in files for r in rows(f)}
    return {**name_parts(), **own}


@cache
def plain_words() -> frozenset[str]:
    """Return Arabic words of the language, folded."""
    nouns = (key(w) for r in rows("bodies.psv") if r["value"] == "ar" for w in cells(r["words"]))
    return frozenset((*table("ordinary.psv", "ordinary"), *nouns, *table("words.psv", "place_noun"), "ولايه"))


@lru_cache(maxsize=KEPT)
def ordinary(word: str) -> bool:
    """Tell whether a folded Arabic word is one of the language, with or without joined particles."""
    return (
        word in plain_words()
        or (
            word[-1] == "ا" and len(word) > SHORT and word[:-1] in plain_words()
        )  # ``مركزا``: in the accusative
        or (word[0] in "وفبلكس" and word[1:] in plain_words())
        or bare(word) in plain_words()
    )


def bare(word: str) -> str:
    """Return a word without the particles joined before it."""
    return re.sub(r"^[وف]?[بلك]?(?=\w{3})", "", word)


def commands(page: Page, word: Token) -> bool:
    """Tell whether a word is no ``أمر``: ``آمر``, who commands, is folded to the same letters."""
    if not word.text.endswith("امر") or bare(word.text) != "امر":
        return True
    start, end = page.folded.span(word.start, word.end)
    return "آمر" in page.folded.source[start:end]


def is_ali(page: Page, word: Token) -> bool:
    """Tell whether a word is the name and not 'on', in a text that writes the two apart."""
    if word.text != "علي":
        return False
    source = page.folded.source
    return source[page.folded.ends[word.end - 1] - 1] == "ي" and "على " in source


def usual_given(word: str) -> bool:
    """Tell whether a folded Arabic word is a given name that is seen often and is no common word."""
    _, part, count = name_words().get(word, ("", "", 0))
    common = table("roles.psv", "common_given")
    return word == "عبد" or (part in ("g", "w") and count >= USUAL and common.get(word) != "ar")


def of_the_world(word: str) -> bool:
    """Tell whether a folded Arabic word is a usual given name of the rest of the world."""
    _, part, count = name_words().get(word, ("", "", 0))
    return part == "w" and count >= USUAL
