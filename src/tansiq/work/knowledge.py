"""The office's own changes of the knowledge file: kept at this post, with who, when and why.

1. A change is used at once by every text taken in after it; it changes no draft and no record that is there.
2. It is a paper of the post beside the shipped file, which nobody writes; the history of an entry is kept
   whole, and what the program brings later is merged under it (``language.overlay``).
3. Every act says why and stands in the journal. A second officer reviews what one entered; until then it is
   shown as not reviewed. Nobody reviews his own.
4. No person is listed: no such kind, and no name that an office-holder of the knowledge file bears.
5. One spelling names one thing: a name that another entry bears is refused.
6. It stays at this post: no record holds it, nothing of it is sent.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from typing import Final, Literal

import msgspec
from msgspec.structs import replace

from tansiq.base.refusal import Refusal
from tansiq.language.catalogue import PERSON, Item, catalogue, spellings
from tansiq.language.folding import ARABIC, key
from tansiq.language.overlay import E7, KINDS, LANGUAGES, LocalEntry, Overlay
from tansiq.store.papers import Paper
from tansiq.store.store import ReadTx, WriteTx
from tansiq.work.desk import Desk, whole

KIND: Final = "knowledge"
LIMIT: Final = 1_500
"""Entries that may differ at one post."""
NAMES: Final = 30
NAME_CHARACTERS: Final = 120
TEXT_CHARACTERS: Final = 1_000
HISTORY: Final = 200
_APART: Final = frozenset("|;@\n\r\t")
Act = Literal["change", "withdraw", "restore"]


class Step(msgspec.Struct, frozen=True, omit_defaults=True):
    """One act on one entry: how it stood after it, who did it (officer's id), when, why, who reviewed it."""

    act: Act
    entry: LocalEntry | None
    officer: str
    at_ms: int
    why: str
    reviewer: str = ""
    reviewed_ms: int = 0


class Held(msgspec.Struct, frozen=True):
    """One entry of the post with its history, the oldest first. The last step is in force."""

    canonical: str
    steps: tuple[Step, ...]

    @property
    def last(self) -> Step:
        """Return the step in force."""
        return self.steps[-1]


def held_entries(rx: ReadTx | WriteTx) -> dict[str, Held]:
    """Return every entry that was ever touched here, by its canonical name."""
    found = (msgspec.json.decode(p.content, type=Held) for p in rx.papers(KIND, limit=LIMIT))
    return {each.canonical: each for each in sorted(found, key=lambda h: h.canonical)}


def local_entries(rx: ReadTx | WriteTx) -> Overlay:
    """Return the changes in force, for reading texts."""
    return tuple(h.last.entry for h in held_entries(rx).values() if h.last.entry is not None)


def change_entry(desk: Desk, said: LocalEntry, why: str) -> Refusal | None:
    """Add an entry, or change one: ``said`` is the whole difference from what is shipped.

    Refusals: ``role``, ``knowledge.why``, ``.name``, ``.kind``, ``.person``, ``.taken``, ``.point``,
    ``.full``.
    """

    def act(tx: WriteTx) -> bool | Refusal:
        local = local_entries(tx)
        known = catalogue(local).get(said.canonical)
        no = _unfit(said, known)
        no = _taken(said, local) if no is None else no
        return no if no is not None else _step(tx, desk, "change", said.canonical, said, why)

    return _done(desk, act, why)


def withdraw_entry(desk: Desk, canonical: str, why: str) -> Refusal | None:
    """Take an entry out of use here, a shipped one too.

    Refusals: ``role``, ``knowledge.why``, ``.none``, ``.kind``.
    """

    def act(tx: WriteTx) -> bool | Refusal:
        known = catalogue(local_entries(tx)).get(canonical)
        if known is None or known.origin == "withdrawn":
            return Refusal("knowledge.none")
        if known.entry.kind not in KINDS:
            return Refusal("knowledge.kind")
        bare = known.change or LocalEntry(canonical, known.entry.kind, known.entry.country)
        return _step(tx, desk, "withdraw", canonical, replace(bare, withdrawn=True), why)

    return _done(desk, act, why)


def restore_entry(desk: Desk, canonical: str, why: str) -> Refusal | None:
    """Put a withdrawn entry in use again, or a changed one back as it is shipped.

    Refusals: ``role``, ``knowledge.why``, ``.none``, ``.taken`` (its names are another's by now).
    """

    def act(tx: WriteTx) -> bool | Refusal:
        local = local_entries(tx)
        known = catalogue(local).get(canonical)
        if known is None or known.change is None:
            return Refusal("knowledge.none")
        back = replace(known.change, withdrawn=False)
        kept = back if known.origin == "withdrawn" else None
        if kept is None and known.origin == "own":
            return Refusal("knowledge.none")
        no = _taken(back, local) if kept is not None else None
        return no if no is not None else _step(tx, desk, "restore", canonical, kept, why)

    return _done(desk, act, why)


def review_entry(desk: Desk, canonical: str) -> Refusal | None:
    """Say as a second officer that the last act on an entry is right (rule 3).

    Refusals: ``role``, ``knowledge.none`` (nothing waits), ``knowledge.own``.
    """

    def act(tx: WriteTx) -> bool | Refusal:
        held = held_entries(tx).get(canonical)
        if held is None or held.last.reviewer:
            return Refusal("knowledge.none")
        if held.last.officer == desk.officer.id:
            return Refusal("knowledge.own")
        seen = replace(held.last, reviewer=desk.officer.id, reviewed_ms=desk.now_ms)
        _save(tx, Held(canonical, (*held.steps[:-1], seen)), desk)
        tx.journal("knowledge-review", officer=desk.officer.id, detail=canonical[:400], at_ms=desk.now_ms)
        return True

    if (no := desk.lacks("submit")) is not None:
        return no
    done = whole(desk.store, act)
    return done if isinstance(done, Refusal) else None


def difference(
    known: Item | None, said: LocalEntry, names: dict[str, tuple[str, ...]], point: tuple[int, int] | None
) -> LocalEntry:
    """Return how an entry with these names at this point (degrees × 10⁷) differs from what is shipped.

    ``said`` gives the rest: canonical name, kind, country, precision, note, caution.
    """
    shipped = known.as_shipped if known is not None else dict.fromkeys(LANGUAGES, ())
    wanted = {key(n) for lang in LANGUAGES for n in names.get(lang, ())}
    there = {key(n) for lang in LANGUAGES for n in shipped[lang]}
    new = {lang: tuple(n for n in names.get(lang, ()) if key(n) not in there) for lang in LANGUAGES}
    dropped = tuple(n for lang in LANGUAGES for n in shipped[lang] if key(n) not in wanted)
    entry = known.entry if known is not None and known.file else None
    stays = entry is not None and point == _e7(entry.lat, entry.lon)
    lat, lon = (None, None) if point is None or stays else point
    precision = said.precision_m
    if entry is not None and precision == entry.precision_m:
        precision = None
    return replace(
        said, ar=new["ar"], fr=new["fr"], en=new["en"], dropped=dropped, lat_e7=lat, lon_e7=lon,
        precision_m=precision,
    )  # fmt: skip


def _e7(lat: float | None, lon: float | None) -> tuple[int, int] | None:
    return None if lat is None or lon is None else (round(lat * E7), round(lon * E7))


def _unfit(said: LocalEntry, known: Item | None) -> Refusal | None:
    if said.kind not in KINDS and (known is None or known.entry.kind != said.kind):
        return Refusal("knowledge.kind")
    if known is not None and known.file and known.entry.kind != said.kind:
        return Refusal("knowledge.kind", frozenset({known.entry.kind}))
    names = [n for lang in LANGUAGES for n in said.added(lang)]
    wrong = [n for n in (said.canonical, *names) if not _is_name(n)]
    wrong += [n for n in said.ar if not ARABIC.search(key(n))]
    left = known is not None and known.file and set(_left(known, said))
    if wrong or len(names) > NAMES or not (names or left):
        return Refusal("knowledge.name", frozenset(wrong))
    if len(said.note) > TEXT_CHARACTERS or (said.country and not _is_country(said.country)):
        return Refusal(
            "knowledge.name", frozenset({"note" if len(said.note) > TEXT_CHARACTERS else "country"})
        )
    return _misplaced(said, known)


def _left(known: Item, said: LocalEntry) -> Iterator[str]:
    """The shipped names that stay."""
    gone = {key(n) for n in said.dropped}
    return (n for lang in LANGUAGES for n in known.as_shipped[lang] if key(n) not in gone)


def _is_name(name: str) -> bool:
    return (
        2 <= len(name) <= NAME_CHARACTERS
        and name.strip() == name
        and not _APART & set(name)
        and bool(key(name))
    )


def _is_country(code: str) -> bool:
    return len(code) == 2 and code.isascii() and code.isalpha() and code.isupper()


def _misplaced(said: LocalEntry, known: Item | None) -> Refusal | None:
    """A new place has a point with its precision; a point lies on the globe."""
    shipped = known is not None and known.entry.lat is not None and bool(known.file)
    if said.lat_e7 is None or said.lon_e7 is None:
        needed = said.kind == "place" and not shipped
        return Refusal("knowledge.point") if needed or said.lat_e7 != said.lon_e7 else None
    if abs(said.lat_e7) > 90 * E7 or abs(said.lon_e7) > 180 * E7:
        return Refusal("knowledge.point")
    precise = said.precision_m is not None or shipped
    within = said.precision_m is None or 1 <= said.precision_m <= 3_000_000
    return None if precise and within else Refusal("knowledge.point")


def _taken(said: LocalEntry, local: Overlay) -> Refusal | None:
    """Return the refusal when a name is another's, or an office-holder's (rules 4, 5)."""
    others = tuple(each for each in local if each.canonical != said.canonical)
    known = spellings(others)
    for name in (n for lang in LANGUAGES for n in said.added(lang)):
        owner = known.get(key(name))
        if owner == PERSON:
            return Refusal("knowledge.person", frozenset({name}))
        if owner not in (None, said.canonical):
            return Refusal("knowledge.taken", frozenset({f"{name} = {owner}"}))
    return None


def _step(
    tx: WriteTx, desk: Desk, act: Act, canonical: str, entry: LocalEntry | None, why: str
) -> bool | Refusal:
    all_held = held_entries(tx)
    held = all_held.get(canonical)
    if held is None and len(all_held) >= LIMIT:
        return Refusal("knowledge.full")
    made = Step(act, entry, desk.officer.id, desk.now_ms, why.strip()[:TEXT_CHARACTERS])
    _save(tx, Held(canonical, (*(held.steps if held else ()), made)[-HISTORY:]), desk)
    tx.journal(f"knowledge-{act}", officer=desk.officer.id, detail=canonical[:400], at_ms=desk.now_ms)
    return True


def _save(tx: WriteTx, held: Held, desk: Desk) -> None:
    name = hashlib.sha256(held.canonical.encode()).hexdigest()[:32]
    tx.save_paper(Paper(f"{KIND}:{name}", KIND, "", desk.now_ms, msgspec.json.encode(held)))


def _done(desk: Desk, act: Callable[[WriteTx], bool | Refusal], why: str) -> Refusal | None:
    if (no := desk.lacks("submit")) is not None:
        return no
    if not why.strip():
        return Refusal("knowledge.why")
    done = whole(desk.store, act)
    return done if isinstance(done, Refusal) else None
