"""The title proposed for a text: its headline, else the clause of its first event, made short.

1. A headline is the first line of several words that more text follows and that ends like no sentence; a
   line of place, day and who writes is none.
2. Without one the title is taken from the clause of the first event near the beginning, else from the first
   sentence: who did what, where. Who says so is left out when enough stays.
3. It is words of the text, whole, in their order, ``SHORTEST`` letters at most; it ends where a clause ends,
   or else before a word, never on one that only joins.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final

from tansiq.intake.shape import Event, Span
from tansiq.language.folding import key
from tansiq.language.lexicon import stopwords

HEADLINE: Final = 160
SHORTEST: Final = 80
"""Letters of a title that is cut from a sentence."""
NEAR: Final = 700
_WORDS: Final = 4
_LEAST: Final = 24
_FULL: Final = 48  # letters: a shorter beginning lacks what happened
_ENDS: Final = (".", "!", "؟", "?", "…", ":", "،", ",", "؛", ";")
_SENTENCE: Final = re.compile(r"(?<=[.!?؟…])\s+|\n")
_BORDER: Final = re.compile(
    r"\s*[،,;؛:()«»\"]\s*|\s+[–—-]\s+|\s+(?=(?:حيث|بينما|فيما|وذلك|بعدما|عندما|التي|الذي|الذين|وقد"
    r"|alors qu|tandis qu|lorsqu|après|qui|dont|selon|while|when|after|which|who|according|as)\b)",
    re.IGNORECASE,
)
_SAID: Final = re.compile(
    r"^(?P<before>[^\n]{6,90}?)\s(?:إن|أن|بأن|إنّ|أنّ|que|that)\s+(?=\S)|^(?P<elided>[^\n]{6,90}?)\squ['’](?=\S)",
)
_NO_SPEECH: Final = frozenset(
    {"بعد", "قبل", "دون", "الا", "رغم", "غير", "apres", "avant", "alors", "pour", "afin", "tandis", "plus",
     "moins", "ainsi", "so", "after", "before", "such", "all", "than", "بدون", "علي", "الي"}
)  # fmt: skip
_DATELINE: Final = re.compile(
    r"[^\n]{0,60}?(?:\)\s*[-–—:,،]?|(?<=\d{4})\s*[-–—:,،/]?|(?<=\d)\s*[-–—:]|\s[-–—]\s)\s*(?=\w)(?<!\w-)"
)
"""Place, day and agency before the first words: up to a bracket, a year or a dash."""
_MONTH: Final = r"(?:(?:كانون|تشرين) )?[^\W\d]+"
_PLACE_AND_DAY: Final = re.compile(
    r"(?:[^\W\d]+(?:[ '’-][^\W\d]+){0,3}\s*[،,/–—-]\s*)?(?:le |في |يوم |on )?(?:[^\W\d]+[ ،,]+)?"
    rf"(?:\d{{1,2}}(?:er|st|nd|rd|th)? {_MONTH}(?: ?/ ?{_MONTH})?|[^\W\d]+ \d{{1,2}}),? \d{{4}}\s*(?:م\s*)?"
    r"(?:[–—،,-]\s*)?(?:\([^()\n]{2,60}\)|[^\W\d]+(?: [^\W\d]+){0,2})?\s*[–—:-]?"
)
"""A line of its own: ``Bamako, le 3 octobre 2018 (correspondance particulière)``."""
_THAT: Final = re.compile(r"(?:أن|إن|بأن|أنّ|إنّ|que|qu['’]|that)\s*(?=\w)(?<=[\s'’])")
_VERBAL: Final = frozenset({"تكون", "يكون", "كان", "كانت", "قد", "لقد", "سوف"})
_LEADING: Final = re.compile(r"[\s\"'«»“”()*#•–—-]*")


def title_span(text: str, events: Iterable[Event] = ()) -> Span:
    """Return where the title stands in a text."""
    return _headline(text) or _short(text, _first(text, events))


def _headline(text: str) -> Span | None:
    at = 0
    for line in text.split("\n"):
        said = line.strip()
        words = sum(any(c.isalpha() for c in w) for w in said.split())
        start = at + len(line) - len(line.lstrip())
        at += len(line) + 1
        if words < _WORDS or _PLACE_AND_DAY.fullmatch(said):
            continue
        more = bool(text[at:].strip())
        whole = len(said) <= SHORTEST or not said.endswith(_ENDS)
        return (start, start + len(said)) if more and whole and len(said) <= HEADLINE else None
    return None


def _first(text: str, events: Iterable[Event]) -> Span:
    """Return the clause of the first event near the beginning, else the first sentence (rule 2)."""
    near = [e.span for e in events if e.span[0] < NEAR and e.span[1] - e.span[0] >= _LEAST]
    if near:
        return _led(text, min(near))
    pieces = _pieces(text[: NEAR * 2])
    told = (p for p in pieces if not _PLACE_AND_DAY.fullmatch(text[slice(*p)].strip()))
    return next((p for p in told if p[1] - p[0] >= _LEAST), pieces[0])


def _pieces(text: str) -> list[Span]:
    """Return the sentences of a beginning, none over a line's end; one blank piece where there are none."""
    ends = [m.span() for m in _SENTENCE.finditer(text)]
    cuts = zip([0, *(e for _, e in ends)], [*(s for s, _ in ends), len(text)], strict=True)
    return [(s, e) for s, e in cuts if text[s:e].strip()] or [(0, 0)]


def _led(text: str, span: Span) -> Span:
    """Return a clause with what leads up to it in its sentence, where it does not stand by itself."""
    start, end = span
    begins = max((m.end() for m in _SENTENCE.finditer(text, 0, start + 1) if m.end() <= start), default=0)
    first = text[start:end].split(maxsplit=1)[0]
    bare = first[:1].islower() or key(first) in _joining() or key(first) in _VERBAL
    start = begins if bare or start - begins <= _LEAST else start
    if end - start < _FULL:
        further = _SENTENCE.search(text, end)
        end = min(further.start() if further is not None else len(text), start + 2 * NEAR)
    return start, end


def _short(text: str, span: Span) -> Span:
    """Return the words of a stretch that make a title (rules 2, 3)."""
    start, end = span
    leading = _LEADING.match(text, start, end)
    start = leading.end() if leading is not None else start
    dateline = _DATELINE.match(text, start, end)
    if dateline is not None and end - dateline.end() >= _LEAST:
        start = dateline.end()
    start = _after_speech(text, start, end)
    joined = _THAT.match(text, start, end)
    start = joined.end() if joined is not None else start
    if end - start > SHORTEST:
        end = start + _cut(text[start:end])
    while end > start and (text[end - 1].isspace() or text[end - 1] in ".,;:،؛\"'«»()–—-"):
        end -= 1
    return start, end


def _after_speech(text: str, start: int, end: int) -> int:
    """Return where what is said begins, where enough of it stays (rule 2)."""
    found = _SAID.match(text[start:end])
    if found is None:
        return start
    before = (found["before"] or found["elided"]).split()
    rest = text[start + found.end() : end]
    said = key(before[-1]) not in _NO_SPEECH and len(before) >= 2
    return start + found.end() if said and len(rest) >= _LEAST and len(rest.split()) >= _WORDS else start


def _cut(said: str) -> int:
    """Return the length of a title cut from words that are too long (rule 3)."""
    borders = [m.start() for m in _BORDER.finditer(said, 0, SHORTEST + 8) if _FULL <= m.start() <= SHORTEST]
    if borders:
        return borders[-1]
    words = said[: SHORTEST + 1].rpartition(" ")[0].split(" ")
    while len(words) > _WORDS and (key(words[-1]) in _joining() or not words[-1].strip()):
        words = words[:-1]
    return len(" ".join(words)) or SHORTEST


def _joining() -> frozenset[str]:
    return stopwords() | _JOINS


_JOINS: Final = frozenset(
    {"in", "on", "at", "of", "to", "the", "a", "an", "its", "and", "or", "by", "for", "from",
     "with", "near", "de", "du", "des", "la", "le", "les", "l", "d", "au", "aux", "et", "ou", "en",
     "dans", "sur", "leur", "sa", "son", "ses", "par", "pour", "avec", "une", "un", "pres", "في",
     "من", "الي", "علي", "عن", "مع", "و", "او", "بين", "عند", "قرب", "قبل", "بعد"}
)  # fmt: skip
