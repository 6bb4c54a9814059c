"""The charter: parties, their keys, circles, compartments and rules at one numbered epoch.

1. All shapes are MessagePack arrays; elements are appended with a default, never reordered.
2. A party, once entered, never leaves the list: it ends (``until_ms``) or is suspended, so that what
   it signed before can always be verified. The same holds for its keys.
3. Times are milliseconds since 1970, UTC; ``from`` is included, ``until`` is not.
4. Circles are dated sets; a label holds the parties they stood for when it was signed.

How an epoch becomes valid (signatures, quorum) is ``policy.charter``. Source: DESIGN 1 (I5), 5.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from functools import cached_property
from typing import Final, Literal, NewType

import msgspec
from msgspec import Struct

from tansiq.base.clock import millis
from tansiq.base.errors import UNREADABLE, TrustError
from tansiq.base.refusal import Refusal
from tansiq.model.label import EVERYBODY, Party

PartyType = Literal["member", "associate", "partner", "organ", "oversight"]
CircleCode = NewType("CircleCode", str)
KeyId = NewType("KeyId", str)

ALL: Final = "ALL"
"""The audience name for every party that is active."""
OWN: Final = "OWN"
"""The audience name for the originator alone."""
BUT: Final = "-BUT:"
"""``ALL-BUT:FR,US`` and ``C7-BUT:LY``: a set without some parties."""
_PUBLIC: Final = frozenset({EVERYBODY, "EVERYBODY", "PUBLIC"})


class BadCharter(TrustError):
    """Bytes that are no charter."""

    code = "charter.malformed"


class Names(Struct, frozen=True, array_like=True):
    """A name in three languages."""

    ar: str
    fr: str
    en: str


class LastGood(Struct, frozen=True, array_like=True):
    """The last number of a feed that a revoked key still covers."""

    feed: bytes
    number: int


class SignKey(Struct, frozen=True, array_like=True):
    """An Ed25519 public key (32 bytes). ``last_good`` names feeds when the key is revoked.

    A feed whose existence not everybody may know is named in the head list instead.
    """

    id: KeyId
    public: bytes
    from_ms: int
    until_ms: int | None = None
    revoked_ms: int | None = None
    last_good: tuple[LastGood, ...] = ()

    def last_number(self, feed: bytes) -> int | None:
        """Return the last good number of a feed, if one is named."""
        return next((g.number for g in self.last_good if g.feed == feed), None)


class SealKey(Struct, frozen=True, array_like=True):
    """An age recipient (``age1…``)."""

    id: KeyId
    recipient: str
    from_ms: int
    until_ms: int | None = None


class PartyEntry(Struct, frozen=True, array_like=True, kw_only=True):
    """A party as the charter knows it. Mailboxes are random tokens; ``weekend`` is ISO days (1 = Monday)."""

    code: Party
    type: PartyType
    names: Names
    langs: tuple[str, ...]
    observer: bool = False
    mailbox: bytes
    alert_mailbox: bytes
    sign_keys: tuple[SignKey, ...]
    seal_keys: tuple[SealKey, ...]
    from_ms: int
    until_ms: int | None = None
    suspended_ms: int | None = None
    timezone: str = "UTC"
    weekend: tuple[int, ...] = (5, 6)

    def active_at(self, at_ms: int) -> bool:
        """Whether the party takes part at that moment: begun, not ended, not suspended."""
        if self.suspended_ms is not None and self.suspended_ms <= at_ms:
            return False
        return _within(at_ms, self.from_ms, self.until_ms)

    def seal_keys_at(self, at_ms: int) -> tuple[SealKey, ...]:
        """Return the seal keys in force, the newest first."""
        valid = [k for k in self.seal_keys if _within(at_ms, k.from_ms, k.until_ms)]
        return tuple(sorted(valid, key=lambda k: -k.from_ms))


class Seat(Struct, frozen=True, array_like=True):
    """A party's place in a circle or the presidency, with dates."""

    party: Party
    from_ms: int
    until_ms: int | None = None


class Circle(Struct, frozen=True, array_like=True):
    """A named, dated set of parties."""

    code: CircleCode
    names: Names
    members: tuple[Seat, ...]

    def at(self, at_ms: int) -> frozenset[Party]:
        """Return the parties with a seat at that moment."""
        return frozenset(s.party for s in self.members if _within(at_ms, s.from_ms, s.until_ms))


class Compartment(Struct, frozen=True, array_like=True):
    """A compartment. ``hidden`` = its existence is not shown to others; no ``holders`` = any party named.

    ``protected`` = its records are sealed under the keys of officers on its roster (``policy.compartments``).
    """

    code: str
    names: Names
    hidden: bool = False
    holders: tuple[Party, ...] = ()
    protected: bool = False


class CharterRules(Struct, frozen=True, array_like=True, kw_only=True):
    """How many member signatures a change needs (0 = every member), and the heartbeat in hours."""

    amend_quorum: int = 0
    suspend_quorum: int = 0
    heartbeat_h: int = 24
    own_compartments: bool = True  # a party may use compartments that the charter does not list


class Charter(Struct, frozen=True, array_like=True, kw_only=True, dict=True):
    """One epoch. ``previous`` is the hash of the epoch before, None for the first."""

    form: int = 1
    epoch: int
    previous: bytes | None = None
    issued_ms: int
    name: str
    exercise: bool
    parties: tuple[PartyEntry, ...]
    circles: tuple[Circle, ...] = ()
    compartments: tuple[Compartment, ...] = ()
    presidency: tuple[Seat, ...] = ()
    rules: CharterRules = CharterRules()

    def party(self, code: str) -> PartyEntry | None:
        """Return a party's entry."""
        return self._entries.get(code)

    @cached_property
    def _entries(self) -> dict[str, PartyEntry]:
        """The entries by code; of two with one code the first counts."""
        return {p.code: p for p in reversed(self.parties)}

    def circle(self, code: str) -> Circle | None:
        """Return a circle."""
        return next((c for c in self.circles if c.code == code), None)

    def compartment(self, code: str) -> Compartment | None:
        """Return a compartment."""
        return next((c for c in self.compartments if c.code == code), None)

    @property
    def shown_compartments(self) -> frozenset[str]:
        """The compartments listed as not hidden: that a record stands under one may be known."""
        return frozenset(c.code for c in self.compartments if not c.hidden)

    def active(self, code: str, *, now: datetime) -> bool:
        """Whether the party is in the charter, begun, not ended and not suspended."""
        entry = self.party(code)
        return entry is not None and entry.active_at(millis(now))

    def active_parties(self, *, now: datetime) -> tuple[Party, ...]:
        """Return the codes of all active parties, sorted."""
        at_ms = millis(now)
        return tuple(sorted(p.code for p in self.parties if p.active_at(at_ms)))

    def president(self, *, now: datetime) -> Party | None:
        """Return who holds the presidency."""
        at_ms = millis(now)
        return next((s.party for s in self.presidency if _within(at_ms, s.from_ms, s.until_ms)), None)

    def sign_key(self, party: str, signer: str) -> SignKey | None:
        """Return a party's sign key by its id, whatever its dates."""
        return self._keys.get((party, signer))

    @cached_property
    def _keys(self) -> dict[tuple[str, str], SignKey]:
        """The sign keys by party and id; of two alike the first counts."""
        return {(c, k.id): k for c, p in self._entries.items() for k in reversed(p.sign_keys)}

    def owner_of_key(self, signer: str) -> Party | None:
        """Return the party whose sign key has that id."""
        return next((p.code for p in self.parties if any(k.id == signer for k in p.sign_keys)), None)

    def recipient(self, party: str, *, now: datetime) -> str | None:
        """Return the age recipient to seal for a party: its newest key in force, None if not active."""
        entry = self.party(party)
        if entry is None or not entry.active_at(millis(now)):
            return None
        keys = entry.seal_keys_at(millis(now))
        return keys[0].recipient if keys else None

    def expand(
        self, names: Iterable[str], *, now: datetime, own: Party | None = None
    ) -> tuple[Party, ...] | Refusal:
        """Return the parties that audience names stand for now, sorted; ``own`` is always among them.

        Names: party codes, circle codes, ``ALL``, ``OWN``, ``*``, and ``<set>-BUT:X,Y``. Refusals:
        ``audience-empty``, ``audience-unknown``, ``audience-inactive`` (a party named by itself that
        has ended or is suspended; ``missing`` holds the codes).
        """
        asked = [n.strip() for n in names if n.strip()]
        if not asked:
            return Refusal("audience-empty")
        if _PUBLIC & set(asked):
            return (EVERYBODY,)
        found: set[Party] = set() if own is None else {own}
        for name in asked:
            part = self._named(name, frozenset(self.active_parties(now=now)), millis(now), own)
            if isinstance(part, Refusal):
                return part
            found |= part
        return tuple(sorted(found)) if found else Refusal("audience-empty")

    def _named(
        self, name: str, active: frozenset[Party], at_ms: int, own: Party | None
    ) -> frozenset[Party] | Refusal:
        base, but, without = name.partition(BUT)
        if but:
            return self._without(base, tuple(w.strip() for w in without.split(",")), active, at_ms)
        if base == OWN:
            return frozenset({own}) if own is not None else Refusal("audience-unknown", frozenset({OWN}))
        if self.party(base) is not None:
            code = Party(base)
            return frozenset({code}) if code in active else Refusal("audience-inactive", frozenset({base}))
        return self._set(base, active, at_ms)

    def _set(self, base: str, active: frozenset[Party], at_ms: int) -> frozenset[Party] | Refusal:
        if base == ALL:
            return active
        circle = self.circle(base)
        return circle.at(at_ms) & active if circle else Refusal("audience-unknown", frozenset({base}))

    def _without(
        self, base: str, without: tuple[str, ...], active: frozenset[Party], at_ms: int
    ) -> frozenset[Party] | Refusal:
        unknown = frozenset(w for w in without if self.party(w) is None)
        if unknown:
            return Refusal("audience-unknown", unknown)
        whole = self._set(base, active, at_ms)
        return whole - frozenset(without) if not isinstance(whole, Refusal) else whole


class CharterSignature(Struct, frozen=True, array_like=True):
    """A party's signature over the charter's hash."""

    party: Party
    signer: KeyId
    signature: bytes


class SignedCharter(Struct, frozen=True, array_like=True):
    """A charter's bytes with the signatures collected for it."""

    charter: bytes
    signatures: tuple[CharterSignature, ...] = ()


_CHARTERS: Final = msgspec.msgpack.Decoder(Charter)
_CARDS: Final = msgspec.msgpack.Decoder(PartyEntry)


def encode_charter(charter: Charter) -> bytes:
    """Return the charter's bytes: what is hashed and signed."""
    return msgspec.msgpack.encode(charter)


def decode_charter(raw: bytes) -> Charter:
    """Read a charter's bytes. Raises BadCharter."""
    try:
        return _CHARTERS.decode(raw)
    except UNREADABLE as error:
        raise BadCharter(f"charter: {error}") from error


def decode_card(raw: bytes) -> PartyEntry:
    """Read a card: a party's entry as it brings it to the others. Raises BadCharter."""
    try:
        return _CARDS.decode(raw)
    except UNREADABLE as error:
        raise BadCharter(f"card: {error}") from error


def _within(at_ms: int, from_ms: int, until_ms: int | None) -> bool:
    return from_ms <= at_ms and (until_ms is None or at_ms < until_ms)
