"""The forms of French and English verbs that a report tells with, from their infinitives.

Third persons of every tense, infinitive and participles, folded as everything is matched folded (``é`` is
``e``), so that ``tue`` and ``tué`` are one form. Verbs that follow no rule stand in ``conjugations.psv``; one
of them before which something stands is conjugated alike (``reprendre``, ``overrun``). Written by the project
from the grammars of both languages.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import Final, Literal

from tansiq.language.lexicon import cells, rows

Tense = Literal["past", "future", "none"]
Form = tuple[str, Tense]
VOWEL: Final = frozenset({"est", "etait", "etaient", "etant"})
OTHER: Final = frozenset({"sont", "sera", "seront", "serait", "seraient"})
"""Forms of ``être`` behind ``s'`` and behind ``se``."""
GENDERS: Final = ("", "e", "s", "es")
FUTURE: Final = ("a", "ont")
CONDITIONAL: Final = ("ait", "aient")
INDRE: Final = ("aindre", "eindre", "oindre")
VOWELS: Final = "aeiou"
ALONE: Final = frozenset({"aller", "avoir", "etre", "be", "go", "do", "lay"})
"""Irregular verbs that others merely end like: ``emballer``."""
UNCHANGED: Final = frozenset({"set", "hit"})
"""Pasts that are written like their infinitive and mostly tell an act; ``cut`` may be a name."""
LONGEST: Final = 5  # letters of contre-, entre-, inter-
SHORT: Final = 2


@cache
def _irregular(lang: str) -> dict[str, dict[str, str]]:
    return {row["verb"]: row for row in rows("conjugations.psv") if row["lang"] == lang}


def _row(lang: str, verb: str) -> tuple[str, dict[str, str]] | None:
    """Return what stands before the longest known irregular verb that ends a verb, and its row."""
    known = _irregular(lang)
    for cut in range(len(verb) - 1):
        row = known.get(verb[cut:])
        if row is not None and (cut == 0 or (row["verb"] not in ALONE and _joins(lang, verb[:cut]))):
            return verb[:cut], row
    return None


def _joins(lang: str, before: str) -> bool:
    """Tell whether letters before a verb may make another verb of it: ``re``, ``over``."""
    if lang == "en":
        return before in ("over", "under", "re", "out", "up", "with", "fore", "mis", "be", "un")
    return len(before) <= LONGEST


def forms(verb: str, lang: str) -> Iterator[Form]:
    """Yield the forms of a folded infinitive of ``fr`` or ``en``, each with its tense where it tells it."""
    yield from _french(verb) if lang == "fr" else _english(verb)


def pronominal(verb: str) -> Iterator[tuple[str, tuple[frozenset[str], ...], Tense]]:
    """Yield how a French verb with its pronoun is written: the first word, what may follow it, and the tense.

    ``s empare``, ``s est empare``, ``se rend``; one entry holds all the forms of a tense.
    """
    pronoun = "s" if verb[0] in VOWELS + "h" else "se"
    by_tense: dict[Tense, set[str]] = {}
    for form, tense in _french(verb):
        by_tense.setdefault(tense, set()).add(form)
    participles = frozenset(_participles(verb))
    for tense, found in by_tense.items():
        yield pronoun, (frozenset(found),), tense
    yield "s", (VOWEL, participles), "none"
    yield "se", (OTHER, participles), "none"


@cache
def english_pasts() -> frozenset[str]:
    """Return the past forms and participles of English verbs that do not end in ``-ed``."""
    found = {
        form
        for verb, row in _irregular("en").items()
        for form in (*cells(row["past"]), *cells(row["participle"]))
        if form != verb or form in UNCHANGED
    }
    return frozenset(found | {before + f for before in ("over", "under", "re", "out") for f in found})


def _french(verb: str) -> Iterator[Form]:
    yield verb, "none"
    irregular = _row("fr", verb)
    if irregular is not None:
        before, row = irregular
        yield from ((before + f, "none") for f in cells(row["present"]))
        yield from ((before + f, "past") for f in cells(row["past"]))
        future, gerund = before + row["future"], _gerund(before, row)
    elif verb.endswith("er"):
        yield from _first(verb[:-2])
        future, gerund = verb, ""
    elif verb.endswith("ir"):
        stem = verb[:-1]
        yield from ((stem + e, "none") for e in ("t", "ssent", "ssant"))
        yield from ((stem + e, "past") for e in ("ssait", "ssaient", "rent"))
        future, gerund = verb, ""
    elif verb.endswith("uire"):
        stem = verb[:-2]
        yield from ((stem + e, "none") for e in ("t", "sent"))
        yield from ((stem + e, "past") for e in ("sait", "saient", "sit", "sirent"))
        future, gerund = verb[:-1], stem + "sant"
    elif verb.endswith(INDRE):
        stem = verb[:-3]
        yield from ((e, "none") for e in (stem + "t", stem[:-1] + "gnent"))
        yield from ((stem[:-1] + e, "past") for e in ("gnait", "gnaient", "gnit", "gnirent"))
        future, gerund = verb[:-1], stem[:-1] + "gnant"
    else:
        stem = verb[:-2]
        yield from ((stem + e, "none") for e in ("", "ent"))
        yield from ((stem + e, "past") for e in ("ait", "aient", "it", "irent"))
        future, gerund = verb[:-1], stem + "ant"
    if gerund:
        yield gerund, "none"
    yield from ((p, "none") for p in _participles(verb))
    yield from ((future + e, "future") for e in FUTURE)
    yield from ((future + e, "none") for e in CONDITIONAL)


def _first(stem: str) -> Iterator[Form]:
    """Yield the forms of a verb in ``-er``: ``ranger``, ``envoyer``, ``appeler``, ``lever``."""
    soft = stem + "e" if stem.endswith("g") else stem
    yield from ((soft + e, "past") for e in ("ait", "aient", "a"))
    yield stem + "erent", "past"
    yield soft + "ant", "none"
    stems = [stem]
    if stem.endswith("y"):
        stems.append(stem[:-1] + "i")
    if stem.endswith(("el", "et")):
        stems.append(stem + stem[-1])
    for each in stems:
        yield from ((each + e, "none") for e in ("e", "ent", "erait", "eraient"))
        yield from ((each + e, "future") for e in ("era", "eront"))


def _gerund(before: str, row: dict[str, str]) -> str:
    imperfect = next((f for f in cells(row["past"]) if f.endswith("ait")), "")
    return before + imperfect.removesuffix("ait") + "ant" if imperfect else ""


def _participles(verb: str) -> list[str]:
    """Return the participles of a French verb in all genders; several in its row are written out there."""
    irregular = _row("fr", verb)
    if irregular is None:
        base = _participle(verb)
        return [base + e for e in GENDERS]
    before, row = irregular
    known = cells(row["participle"])
    if len(known) > 1:
        return [before + p for p in known]
    return [before + known[0] + e for e in GENDERS if not (known[0].endswith("s") and e == "s")]


def _participle(verb: str) -> str:
    if verb.endswith(("er", "ir")):
        return verb[:-1]
    if verb.endswith("uire"):
        return verb[:-2] + "t"
    return verb[:-3] + "t" if verb.endswith(INDRE) else verb[:-2] + "u"


def _english(verb: str) -> Iterator[Form]:
    yield verb, "none"
    irregular = _row("en", verb)
    yield _third(verb), "none"
    yield from ((f, "none") for f in _present_participles(verb))
    if irregular is not None:
        before, row = irregular
        done = {before + p for p in cells(row["participle"])}
        for past in dict.fromkeys((*(before + p for p in cells(row["past"])), *sorted(done))):
            yield past, "none" if past in done or past == verb else "past"
        return
    yield from ((f, "none") for f in _regular_pasts(verb))


def _third(verb: str) -> str:
    if verb.endswith("y") and verb[-2:-1] not in VOWELS:
        return verb[:-1] + "ies"
    return verb + ("es" if verb.endswith(("s", "x", "z", "ch", "sh", "o")) else "s")


def _doubled(verb: str) -> bool:
    """Tell whether the last letter is doubled before an ending: ``stop``, ``kidnap``, ``acquit``."""
    if len(verb) <= SHORT or verb[-1] in VOWELS + "wxy" or verb[-2] not in VOWELS:
        return False
    return verb[-3] not in VOWELS or verb.endswith("quit")


def _present_participles(verb: str) -> Iterator[str]:
    if verb.endswith("ic"):
        yield verb + "king"
        return
    if verb.endswith("ie"):
        yield verb[:-2] + "ying"
        return
    yield (verb[:-1] if verb.endswith("e") and not verb.endswith(("ee", "ye", "oe")) else verb) + "ing"
    if _doubled(verb):
        yield verb + verb[-1] + "ing"


def _regular_pasts(verb: str) -> Iterator[str]:
    if verb.endswith("ic"):
        yield verb + "ked"
        return
    if verb.endswith("e"):
        yield verb + "d"
        return
    if verb.endswith("y") and verb[-2:-1] not in VOWELS:
        yield verb[:-1] + "ied"
        return
    yield verb + "ed"
    if _doubled(verb):
        yield verb + verb[-1] + "ed"
