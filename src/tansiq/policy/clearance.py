"""What an officer's role lets him read and do. Roles say what is possible; the roster says what is given.

``admin`` and ``auditor`` read no bodies beyond level ``open``; the auditor reads the journal.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final, Literal, get_args

from tansiq.model.label import LEVELS, Level, Party
from tansiq.policy.permits import RANK, Reader

OfficerRole = Literal["duty", "analyst", "release", "legal", "auditor", "admin", "interpreter"]
ROLES: Final[tuple[OfficerRole, ...]] = get_args(OfficerRole)

Act = Literal[
    "read",
    "draft",
    "submit",
    "release",
    "recall",
    "grant",
    "decide",
    "open",
    "safeguards",
    "obtained",
    "translate",
    "journal",
    "officers",
    "charter",
    "roster",
    "break-glass",
]
"""``submit`` signs within the party's standing release rules; ``release`` widens or sanitises;
``safeguards`` lifts no-force and no-arrest; ``obtained`` finds whether what came from a person detained may
be used; ``translate`` writes translations, uncertified, for his own party; ``journal`` reads the journal;
``officers`` keeps accounts;
``charter`` proposes a next epoch and signs one for the party; ``roster`` admits to protected compartments
that the officer holds himself; ``break-glass`` asks to open one record beyond the roster."""

_CEILING: Final[dict[OfficerRole, Level]] = {
    "duty": "secret",
    "analyst": "secret",
    "release": "secret",
    "legal": "secret",
    "interpreter": "confidential",
    "auditor": "open",
    "admin": "open",
}
_SIGNS: Final[frozenset[Act]] = frozenset({"read", "draft", "submit", "translate", "decide", "open"})
_ANSWERS_FOR: Final[frozenset[Act]] = frozenset({"recall", "charter", "roster", "break-glass"})
_ACTS: Final[dict[OfficerRole, frozenset[Act]]] = {
    "duty": _SIGNS | {"recall", "break-glass"},
    "analyst": _SIGNS,
    "release": _SIGNS | _ANSWERS_FOR | {"release", "grant"},
    "legal": _SIGNS | _ANSWERS_FOR | {"safeguards", "obtained"},
    "interpreter": frozenset({"read", "draft", "translate", "open"}),
    "auditor": frozenset({"read", "journal"}),
    "admin": frozenset({"read", "officers"}),
}


def may(role: OfficerRole, act: Act) -> bool:
    """Return whether the role allows the act."""
    return act in _ACTS[role]


def holds_compartments(role: OfficerRole) -> bool:
    """Return whether the role may stand on a roster at all: one whose ceiling is ``open`` holds none."""
    return _CEILING[role] != "open"


def reader_for(
    role: OfficerRole,
    party: Party,
    *,
    clearance: Level = "secret",
    compartments: Iterable[str] = (),
    uses: Iterable[str] = (),
) -> Reader:
    """Return the reader an officer is: his clearance under the role's ceiling, compartments by roster.

    A role whose ceiling is ``open`` holds no compartment and acts for no purpose, whatever the roster says.
    """
    ceiling = _CEILING[role]
    level = LEVELS[min(RANK[clearance], RANK[ceiling])]
    if ceiling == "open":
        return Reader(party, clearance=level)
    return Reader(party, level, frozenset(compartments), frozenset(uses))
