"""The operations log and the review after the action. Source: REQUIREMENTS R57; DOCTRINE 3.9.

1. An entry is never written over: its next version is refused; a correction is a new entry that points
   to the old one.
2. A review names the entries that it rests on.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from tansiq.base.ids import RecordId
from tansiq.boards.aspects import Aspect, Fact, Flag, State, aspect
from tansiq.boards.rules import Objection, rule
from tansiq.boards.shelf import Held, Shelf, bodies
from tansiq.language.folding import key
from tansiq.model.kinds.aar import Aar
from tansiq.model.kinds.log_entry import LogEntry

_HELP: Final = tuple(
    key(word)
    for word in ("assistance", "first aid", "secours", "soins", "aide", "مساعدة", "إسعاف", "أسعف", "رعاية")
)
_HARM: Final = tuple(
    key(word) for word in ("civilian", "villager", "civil", "habitant", "مدني", "مدنيين", "أهالي", "سكان")
)


@rule("log-entry")
def append_only(draft: Held, shelf: Shelf) -> Iterator[Objection]:
    """An entry of the log has no next version (rule 1)."""
    if draft.id:
        yield Objection("log.append-only", "R57", missing=frozenset({"corrects"}), record=draft.id)
        return
    body = draft.body
    assert isinstance(body, LogEntry)
    old = None if body.corrects is None else shelf.get(RecordId(body.corrects))
    if old is not None and old.kind != "log-entry":
        yield Objection("log.corrects-no-entry", "R57", refuses=False, record=old.id)


@aspect("log-entry")
def entry(held: Held, shelf: Shelf) -> Aspect:
    """Return what is said of an entry: that it stands as written, and what corrected it."""
    body = held.body
    assert isinstance(body, LogEntry)
    corrected = [h for h, b in bodies(shelf, LogEntry) if b.corrects == held.id]
    flags = [Flag("CORRECTED", "R57", record=h.id) for h in corrected]
    facts = [Fact("append_only", held.version == 1)]
    if effect := _effect(f"{body.text} " + " ".join(f"{x.event} {x.action}" for x in body.entries)):
        facts.append(Fact("civilian_effect", effect))
    word = "corrected" if corrected else "stands"
    return Aspect(states=(State("self", word, "R57"),), flags=tuple(flags), facts=tuple(facts))


def _effect(said: str) -> str:
    """What a text tells of people hurt or helped; blank = it speaks of none."""
    words = key(said)
    if any(word in words for word in _HELP):
        return "assistance"
    return "harm" if any(word in words for word in _HARM) else ""


def log_lines(shelf: Shelf) -> tuple[Held, ...]:
    """Return the entries of the log, by the time of their first line, then as written."""
    found = bodies(shelf, LogEntry)
    return tuple(h for h, b in sorted(found, key=lambda pair: (_at(*pair), pair[0].created)))


def _at(held: Held, body: LogEntry) -> float:
    times = [line.at for line in body.entries if line.at is not None]
    return min(times, default=held.created).timestamp()


@aspect("aar")
def review(held: Held, shelf: Shelf) -> Aspect:
    """Return what is said of a review after the action: the entries it rests on, and its civilian effect."""
    body = held.body
    assert isinstance(body, Aar)
    rests = entries_of(held, shelf)
    effect = _effect(body.civilian_effect) or ("harm" if body.civilian_effect.strip() else "")
    facts = [Fact("from_log", len(rests), {"records": tuple(h.id for h in rests)})]
    return Aspect(
        flags=() if rests else (Flag("NO_LOG", "R57"),),
        facts=(*facts, *((Fact("civilian_effect", effect),) if effect else ())),
    )


def entries_of(held: Held, shelf: Shelf) -> tuple[Held, ...]:
    """Return the log entries that a review points to or is derived from."""
    named = {*held.sources, *held.derived_from}
    return tuple(e for e in log_lines(shelf) if e.id in named or held.points_to(e.id))
