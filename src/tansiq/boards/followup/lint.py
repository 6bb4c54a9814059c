"""Lint: words that promise without saying who, what or when. Source: REQUIREMENTS R38.

1. What names no means ("all resources", "to be specified") counts as means that are not stated.
2. A length without its start, or a date in words alone, is no date; a stated term is one that waits.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from tansiq.boards.aspects import Flag
from tansiq.language.folding import key
from tansiq.model.kinds.commitment import Commitment
from tansiq.model.label import Party

_NO_MEANS: Final = frozenset(
    map(key, ("", "unspecified", "to be specified", "à préciser", "non précisé", "غير محددة", "غير محدد"))
)
_ALL_MEANS: Final = tuple(
    map(
        key,
        (
            "كل الإمكانات",
            "كل الإمكانيات",
            "جميع الإمكانات",
            "كافة الإمكانات",
            "كل الوسائل",
            "tous les moyens",
            "toutes les ressources",
            "all resources",
            "all means",
            "whatever it takes",
        ),
    )
)


def owners_of(body: Commitment) -> tuple[Party, ...]:
    """Return who has to deliver, in the order stated."""
    return tuple(dict.fromkeys((*body.owners, *((body.owner,) if body.owner else ()))))


def is_dated(body: Commitment) -> bool:
    """Whether an end is stated: a date, or a term in months (rule 2)."""
    return (body.due is not None and body.due.hi is not None) or body.term_months is not None


def names_means(means: str) -> bool:
    """Whether words say with what something will be done (rule 1)."""
    folded = key(means)
    return folded not in _NO_MEANS and not any(phrase in folded for phrase in _ALL_MEANS)


def open_ends(body: Commitment) -> Iterator[Flag]:
    """Yield the badge of each thing that is not stated; none where the owner leaves it open on purpose."""
    if body.deliberately_open:
        return
    if not owners_of(body):
        yield Flag("OWNER_MISSING", "R38")
    if not is_dated(body):
        yield Flag("UNDATED", "R38")
    if not names_means(body.means):
        yield Flag("MEANS_UNSPECIFIED", "R38")
