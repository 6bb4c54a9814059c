"""The mandate file: all records that bear one identifier, read as one mandate. Source: REQUIREMENTS R41;
DOCTRINE 3.6.

1. Records with the same ``mandate`` are one mandate, across records and versions; one without an identifier
   stands by itself. Its first author, those whom the first text names as mandators or holder, and organs of
   the charter may speak in it; what others sign under its identifier is shown and not read into it.
2. A record with an end of silence opens a round. A later record without one notes the adoption (unless it
   says that it is a draft, broken, expired or revoked); ``silence`` says whether it may.
3. A field holds what the latest record states; what a later one leaves out stays as it was. In force is the
   text up to the last adoption; what came after is a proposal.
4. A mandate without a silence procedure stands as its record says; who signed it is shown, nothing is
   guessed.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, fields
from datetime import datetime
from typing import Final

from tansiq.boards.diplomacy.outages import outages
from tansiq.boards.diplomacy.silence import Procedure, Standing, Voice, stand
from tansiq.boards.shelf import Held, Shelf, bodies
from tansiq.model.kinds.mandate import Mandate
from tansiq.model.kinds.position import Position
from tansiq.model.label import Party

_NO_ADOPTION: Final = frozenset({"draft", "broken", "expired", "revoked", "under-silence"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Terms:
    """What a mandate says; empty or None = not stated so far."""

    holder: Party | None = None
    mandators: tuple[Party, ...] = ()
    purpose: str = ""
    acts: tuple[str, ...] = ()
    counterparties: tuple[str, ...] = ()
    excluded: tuple[str, ...] = ()
    release_limits: str = ""
    begins: datetime | None = None
    expires: datetime | None = None
    report_every_h: int | None = None
    revocation_rule: str = ""
    financial_authority: str = ""
    statements: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Round:
    """One text put under silence, with the record that proposes it, its number and how it stands."""

    number: int
    held: Held
    terms: Terms
    standing: Standing
    adoption: Held | None


@dataclass(frozen=True, slots=True)
class MandateFile:
    """One mandate with its records, oldest first, its rounds and its positions.

    ``terms`` = the text in force, else the latest proposed; ``state`` is one word for the whole.
    """

    key: str
    records: tuple[Held, ...]
    foreign: tuple[Held, ...]
    rounds: tuple[Round, ...]
    positions: tuple[tuple[Held, Position], ...]
    terms: Terms
    proposed: Terms
    state: str
    adopted: Held | None
    revoked: Held | None
    texts: tuple[tuple[datetime, Terms], ...] = ()
    """Every text that was adopted, with the moment of its adoption."""

    def terms_at(self, at: datetime) -> Terms:
        """Return the text in force at a moment, else the one in force now."""
        return next((terms for begun, terms in reversed(self.texts) if begun <= at), self.terms)

    @property
    def in_force(self) -> bool:
        """Whether acts may rest on it now."""
        return self.state == "adopted"

    @property
    def concerned(self) -> tuple[Party, ...]:
        """Mandators, holder and whoever wrote a text of it: those who are told."""
        named = (*self.terms.mandators, *self.proposed.mandators, *(h.originator for h in self.records))
        holders = tuple(p for p in (self.terms.holder, self.proposed.holder) if p is not None)
        return tuple(dict.fromkeys((*named, *holders)))

    def round_at(self, at: datetime) -> Round | None:
        """Return the round that was open, or the last to open, at a moment."""
        return next((r for r in reversed(self.rounds) if r.held.created <= at), None)


def key_of(held: Held) -> str:
    """Return the identifier of the mandate that a record belongs to: its own, else the record itself."""
    named = getattr(held.body, "mandate", None)
    return named.strip() if isinstance(named, str) and named.strip() else str(held.id)


def mandate_files(shelf: Shelf) -> tuple[MandateFile, ...]:
    """Return every mandate of the shelf, in the order of their first records."""
    keys = dict.fromkeys(key_of(held) for held in shelf.of("mandate"))
    return tuple(found for key in keys if (found := mandate_file(key, shelf)) is not None)


def mandate_file(key: str, shelf: Shelf) -> MandateFile | None:
    """Return the mandate of that identifier, None if the shelf holds none."""
    bearing = [(h, b) for h, b in bodies(shelf, Mandate) if key_of(h) == key]
    if not bearing:
        return None
    speakers = _speakers(bearing[0], shelf)
    own = [(h, b) for h, b in bearing if h.originator in speakers]
    positions = tuple(_positions(key, own, shelf))
    rounds = _rounds(own, positions, shelf)
    adopted = next((r.adoption for r in reversed(rounds) if r.standing.outcome == "adopted"), None)
    revoked = next((h for h, b in reversed(own) if b.mandate_state == "revoked"), None)
    proposed = _merged([pair[1] for pair in own])
    texts = tuple(
        (note.created, _merged([b for h, b in own if h.created <= note.created]))
        for note in (r.adoption for r in rounds if r.standing.outcome == "adopted")
        if note is not None
    )
    terms = texts[-1][1] if texts else proposed
    return MandateFile(
        key,
        tuple(h for h, _ in own),
        tuple(h for h, b in bearing if h.originator not in speakers),
        rounds,
        positions,
        terms,
        proposed,
        _state(own, rounds, terms, adopted, revoked, shelf.now),
        adopted,
        revoked,
        texts,
    )


def _speakers(first: tuple[Held, Mandate], shelf: Shelf) -> frozenset[Party]:
    held, body = first
    organs = (p.code for p in shelf.charter.parties if p.type == "organ")
    named = (*body.mandators, *((body.holder,) if body.holder else ()))
    return frozenset((held.originator, *named, *organs))


def _positions(
    key: str, own: Sequence[tuple[Held, Mandate]], shelf: Shelf
) -> Iterator[tuple[Held, Position]]:
    ids = {str(h.id) for h, _ in own}
    for held, body in bodies(shelf, Position):
        if key_of(held) == key or (body.on is not None and str(body.on) in ids):
            yield held, body


def _rounds(
    own: Sequence[tuple[Held, Mandate]], positions: Sequence[tuple[Held, Position]], shelf: Shelf
) -> tuple[Round, ...]:
    opened = [(n, h, b) for n, (h, b) in enumerate(own) if _end_of(b) is not None]
    found: list[Round] = []
    for place, (n, held, body) in enumerate(opened):
        until = opened[place + 1][0] if place + 1 < len(opened) else len(own)
        terms = _merged([b for _, b in own[: n + 1]])
        notes = [h for h, b in own[n + 1 : until] if b.mandate_state not in _NO_ADOPTION]
        ends = opened[place + 1][1].created if place + 1 < len(opened) else None
        voices = tuple(
            voice_of(h, p)
            for h, p in positions
            if held.created <= h.created and (ends is None or h.created < ends)
        )
        end = _end_of(body)
        assert end is not None
        adoption, standing = _settled(terms, held, end, voices, notes, shelf)
        found.append(Round(body.round or place + 1, held, terms, standing, adoption))
    return tuple(found)


def _settled(
    terms: Terms, held: Held, end: datetime, voices: tuple[Voice, ...], notes: Sequence[Held], shelf: Shelf
) -> tuple[Held | None, Standing]:
    """Return the record that notes the adoption rightly, if one does, and how the round stands."""
    away = {party: outages(party, shelf) for party in terms.mandators}
    for note in (*notes, None):
        asked = Procedure(terms.mandators, held.created, end, voices, away, note.created if note else None)
        standing = stand(asked, now=shelf.now)
        if standing.outcome == "adopted" and terms.mandators:
            return note, standing
    return None, standing


def voice_of(held: Held, body: Position) -> Voice:
    """Return a position as the procedure hears it: of the party that signed it."""
    return Voice(held.originator, body.position, held.created, body.statement_text or body.text, body.diff)


def _end_of(body: Mandate) -> datetime | None:
    return body.silence_until.hi if body.silence_until is not None else None


def _merged(texts: Sequence[Mandate]) -> Terms:
    stated: dict[str, object] = {}
    for body in texts:
        said = {
            "holder": body.holder,
            "mandators": body.mandators,
            "purpose": body.purpose,
            "acts": body.acts,
            "counterparties": body.counterparties,
            "excluded": body.excluded,
            "release_limits": body.release_limits,
            "begins": body.begins.lo if body.begins is not None else None,
            "expires": body.expires.hi if body.expires is not None else None,
            "report_every_h": _every_h(body),
            "revocation_rule": body.revocation_rule,
            "financial_authority": body.financial_authority,
            "statements": body.statements,
        }
        stated |= {name: value for name, value in said.items() if value not in (None, "", ())}
    return Terms(**stated)  # type: ignore[arg-type]


def _every_h(body: Mandate) -> int | None:
    if body.report_every_h is not None:
        return body.report_every_h or None
    return body.report_back_days * 24 if body.report_back_days else None


def _state(
    own: Sequence[tuple[Held, Mandate]],
    rounds: Sequence[Round],
    terms: Terms,
    adopted: Held | None,
    revoked: Held | None,
    now: datetime,
) -> str:
    if revoked is not None and (adopted is None or revoked.created >= adopted.created):
        return "revoked"
    stated = own[-1][1].mandate_state if not rounds else None
    if adopted is not None or stated == "adopted":
        return "expired" if terms.expires is not None and now >= terms.expires else "adopted"
    if rounds:
        return rounds[-1].standing.outcome
    return {"draft": "draft", "under-silence": "under_silence", "broken": "broken", "expired": "expired"}.get(
        stated or "", "recorded"
    )


@dataclass(frozen=True, slots=True)
class Change:
    """One difference between two texts: what was taken out, what was put in, in one field."""

    field: str
    removed: tuple[str, ...]
    added: tuple[str, ...]


def redline(before: Terms, after: Terms) -> tuple[Change, ...]:
    """Return the differences of two texts, field by field (the second round keeps the red line)."""
    found = []
    for each in fields(Terms):
        old, new = _parts(getattr(before, each.name)), _parts(getattr(after, each.name))
        removed, added = tuple(x for x in old if x not in new), tuple(x for x in new if x not in old)
        if removed or added:
            found.append(Change(each.name, removed, added))
    return tuple(found)


def _parts(value: object) -> tuple[str, ...]:
    match value:
        case None | "":
            return ()
        case tuple():
            return tuple(str(x) for x in value)
        case datetime():
            return (value.isoformat(),)
        case _:
            return (str(value),)
