"""What one epoch of the charter changes of another, as typed changes.

How they are found and made is ``policy.amend``.

1. Parties and keys are only added, ended, suspended or revoked; circles, compartments, presidency, rules
   and name are set as a whole.
2. Times are milliseconds since 1970, UTC.
"""

from __future__ import annotations

from msgspec import Struct

from tansiq.model.charter import (
    CharterRules,
    Circle,
    CircleCode,
    Compartment,
    KeyId,
    LastGood,
    Names,
    PartyEntry,
    PartyType,
    SealKey,
    Seat,
    SignKey,
)
from tansiq.model.label import Party


class Joined(Struct, frozen=True, tag_field="change", tag="joined"):
    """A party that takes part from its ``from_ms`` on."""

    entry: PartyEntry


class Ended(Struct, frozen=True, tag_field="change", tag="ended"):
    """A party's part ends at ``until_ms``; None = it does not end any more."""

    party: Party
    until_ms: int | None


class Suspended(Struct, frozen=True, tag_field="change", tag="suspended"):
    """A party receives and signs nothing from ``at_ms`` on."""

    party: Party
    at_ms: int


class Lifted(Struct, frozen=True, tag_field="change", tag="lifted"):
    """A suspension that is over."""

    party: Party


class Detailed(Struct, frozen=True, tag_field="change", tag="detailed"):
    """What a party is and is called, as it stands from now on."""

    party: Party
    type: PartyType
    names: Names
    langs: tuple[str, ...]
    observer: bool
    from_ms: int
    timezone: str
    weekend: tuple[int, ...]


class Moved(Struct, frozen=True, tag_field="change", tag="moved"):
    """New mailboxes of a party."""

    party: Party
    mailbox: bytes
    alert_mailbox: bytes


class SignKeyAdded(Struct, frozen=True, tag_field="change", tag="sign-key-added"):
    """A new sign key of a party."""

    party: Party
    key: SignKey


class SignKeyEnded(Struct, frozen=True, tag_field="change", tag="sign-key-ended"):
    """A sign key signs nothing dated ``until_ms`` or later; None = it does not end any more."""

    party: Party
    key: KeyId
    until_ms: int | None


class SignKeyRevoked(Struct, frozen=True, tag_field="change", tag="sign-key-revoked"):
    """A sign key counts for nothing from ``revoked_ms`` on, nor beyond the last good numbers."""

    party: Party
    key: KeyId
    revoked_ms: int
    last_good: tuple[LastGood, ...] = ()


class SealKeyAdded(Struct, frozen=True, tag_field="change", tag="seal-key-added"):
    """A new seal key of a party: what is sent to it is sealed for the newest one in force."""

    party: Party
    key: SealKey


class SealKeyEnded(Struct, frozen=True, tag_field="change", tag="seal-key-ended"):
    """Nothing is sealed for a key from ``until_ms`` on; None = it does not end any more."""

    party: Party
    key: KeyId
    until_ms: int | None


class CircleSet(Struct, frozen=True, tag_field="change", tag="circle-set"):
    """A circle as it stands from now on."""

    circle: Circle


class CircleDropped(Struct, frozen=True, tag_field="change", tag="circle-dropped"):
    """A circle that is no more; labels hold the parties it stood for."""

    code: CircleCode


class CompartmentSet(Struct, frozen=True, tag_field="change", tag="compartment-set"):
    """A compartment as it stands from now on."""

    compartment: Compartment


class CompartmentDropped(Struct, frozen=True, tag_field="change", tag="compartment-dropped"):
    """A compartment that the charter does not list any more."""

    code: str


class PresidencySet(Struct, frozen=True, tag_field="change", tag="presidency-set"):
    """Who holds the presidency when."""

    seats: tuple[Seat, ...]


class RulesSet(Struct, frozen=True, tag_field="change", tag="rules-set"):
    """The rules from now on."""

    rules: CharterRules


class Renamed(Struct, frozen=True, tag_field="change", tag="renamed"):
    """The federation's name."""

    name: str


OfParty = (
    Ended
    | Suspended
    | Lifted
    | Detailed
    | Moved
    | SignKeyAdded
    | SignKeyEnded
    | SignKeyRevoked
    | SealKeyAdded
    | SealKeyEnded
)
"""A change within one party's entry."""
OfWhole = (
    Joined
    | CircleSet
    | CircleDropped
    | CompartmentSet
    | CompartmentDropped
    | PresidencySet
    | RulesSet
    | Renamed
)
Change = OfParty | OfWhole
