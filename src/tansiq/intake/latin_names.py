"""Persons in French and English: a capitalised run with a sign beside it that somebody is meant.

Signs, any one of which will do: a title or an office before it (``le colonel-major Issa Doumbia``,
``spokesman for the ministry, Ali Sow``); a usual given name; a particle of descent inside (``Ould``,
``Ag``); an office, an age or a verb of saying right beside it. A run that holds the head noun of a body, a
nationality or a name of the knowledge file is nobody. A last name that comes again is the person of it.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from typing import Final

from tansiq.intake.named_after import TRADE, bears_a_name, in_a_place
from tansiq.intake.page import Page
from tansiq.language.given_names import latin_given
from tansiq.language.lexicon import any_of, cells, rows, table
from tansiq.language.normalise import key
from tansiq.language.sought import sought
from tansiq.language.spans import covering, starting
from tansiq.language.tokens import Token

CAPITAL: Final = re.compile(
    r"(?<![^\W_])(?:[A-ZÀ-ÖØ-Þ]\.|[A-ZÀ-ÖØ-Þ][\w’'-]*\w)"
    r"(?:[ \u00a0](?:(?:ould|ag|ben|bin|ibn|abou|abu|al|el|von|van|mint|wuld|dit)[ \u00a0]|[a-z]{2}-)?"
    r"(?:[A-Z]\.|[A-ZÀ-ÖØ-Þ][\w’'-]*\w)){0,5}"
)
BEFORE: Final = 90  # letters in which the title of a name is looked for
OFFICE_WORDS: Final = 9  # words of an office between title and comma; without a comma fewer
OFFICE_WORDS_BARE: Final = 5
AGE: Final = re.compile(r" ?[,(] ?\d\d(?: ans| years old)?(?![^\W_])")
SIGNED: Final = re.compile(r"(?:signe|signed|president de seance|chair|presents?|redacteur) ?: ?$")
PAIR: Final = re.compile(r"(?<![^\W_])(?:mm|messrs)\.? (?:[^\W_]+ (?:et|and) )?$")
OF: Final = sought(r"(?<![^\W_])(?:de la |de l'|de |du |d'|of |of the )$")
VERB_LIKE: Final = re.compile(r"(?:erai?t?|eront|aient)$")


@dataclass(frozen=True, slots=True)
class Run:
    """Words of a page, ``words``, that are written as a name; ``titled`` if titles stood in front."""

    words: list[Token]
    titled: bool

    @property
    def start(self) -> int:
        return self.words[0].start

    @property
    def end(self) -> int:
        return self.words[-1].end


@cache
def titles() -> frozenset[str]:
    """Return the titles and offices of both languages, folded."""
    return frozenset(w for w, v in table("roles.psv", "title").items() if v != "ar")


@cache
def _title_words() -> frozenset[str]:
    parts = (part for t in titles() for part in re.split(r"[ '-]", t))
    return frozenset(p for p in parts if len(p) > 1 and p not in table("words.psv", "of"))


@cache
def _particles() -> frozenset[str]:
    return frozenset(
        key(w) for r in rows("roles.psv") if r["kind"] == "name_particle" for w in cells(r["words"])
    )


@cache
def _never() -> frozenset[str]:
    """Words that no name holds: heads of bodies, days and months, small words, the words of media."""
    bodies = (w for r in rows("bodies.psv") if r["value"] != "ar" for w in cells(r["words"]))
    times = (w for kind in ("weekday", "month") for w in table("times.psv", kind))
    return frozenset(part for w in (*bodies, *times) for part in re.split(r"[ '-]", key(w)) if len(part) > 2)


@cache
def _complements() -> frozenset[str]:
    """What a ministry or service is of: ``l'Intérieur`` before a name belongs to the office."""
    return frozenset(table("bodies.psv", "complement"))


@cache
def in_front() -> frozenset[str]:
    """Return what may stand before a name in capitals and is none of it: titles, small words, complements."""
    return _title_words() | _small() | _complements()


@cache
def _small() -> frozenset[str]:
    kinds = ("french", "english", "skip", "group_stop", "of")
    listed = frozenset(w for kind in kinds for w in table("words.psv", kind))
    openers = (w for r in rows("openers.psv") if r["lang"] != "ar" for w in cells(r["words"]))
    return listed | frozenset(part for w in openers for part in key(w).split()) | NAMES_NOBODY


NAMES_NOBODY: Final = frozenset(
    {
        "selon",
        "according",
        "pour",
        "source",
        "sources",
        "objet",
        "subject",
        "ref",
        "interview",
        "question",
        "lycee",
        "college",
        "ecole",
        "stade",
        "mosquee",
        "eglise",
        "aeroport",
        "airport",
        "hotel",
        "cathedrale",
        "avenue",
        "boulevard",
        "street",
        "land",
        "cruiser",
        "cruisers",
        "toyota",
        "hilux",
        "celui",
        "celle",
        "ceux",
        "celles",
        "cela",
        "ceci",
        "ask",
        "final",
        "communique",
        "press",
        "statement",
        "guardia",
        "haut",
        "commissariat",
        "morning",
        "defence",
        "staff",
    }
)
TITLE: Final = re.compile(rf"(?<![^\W_])(?:{any_of(titles())})s?(?![^\W_])\.?")
BROKEN: Final = frozenset(
    {"qui", "que", "dont", "a", "ont", "est", "sont", "who", "that", "has", "have", "had", "was", "were",
     "is", "are", "will", "which", "where", "but", "mais", "lors", "avec", "with", "after", "apres"}
)  # fmt: skip


def latin_runs(page: Page) -> Iterator[tuple[int, int]]:
    """Yield the folded ranges of the names of a page in Latin script, in order."""
    source = page.folded.source
    for match in CAPITAL.finditer(source):
        genitive = 2 if match[0].endswith(("'s", "’s")) else 0
        start, end = page.folded.inner(match.start(), match.end() - genitive)
        if start < end and (run := _run(page, start, end)) is not None and _somebody(page, run):
            yield run.start, run.end


def _run(page: Page, start: int, end: int) -> Run | None:
    """Drop titles and small words in front of a capitalised run; None if what is left can be nobody."""
    words = list(starting(page.words, start, end))
    titled = False
    while words and (words[0].text in in_front() or len(words[0].text) < 2):
        titled = titled or words[0].text in _title_words()
        words = words[1:]
    while words and _placed(page, words[0]):
        words = words[1:]
    if not words or len(words) > 6 or any(w.text in _never() or w.text in _title_words() for w in words):
        return None
    if not page.covered.isdisjoint(range(words[0].start, words[-1].end)):
        return None
    if any(m.start < words[-1].end for m in starting(page.mentions, words[0].start, words[-1].end)):
        return None  # a nationality is no part of a name
    return Run(words, titled)


def _placed(page: Page, word: Token) -> bool:
    """Tell whether a word is a state or place before a name: ``l'ambassadeur de France Luc Martin``."""
    mention = covering(page.mentions, word.start)
    if mention is None or mention.entry.kind not in ("state", "place") or mention.alias.adjective:
        return False
    return OF.within(page.text, max(0, mention.start - 8), mention.start) is not None


def _somebody(page: Page, run: Run) -> bool:
    titled = run.titled or _title_before(page, run)
    if not run.titled and bears_a_name(page, run.start, run.end):
        return False
    if len(run.words) == 1:
        return titled and _single(page, run.words[0])
    if _shouted(page, run) and not titled:
        return False
    if page.lang == "en" and run.words[-1].text in TRADE:
        return False
    if titled or run.words[0].text in latin_given() or _surname_first(page, run):
        return True
    if page.lang == "en" and (in_a_place(page, run.start) or any(w.text in TRADE for w in run.words)):
        return False
    return _of_descent(run) or _said_to_be(page, run)


def _single(page: Page, word: Token) -> bool:
    """One word is a name right after a title (``le colonel Doumbia``), nowhere else."""
    near = page.text[max(0, word.start - 30) : word.start]
    close = TITLE.search(near) is not None and re.search(r"[^\W_]\.? $", near) is not None
    before = re.split(r"[ '-]", near.rstrip(" ."))[-1]
    if PAIR.search(near):
        return len(word.text) > 3 and word.text not in _small()
    return close and before in _title_words() and len(word.text) > 3 and word.text not in _small()


def _shouted(page: Page, run: Run) -> bool:
    """Tell whether all of a run is in capitals: a heading, or the name of a body."""
    start, end = page.folded.span(run.start, run.end)
    return page.folded.source[start:end].isupper()


def _of_descent(run: Run) -> bool:
    return any(w.text in _particles() for w in run.words[:-1])


def _surname_first(page: Page, run: Run) -> bool:
    """``DIALLO Amadou``, as registers write: a last name in capitals before a given one."""
    first, *rest = (page.folded.source[slice(*page.folded.span(w.start, w.end))] for w in run.words)
    return len(first) > 2 and first.isupper() and bool(rest) and not any(w.isupper() for w in rest)


def _title_before(page: Page, run: Run) -> bool:
    """Tell whether a title stands before, with no more than the rest of the office between."""
    floor = max(page.sentence_at(run.start)[0], run.start - BEFORE)
    near = page.text[floor : run.start]
    found = max(TITLE.finditer(near), key=lambda m: m.start(), default=None)
    if found is None:
        return False
    between = near[found.end() :]
    words = re.findall(r"[^\W_]+", between)
    comma = between.rstrip().endswith(",")
    if re.search(r"[;:()\"!?]|,.*,", between) or ("," in between and not comma):
        return False
    if len(words) > (OFFICE_WORDS if comma else OFFICE_WORDS_BARE) or any(w in BROKEN for w in words):
        return False
    told = page.hits("speech", floor + found.end(), run.start)
    return not told and not any(VERB_LIKE.search(w) for w in words)


def _said_to_be(page: Page, run: Run) -> bool:
    """An office, an age or a verb of saying right beside a run of two capitalised words or more."""
    after = page.text[run.end : run.end + 60]
    if AGE.match(after) or SIGNED.search(page.text[max(0, run.start - 24) : run.start]):
        return True
    apposed = re.match(r" ?[,(] ?(?:[^\W_]+[ '-]){0,4}?", after)
    if apposed and (found := TITLE.search(after, apposed.start(), min(len(after), 40))):
        between = re.findall(r"[^\W_]+", after[: found.start()])
        if after.lstrip()[:1] in ",(" and len(between) <= 3 and not any(w in BROKEN for w in between):
            return True
    told = page.hits("speech", max(0, run.start - 14), run.end + 14)
    return any(h.end == run.start - 1 or 0 < h.start - run.end <= 9 for h in told) and len(run.words) <= 4


def again(page: Page, known: Iterable[tuple[int, int]]) -> Iterator[tuple[int, int, int]]:
    """Yield where a last name comes again alone: its folded range and the start of the full name."""
    fuller: dict[str, int] = {}
    spans = sorted(known)
    for start, end in spans:
        words = starting(page.words, start, end)
        if len(words) > 1 and len(words[-1].text) > 2:
            fuller.setdefault(_last(page, list(words)), start)
    lasts = Counter(name.rpartition(" ")[2] for name in fuller)
    held = {at for s, e in spans for at in range(s, e)}
    firsts = {name.partition(" ")[0] for name in fuller}
    for at in [i for i, text in enumerate(page.words.texts) if text in firsts]:
        word = page.words[at]
        for size in (3, 2, 1):
            phrase = " ".join(w.text for w in page.words[at : at + size])
            if phrase in fuller and lasts[phrase.rpartition(" ")[2]] == 1 and word.start not in held:
                end = page.words[min(at + size, len(page.words)) - 1].end
                if page.capital(word.start) and page.covered.isdisjoint(range(word.start, end)):
                    yield word.start, end, fuller[phrase]
                break


def _last(page: Page, words: list[Token]) -> str:
    """Return the last name with its particle: ``ould abdallah``."""
    at = len(words) - 1
    while at > 1 and (words[at - 1].text in _particles() or page.text[words[at - 1].end] in "-'"):
        at -= 1
    return " ".join(w.text for w in words[at:])
