"""What the rules of a label demand, and whether a label may be signed at all. Source: DESIGN 5.

1. EVERYBODY goes with level ``open``, no compartment and no purpose; with NOEXT and PARTNER not at all.
2. A label names at least one party; every party it names is in the charter; the originator is in its
   own audience.
3. NOEXT: no partner and no associate is in the audience. PARTNER: only a partner, its host and organs
   exchange it, so at least one partner is in the audience.
4. A compartment that the charter lists may be used only among its holders, when it lists holders. One
   that it does not list may be used when the charter allows own compartments. A look-alike of a
   protected one may not.
5. ORCON: who receives it derives nothing from it without the originator's grant.
6. NO-FORCE, NO-ARREST, NO-CONTACT: shown with the record wherever it goes; added to whatever leaves a
   node with a place and persons.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from tansiq.base.refusal import Refusal
from tansiq.model.charter import Charter
from tansiq.model.label import EVERYBODY, POLICY, Label, Party, Rule
from tansiq.policy.compartments import is_look_alike

SAFEGUARDS: Final[tuple[Rule, ...]] = ("NO-ARREST", "NO-FORCE")
"""Rules that every record with a place and persons bears when it leaves a node."""


def check_label(label: Label, charter: Charter, originator: Party) -> Refusal | None:
    """Return None when ``originator`` may sign this label under this charter, else why not.

    Reasons: ``policy``, ``label.public-needs-open``, ``label.unknown-party``, ``label.not-own``,
    ``label.rule`` (``missing``: ``NOEXT:FR``), ``label.compartment`` (``missing``: ``HOSTAGE:FR`` or
    the unknown compartment).
    """
    if label.policy != POLICY:
        return Refusal("policy", frozenset({label.policy}))
    if label.public:
        plain = label.level == "open" and not label.compartments and not label.uses
        closed = frozenset(f"{r}:{EVERYBODY}" for r in label.rules if r in ("NOEXT", "PARTNER"))
        if closed:
            return Refusal("label.rule", closed)
        return None if plain else Refusal("label.public-needs-open")
    unknown = frozenset(p for p in label.audience if charter.party(p) is None)
    if unknown:
        return Refusal("label.unknown-party", unknown)
    if originator not in label.audience:
        return Refusal("label.not-own", frozenset({originator}))
    if broken := frozenset(_broken_rules(label, charter)):
        return Refusal("label.rule", broken)
    closed = frozenset(_closed(label, charter))
    return Refusal("label.compartment", closed) if closed else None


def may_derive(source: Label, source_originator: Party, deriver: Party) -> Refusal | None:
    """Return None when ``deriver`` may rest a record of its own on the source without asking (rule 5)."""
    if "ORCON" in source.rules and deriver != source_originator:
        return Refusal("record.orcon", frozenset({source_originator}))
    return None


def may_carry(label: Label, originator: Party, recipients: tuple[Party, ...]) -> Refusal | None:
    """Return None when the recipients of a segment are within the record's audience, else who is not."""
    if label.audience == (EVERYBODY,):
        return None
    outside = frozenset(recipients) - frozenset(label.audience) - {originator}
    return Refusal("record.audience-mismatch", frozenset(outside)) if outside else None


def _broken_rules(label: Label, charter: Charter) -> Iterator[str]:
    types = {p: entry.type for p in label.audience if (entry := charter.party(p)) is not None}
    if "NOEXT" in label.rules:
        yield from (f"NOEXT:{p}" for p, kind in types.items() if kind in ("partner", "associate"))
    if "PARTNER" in label.rules and "partner" not in types.values():
        yield "PARTNER"


def _closed(label: Label, charter: Charter) -> Iterator[str]:
    for code in label.compartments:
        listed = charter.compartment(code)
        if is_look_alike(code, charter) or (listed is None and not charter.rules.own_compartments):
            yield code
        elif listed is None:
            continue
        elif listed.holders:
            yield from (f"{code}:{p}" for p in label.audience if p not in listed.holders)
