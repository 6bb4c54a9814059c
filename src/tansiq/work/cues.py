"""By which words a thing of a draft is known again in another text: what a lesson hangs on.

1. Names are known by every way they are written; a unit by the words that follow its number; an event and a
   promise by its trigger with the two words before it; a statement by its first three words.
2. Words are compared folded, numbers stand for one another.
"""

from __future__ import annotations

from typing import Final

from tansiq.intake.lexemes import lexicon
from tansiq.intake.shape import Span
from tansiq.language.folding import key
from tansiq.language.numbers import numbers
from tansiq.language.tokens import tokens
from tansiq.language.tongue import language_of
from tansiq.work.intake_file import IntakeFile, Item

BEFORE: Final = 2
_OPENING: Final = 3
_AROUND_CHARACTERS: Final = 40
_LISTS: Final = {"events": "events", "commitments": "promises"}


def cues_of(file: IntakeFile, item: Item) -> tuple[str, ...]:
    """Return the folded words an item is known by; none where nothing of it says anything of another text."""
    words = [file.text[s:e] for s, e in item.spans]
    match item.group:
        case "actors" | "places" | "chain":
            found = tuple(key(w) for w in words)
        case "quantities":
            found = tuple(_unit(file.text, span) for span in item.spans)
        case "events" | "commitments":
            listed, sense = _LISTS[item.group], _sense(file, item)
            found = tuple(_trigger(file.text, span, listed, sense) for span in item.spans)
        case "statements":
            found = tuple(" ".join(_plain(w).split()[:_OPENING]) for w in words)
        case _:
            found = ()
    return tuple(dict.fromkeys(c for c in found if c))


def _plain(words: str) -> str:
    """Return folded words, each number one ``#`` (rule 2)."""
    folded = key(words)
    found = tokens(folded)
    counted = [(n.start, n.end) for n in numbers(folded)]
    said = ("#" if any(s <= t.start < e for s, e in counted) or t.text.isdecimal() else t.text for t in found)
    return " ".join(said)


def _unit(text: str, span: Span) -> str:
    """Return the words of a count, or what follows it where it is a number alone."""
    said = [w for w in _plain(text[span[0] : span[1]]).split() if w != "#"]
    after = _plain(text[span[1] : span[1] + _AROUND_CHARACTERS]).split()
    return " ".join(said) if said else " ".join(after[:1])


def _sense(file: IntakeFile, item: Item) -> str:
    number = int(item.address.partition(".")[2])
    return file.machine.events[number].type if item.group == "events" else ""


def _trigger(text: str, span: Span, listed: str, group: str) -> str:
    """Return the trigger of a clause with the words before it in the text, else the clause's first words."""
    folded = key(text[span[0] : span[1]])
    found = tokens(folded)
    hits = lexicon(language_of(found.texts, text)).find(folded, found)
    named = [h for h in hits if h.sense.list == listed and (not group or h.sense.group == group)]
    if not named:
        return " ".join(_plain(folded).split()[: _OPENING + 1])
    first = min(named, key=lambda h: h.first)
    ahead = tokens(key(text[max(0, span[0] - _AROUND_CHARACTERS) : span[0]]))[-BEFORE:]
    around = [*ahead, *found[: first.last]]
    return " ".join(t.text for t in around[-(BEFORE + first.last - first.first) :])
