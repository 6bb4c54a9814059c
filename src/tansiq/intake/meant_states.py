"""States that a text means without naming them there.

Rules:
1. 'the government' alone is that of the state named before with its government, else of the one state that
   the text names by far the most; without one it is passed over;
   *The interim government* is that of the state or capital before it in the sentence;
2. 'his country' is the state whose nationality, name or office-holder stands last before it in the sentence,
   else the one state that the text names by far the most.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from tansiq.intake.forces import state_of
from tansiq.intake.page import Page
from tansiq.intake.same import Named
from tansiq.language.gazetteer import Entry
from tansiq.language.sought import sought
from tansiq.language.spans import covering, starting

GOVERNMENT: Final = {
    "ar": sought(r"(?<![^\W_])[وف]?[بك]?(?P<name>(?:ال|لل)حكومه(?: الانتقاليه| الموقته)?)(?![^\W_])"),
    "fr": sought(
        r"(?<![^\W_])(?:le |du |au )(?P<name>gouvernement(?: de (?:la )?transition)?)(?![^\W_])(?! (?:d'"
        r"|de |du |des ))"
    ),
    "en": sought(
        r"(?<![^\W_])(?:the )?(?P<name>(?:interim|transitional) (?:government|authorities)"
        r"|(?<=the )(?:government|authorities))(?![^\W_])(?! (?:of|in) )"
    ),
}
COUNTRY: Final = {
    "ar": sought(r"(?<![^\W_])[وف]?[بلك]?(?P<name>بلاده|بلادها|بلدها|بلده)(?![^\W_])"),
    "fr": sought(r"(?<![^\W_])(?P<name>(?:son|leur) pays)(?![^\W_])"),
    "en": sought(r"(?<![^\W_])(?P<name>(?:his|her|their) country)(?![^\W_])"),
}
PASSING: Final = re.compile(r"interim|transition|انتقالي|موقت")
WITHIN: Final = 160  # letters in which the state of 'his country' is looked for


def meant_states(page: Page) -> list[Named]:
    """Return the states of a page that are meant by 'the government' or 'his country', in no order."""
    return [*_governments(page), *_countries(page)]


def _governments(page: Page) -> Iterator[Named]:
    """Rule 1."""
    about = state_of(page)
    for match in GOVERNMENT[page.lang].finditer(page.text):
        start, end = match.span("name")
        beside = covering(page.mentions, end + 1) or covering(page.mentions, end + 3)
        meant = about
        if PASSING.search(match["name"]):
            meant = _last_state(page, start, seats=True) or about or state_of(page, home=True)
        if beside is None and meant is not None and covering(page.mentions, start) is None:
            yield Named(start, end, meant.canonical, "state", "agent", meant)


def _countries(page: Page) -> Iterator[Named]:
    """Rule 2."""
    home: Entry | None = None
    for match in COUNTRY[page.lang].finditer(page.text):
        start, end = match.span("name")
        if page.folded.source[page.folded.ends[end - 1] - 1] == "ة":
            continue  # a town
        state = _last_state(page, start)
        if state is None:
            state = home = home or state_of(page)
        if state is not None:
            yield Named(start, end, state.canonical, "state", "agent", state)


def _last_state(page: Page, at: int, *, seats: bool = False) -> Entry | None:
    floor = max(page.sentence_at(at)[0], at - WITHIN)
    for mention in reversed(starting(page.mentions, floor, at)):
        entry = mention.entry
        if entry.kind == "person":
            states = (e for e in page.knowledge.entries.values() if e.kind == "state")
            return next((e for e in states if e.country == entry.country), None)
        if seats and (seat_of := entry.flag("near") or entry.flag("far")) is not None:
            return page.knowledge.entries.get(seat_of)
        if entry.kind == "state" and entry.flag("group") is None:
            return entry
    return None
