"""From a text to its draft: one pure function (DESIGN 8, FORMATS)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final, NamedTuple, Required, TypedDict, Unpack

from tansiq.intake.attribution import Attribution
from tansiq.intake.cast import Cast, actors, credits_of, places
from tansiq.intake.commitments import commitments
from tansiq.intake.domestic import held_back
from tansiq.intake.frames import frames
from tansiq.intake.gaps import gaps
from tansiq.intake.page import Page, analyse
from tansiq.intake.proposals import Proposer
from tansiq.intake.quantities import quantities
from tansiq.intake.shape import Draft, PublishedDays
from tansiq.intake.statements import statements
from tansiq.intake.tagger import Tagger
from tansiq.language.calendar import DayInterval
from tansiq.language.overlay import Overlay

PROPOSERS: Final[tuple[Proposer, ...]] = (Tagger(),)
"""The layers that propose names where none is told otherwise."""


class Credited(NamedTuple):
    """A draft, and which of its ``actors.N`` and ``places.N`` an optional layer alone saw, by its name."""

    draft: Draft
    by: Mapping[str, str]


class Known(TypedDict, total=False):
    """What is known beside the text.

    ``name`` is the file's, ``published`` the day if an officer knows it. ``without`` names documents whose
    own additions to the knowledge file are hidden (measurement only); ``local`` is what the officers of a
    node made of it. ``proposers`` may be none: a draft of knowledge and rules alone is whole.
    """

    name: Required[str]
    published: DayInterval | None
    without: frozenset[str]
    local: Overlay
    proposers: Sequence[Proposer]


def draft(text: str, **known: Unpack[Known]) -> Draft:
    """Return the draft of ``text``.

    The same text gives the same draft; nothing outside the package is read. No text makes it raise.
    """
    return credited(text, **known).draft


def credited(
    text: str,
    *,
    name: str,
    published: DayInterval | None = None,
    without: frozenset[str] = frozenset(),
    local: Overlay = (),
    proposers: Sequence[Proposer] = PROPOSERS,
) -> Credited:
    """Return the draft of a text (``Known``) and what of it is owed to optional layers alone."""
    page = analyse(text, published, without, local)
    cast = Cast(page, proposers)
    said = Attribution(cast)
    told = statements(cast, said)
    made = Draft(
        draft=1,
        file=name,
        lang=page.lang,
        published=_published(page),
        chain=said.chain(),
        actors=actors(cast),
        places=places(cast),
        events=frames(cast, said),
        commitments=commitments(cast, said),
        quantities=quantities(page, said.voices()),
        statements=told,
        gaps=gaps(cast, said),
        held=held_back(page, told),
    )
    own = frozenset(p.name for p in PROPOSERS)
    return Credited(made, credits_of(cast, made.actors, made.places, own))


def _published(page: Page) -> PublishedDays | None:
    known = page.published
    return PublishedDays(known.interval.lo, known.interval.hi, known.basis) if known else None
