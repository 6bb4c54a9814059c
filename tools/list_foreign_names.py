"""List given names of the rest of the world, and learn which letters tell a foreign name in Arabic letters.

    python tools/list_foreign_names.py

Writes two tables of ``src/tansiq/language/knowledge`` from the lists of names of the package Faker (MIT; a
dependency of the tests): ``foreign_names.psv``, given names in Latin letters without those that are a word of
French or English or a name of the knowledge file; and ``letters.psv``, what three letters in a row say of a
word in Arabic letters (``language/letters.py``): names put into Arabic letters by the rules below, beside
``sahel_names.psv``, against the words of ``ordinary.psv``.
"""

from __future__ import annotations

import math
import re
import sys
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable
from importlib import import_module
from pathlib import Path
from typing import Final

from tansiq.language.folding import key
from tansiq.language.gazetteer import gazetteer, name_parts
from tansiq.language.letters import END, OPENING, TENTHS
from tansiq.language.lexicon import cells, rows, stopwords, table

TABLES: Final = Path(__file__).resolve().parent.parent / "src/tansiq/language/knowledge"
ROMANCE: Final = ("fr_FR", "fr_BE", "fr_CH", "fr_QC", "it_IT", "pt_PT", "pt_BR", "ro_RO")
SPANISH: Final = ("es_ES", "es_MX", "es_CO", "es_CL", "es_AR")
GERMANIC: Final = ("de_DE", "de_AT", "de_CH", "nl_NL", "nl_BE", "da_DK", "sv_SE", "no_NO", "fi_FI", "et_EE")
ENGLISH: Final = ("en_US", "en_GB", "en_IE", "en_NZ", "en_IN", "en_KE", "en_NG", "ha_NG", "yo_NG", "ig_NG",
                  "tw_GH", "sw", "id_ID")  # fmt: skip
SLAVIC: Final = ("pl_PL", "cs_CZ", "sk_SK", "sl_SI", "hr_HR", "lt_LT", "lv_LV", "hu_HU", "tr_TR")
LANGS: Final = {"r": ROMANCE, "s": SPANISH, "g": GERMANIC, "e": ENGLISH, "l": SLAVIC}
MOST: Final = 260  # names of one sort that a list gives: lists of thousands would drown the others
A_LINE: Final = 40
GIVEN: Final = 150  # given names taken from one list
PRIOR: Final = 3
SORTS: Final = 34  # letters that may follow
SAHEL: Final = 3  # how often a name of the Sahel counts
COMMON: Final = (
    "š:ش č:تش ž:ج ć:تش ł:و ş:ش ç:س ğ:غ ñ:ني ø:و å:و ö:و ü:و ß:س ő:و ű:و ř:رج ą:ان ę:ين ń:ن ś:ش ź:ز ż:ج"
)
SPELLED: Final = {
    "r": "eau:و"
    " aux:و oux:و ault:و ois:وا oi:وا ou:و au:و ai:ي ei:ي eu:و gli:لي gn:ني ill:ي ch:ش ph:ف th:ت qu:ك"
    " ck:ك cc:ك sc:سك ce:سي ci:سي cy:سي ge:جي gi:جي gy:جي gu:غ j:ج c:ك g:غ h: lh:لي nh:ني ão:او x:كس",
    "s": "ch:تش ll:ي gu:غ qu:ك ce:سي ci:سي ge:خي gi:خي j:خ c:ك g:غ h: ñ:ني z:ث x:كس ph:ف th:ت",
    "g": "tsch:تش"
    " sch:ش ch:خ ck:ك ph:ف th:ت ei:اي ai:اي eu:وي äu:وي ie:ي oe:و au:او ij:اي ee:ي oo:و w:ف j:ي z:تس"
    " tz:تس c:ك g:غ x:كس qu:كف h:ه",
    "e": "sh:ش"
    " ch:تش th:ث ph:ف ck:ك ee:ي ea:ي oo:و ou:و ow:او aw:او ai:اي ay:اي ey:ي qu:كو wh:و ce:س ci:سي"
    " ge:ج gi:جي dg:ج j:ج c:ك g:غ x:كس w:و h:ه kh:خ gh:غ",
    "l": "sz:ش cz:تش rz:ج ch:خ sh:ش dz:دز w:ف j:ي c:تس g:غ h:ه x:كس qu:كف",
}
LETTERS: Final = {
    "a": "ا", "b": "ب", "c": "ك", "d": "د", "e": "ي", "f": "ف", "g": "غ", "h": "ه", "i": "ي", "j": "ج",
    "k": "ك", "l": "ل", "m": "م", "n": "ن", "o": "و", "p": "ب", "q": "ك", "r": "ر", "s": "س", "t": "ت",
    "u": "و", "v": "ف", "w": "و", "x": "كس", "y": "ي", "z": "ز",
}  # fmt: skip
NAME: Final = re.compile(r"[^\W\d_]{3,14}")


def pairs(listed: str) -> list[tuple[str, str]]:
    """Return the groups of letters of a list with what they become, longest first."""
    split = (p.partition(":") for p in listed.split())
    return sorted(((a, b) for a, _, b in split), key=lambda p: -len(p[0]))


GROUPS: Final = {lang: pairs(f"{COMMON} {listed}") for lang, listed in SPELLED.items()}


def arabic(name: str, lang: str, *, full: bool) -> str:
    """Return a name in Arabic letters; ``full`` = with a letter for each ``e`` between consonants."""
    rest = name.lower()
    if lang in "re" and len(rest) > 3:
        rest = re.sub(r"(?<=[^aeiouéèy])es?$", "", rest)
    if lang == "r" and len(rest) > 4:
        rest = re.sub(r"(?<=[aeiou])[tdsx]$", "", rest)
    made = ""
    while rest:
        found = next(((a, b) for a, b in GROUPS[lang] if rest.startswith(a)), None)
        size, put = (len(found[0]), found[1]) if found else (1, _plain(rest[0]))
        silent = not full and rest[0] == "e" and made and size == 1
        if not made and rest[0] in "aeiouéèyáí":
            put = put if put.startswith("ا") else f"ا{put}"
        if not silent and put and not (made.endswith(put) and len(put) == 1):
            made += put
        rest = rest[size:]
    return made


def _plain(letter: str) -> str:
    bare = unicodedata.normalize("NFKD", letter)[0]
    return LETTERS.get(bare, "")


def lists(locale: str) -> tuple[list[str], list[str]]:
    """Return the given names and the last names of a locale, the first of each list."""
    provider = import_module(f"faker.providers.person.{locale}").Provider
    given = [
        _first(getattr(provider, n, ()))
        for n in ("first_names", "first_names_male", "first_names_female", "first_names_nonbinary")
    ]
    last = [_first(getattr(provider, n, ())) for n in ("last_names", "last_names_male", "last_names_female")]
    return [w for names in given for w in names], [w for names in last for w in names]


def _first(names: object) -> list[str]:
    words = [str(n) for n in names] if isinstance(names, (list, tuple, dict)) else []
    fit = [w for w in dict.fromkeys(words) if NAME.fullmatch(w) and not w.islower()]
    step = max(1, len(fit) // MOST)
    return fit[::step][:MOST]


def _taken() -> frozenset[str]:
    """Return the words and names that a foreign name may not be."""
    words = {w for r in rows("ordinary.psv") for w in cells(r["words"])}
    files = ("roles.psv", "bodies.psv", "words.psv", "times.psv", "units.psv", "numbers.psv", "sources.psv")
    listed = {
        part for f in files for r in rows(f) for w in cells(r.get("words", "")) for part in key(w).split()
    }
    return frozenset(words | listed | stopwords() | name_parts().keys())


def counted(words: Iterable[str]) -> tuple[Counter[str], Counter[str]]:
    """Return how often three letters follow each other in words, and how often two do."""
    three, two = Counter[str](), Counter[str]()
    for word in words:
        spelled = f"{OPENING}{word}{END}"
        grams = [spelled[at : at + 3] for at in range(len(spelled) - 2)]
        three.update(grams)
        two.update(g[:2] for g in grams)
    return three, two


def weights(names: Iterable[str], words: Iterable[str]) -> dict[str, dict[str, int]]:
    """Return two letters → the third → its weight; ``*`` stands for any other third."""
    of_names, of_words = counted(names), counted(words)
    found: dict[str, dict[str, int]] = defaultdict(dict)

    def weigh(two: str, three: str) -> int:
        one, other = ((c3[three] + PRIOR / SORTS) / (c2[two] + PRIOR) for c3, c2 in (of_names, of_words))
        return round(TENTHS * math.log(one / other))

    for three in sorted(of_names[0] | of_words[0]):
        found[three[:2]][three[2]] = weigh(three[:2], three)
    for two, thirds in found.items():
        thirds["*"] = weigh(two, "")
    return {two: {k: v for k, v in t.items() if k == "*" or v != t["*"]} for two, t in found.items()}


def given_names(taken: frozenset[str]) -> list[str]:
    """Return given names in Latin letters, folded."""
    latin = {key(w) for locales in LANGS.values() for loc in locales for w in lists(loc)[0][:GIVEN]}
    tongue = table("words.psv", "tongue").keys() | table("words.psv", "french").keys()
    known = gazetteer()
    return sorted(w for w in latin if len(w) > 2 and w not in taken | tongue and known.named(w) is None)


def spelled(taken: frozenset[str]) -> list[str]:
    """Return names in Arabic letters."""
    every = {
        key(arabic(w, lang, full=full))
        for lang, locales in LANGS.items()
        for locale in locales
        for names in lists(locale)
        for w in names
        for full in (True, False)
    }
    return sorted(w for w in every if len(w) > 3 and w not in taken)


def main() -> int:
    """Write both tables."""
    taken = _taken()
    latin = given_names(taken)
    lines = [f"given|latin|{';'.join(latin[at : at + A_LINE])}" for at in range(0, len(latin), A_LINE)]
    (TABLES / "foreign_names.psv").write_text("\n".join(["kind|value|words", *lines, ""]), encoding="utf8")
    names = [*spelled(taken), *[key(r["ar"]) for r in rows("sahel_names.psv")] * SAHEL]
    words = [w for r in rows("ordinary.psv") for w in cells(r["words"]) if len(w) > 2]
    learnt = weights(names, words)
    lines = [f"{two}|{';'.join(f'{k}{v}' for k, v in thirds.items())}" for two, thirds in learnt.items()]
    (TABLES / "letters.psv").write_text("\n".join(["before|weights", *lines, ""]), encoding="utf8")
    print(f"{len(latin):,} given names; letters learnt from {len(names):,} names and {len(words):,} words")
    return 0


if __name__ == "__main__":
    sys.exit(main())
