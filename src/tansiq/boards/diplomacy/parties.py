"""Parties by the names that officers write: codes, names of the charter, and words that mean any partner."""

from __future__ import annotations

from typing import Final

from tansiq.language.folding import key
from tansiq.model.charter import Charter
from tansiq.model.label import Party

_ANY: Final = frozenset(
    key(words)
    for words in (
        "other partners",
        "partners",
        "any partner",
        "autres partenaires",
        "partenaires",
        "partenaires extérieurs",
        "شركاء آخرون",
        "شركاء آخرين",
        "الشركاء الآخرون",
        "الشركاء",
        "شركاء",
        "أطراف خارجية",
        "الأطراف الخارجية",
        "external parties",
        "parties extérieures",
    )
)
_COMMON: Final[dict[str, tuple[str, ...]]] = {
    "FR": ("france", "فرنسا", "paris", "باريس"),
    "US": ("united states", "usa", "états-unis", "الولايات المتحدة", "washington", "واشنطن"),
    "DZ": ("algeria", "algérie", "الجزائر"),
    "ML": ("mali", "مالي"),
    "MR": ("mauritania", "mauritanie", "موريتانيا"),
    "NE": ("niger", "النيجر"),
}


def party_named(words: str, charter: Charter) -> Party | None:
    """Return the party of the charter that somebody means: its code, its name, or a common name."""
    said = words.strip()
    if charter.party(said) is not None:
        return Party(said)
    folded = key(said)
    for entry in charter.parties:
        names = (entry.names.ar, entry.names.fr, entry.names.en, *_COMMON.get(entry.code, ()))
        if folded and folded in {key(name) for name in names}:
            return entry.code
    return None


def names_any(words: str) -> bool:
    """Whether words of a mandate mean any partner."""
    return key(words) in _ANY


def members(charter: Charter) -> tuple[Party, ...]:
    """Return the members of the charter, by their codes."""
    return tuple(sorted(p.code for p in charter.parties if p.type == "member"))


def type_of(party: str, charter: Charter) -> str | None:
    """Return the type of a party, None for one outside the charter."""
    entry = charter.party(party)
    return None if entry is None else entry.type
