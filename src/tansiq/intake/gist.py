"""A few sentences in ar, fr or en made only from a draft's fields.

A gist is no translation: it says who speaks, what is said to have happened and how surely, what was
promised, the figures and what is missing. Whoever shows it marks it as made by a machine. Names come from the
knowledge file in the reader's language; a name that it does not hold stays as it was written.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Final

from tansiq.base.messages import Lang, messages, say
from tansiq.intake.figure import figure_words
from tansiq.intake.shape import ChainEntry, Commitment, Days, Draft, Event, PublishedDays
from tansiq.intake.shown import shown
from tansiq.language.gazetteer import gazetteer

Day = Callable[[date], str]
EVENTS: Final = 3
PROMISES: Final = 1
LONGEST_LIST: Final = 4
TELLING: Final = (
    "killing", "kidnapping", "hostage_release", "attack", "creation_of_body", "agreement", "prisoner_release",
    "arms_flow", "military_operation", "deployment", "seizure", "arrest", "meeting", "visit",
)  # fmt: skip


def gist(draft: Draft, lang: Lang, day: Day) -> list[str]:
    """Return three to six sentences in ``lang``; fewer only if the draft holds less.

    ``day`` writes a day as the reader's language and state do.
    """
    found = [_said(draft, lang)]
    found += [_event(event, lang, day) for event in _salient(draft)]
    found += [_promise(promise, lang, day) for promise in _binding(draft)]
    if draft.quantities and len(found) < 5:
        found.append(_figures(draft, lang))
    if draft.gaps and len(found) < 6:
        found.append(say("gist.gaps", lang, gaps=_list(lang, _gaps(draft, lang))))
    if draft.published and len(found) < 6:
        found.append(_published(draft.published, lang, day))
    return found


def _list(lang: Lang, items: list[str]) -> str:
    *most, last = items[:LONGEST_LIST] or [""]
    joined = say("gist.comma", lang).join(most)
    return f"{joined}{say('gist.and', lang)}{last}" if most else last


def _said(draft: Draft, lang: Lang) -> str:
    quoted = {entry.quotes for entry in draft.chain}
    voices = [_voice(draft, entry, lang) for index, entry in enumerate(draft.chain) if index not in quoted]
    voices = list(dict.fromkeys(voices))
    if not voices:
        return say("gist.said.none", lang)
    if len(voices) == 1:
        return say("gist.said.one", lang, source=voices[0])
    return say("gist.said.many", lang, sources=_list(lang, voices))


def _voice(draft: Draft, entry: ChainEntry, lang: Lang) -> str:
    own = _source(entry, lang)
    if entry.quotes is None or not 0 <= entry.quotes < len(draft.chain):
        return own
    return say("gist.said.quoting", lang, outlet=own, source=_source(draft.chain[entry.quotes], lang))


def _source(entry: ChainEntry, lang: Lang) -> str:
    """The name in the reader's language if the knowledge file links it, else the kind of source."""
    _, _, rest = entry.name.rpartition(" (")
    canonical = rest.removesuffix(")") if rest else entry.name
    known = gazetteer().entries.get(canonical) or gazetteer().entries.get(entry.name)
    return known.display(lang) if known else say(f"gist.kind.{entry.kind}", lang)


def _salient(draft: Draft) -> list[Event]:
    """The most telling events, one of a kind and status, in the order of the text."""
    seen: set[tuple[str, str]] = set()
    ranked = sorted(enumerate(draft.events), key=lambda e: (_rank(e[1]), e[0]))
    kept: list[tuple[int, Event]] = []
    for index, event in ranked:
        if (event.type, event.status) not in seen and event.type != "statement" and event.actors:
            seen.add((event.type, event.status))
            kept.append((index, event))
    return [event for _, event in sorted(kept[:EVENTS], key=lambda e: e[0])]


def _rank(event: Event) -> int:
    told = TELLING.index(event.type) if event.type in TELLING else len(TELLING)
    return told - 4 * (event.when is not None) - 2 * (event.place is not None)


def _event(event: Event, lang: Lang, day: Day) -> str:
    rest = say("gist.event.actors", lang, who=_list(lang, [shown(a, lang) for a in event.actors]))
    if event.place:
        rest += say("gist.event.place", lang, place=shown(event.place, lang))
    if event.when:
        rest += say("gist.event.when", lang, when=_when(event.when, lang, day))
    what, status = say(f"gist.what.{event.type}", lang), say(f"gist.status.{event.status}", lang)
    return say("gist.event.line", lang, what=what, status=status, rest=rest)


def _when(days: Days | PublishedDays, lang: Lang, day: Day) -> str:
    if days.lo == days.hi:
        return day(days.lo)
    return say("gist.between", lang, lo=day(days.lo), hi=day(days.hi))


def _binding(draft: Draft) -> list[Commitment]:
    order = ("agreement", "decision", "vague", "intent")
    return sorted(draft.commitments, key=lambda c: (order.index(c.force), c.due is None, c.span))[:PROMISES]


def _promise(promise: Commitment, lang: Lang, day: Day) -> str:
    who = _list(lang, [shown(w, lang) for w in promise.who]) or say("gist.promise.nobody", lang)
    due = _when(promise.due, lang, day) if promise.due else say("gist.promise.open", lang)
    return say("gist.promise.line", lang, force=say(f"gist.promise.{promise.force}", lang), who=who, due=due)


def _figures(draft: Draft, lang: Lang) -> str:
    known = messages(lang)
    figures = [
        figure_words(str(q.value), q.unit, lang, high="" if q.high is None else str(q.high), approx=q.approx)
        for q in draft.quantities
        if f"gist.unit.{q.unit}" in known
    ]
    return say("gist.figures", lang, figures=_list(lang, list(dict.fromkeys(figures)) or ["–"]))


def _gaps(draft: Draft, lang: Lang) -> list[str]:
    return list(dict.fromkeys(say(f"gist.gap.{gap.what}", lang) for gap in draft.gaps))


def _published(published: PublishedDays, lang: Lang, day: Day) -> str:
    return say(f"gist.published.{published.basis}", lang, when=_when(published, lang, day))
