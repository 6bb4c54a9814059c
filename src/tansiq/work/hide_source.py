"""A source's identity goes to the vault: what is left in the draft, and ever after, is a pseudonym.

1. The officer names the words that tell who it is; they are found in the text however they are folded, and
   the pseudonym stands in their place: in the text, in every field of the draft, in the officer's own marks.
2. The entry is a record of this party alone, under SOURCE: sealed for its roster, in no index (ADR 0016). Who
   does not hold SOURCE puts nothing into it.
3. The entry, the draft without the words, and the journal's entry, which says the pseudonym alone, are one
   transaction. No earlier state of the draft is left: nothing that was done before can be taken back.
4. An entry is opened at the vault alone, with a reason, by who holds SOURCE and whose role opens records;
   each opening is an entry of the journal. Lists show the pseudonym; search does not look inside.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from msgspec import to_builtins
from msgspec.structs import replace

from tansiq.base.errors import InputError
from tansiq.base.ids import RecordId, id_of
from tansiq.base.refusal import Refusal
from tansiq.boards.desk.gaps import ROLE as GAP
from tansiq.boards.protected.vault import SOURCE
from tansiq.intake.shape import Span
from tansiq.language.folding import Folded, fold, key
from tansiq.model.kinds.source_vault import SourceVault
from tansiq.model.label import label
from tansiq.model.outline import BodyClosed
from tansiq.search.query import list_records
from tansiq.search.view import View
from tansiq.store.store import ReadTx, WriteTx
from tansiq.store.values import StoredRecord
from tansiq.work.desk import Desk, whole
from tansiq.work.intake_file import Hidden, IntakeFile
from tansiq.work.intake_text import Intake, intake_of, keep
from tansiq.work.lessons import forget
from tansiq.work.objecting import shelf_of
from tansiq.work.originals import enclosing, let_go
from tansiq.work.readable import readable
from tansiq.work.respan import followed, masked, renamed
from tansiq.work.submit import Draft, submit_within

KIND: Final = "source-vault/1"
LEAST_CHARACTERS: Final = 3
PUBLIC_CHARACTERS: Final = 120
NOTE_CHARACTERS: Final = 4_000
REASON_CHARACTERS: Final = 400


class NoIdentity(InputError):
    """Words that name nobody: none given, too short to be told from others, or not in the text."""

    code = "vault.no-words"
    where = "words"


@dataclass(frozen=True, slots=True, kw_only=True)
class Hiding:
    """What the officer moves: the source's number in the chain, the words that tell who it is, and more.

    ``public`` is how others may know it (``security source``); ``note`` and ``risk`` go to the vault alone;
    ``pseudonym`` is one that the vault has already, blank for a new one.
    """

    link: int
    words: tuple[str, ...]
    public: str = ""
    note: str = ""
    risk: str = ""
    pseudonym: str = ""


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry of the vault, opened."""

    pseudonym: str
    identity: str
    risk: str
    keeper: str


def proposed_words(file: IntakeFile, link: int) -> tuple[str, ...]:
    """Return the words that may tell who a source of the chain is: as named there, and as mentioned."""
    entry = file.machine.chain[link]
    over = (a for a in file.machine.actors if any(_meet(m, entry.span) for m in a.mentions))
    named = (w for a in over if a.kind == "person" for w in (*a.texts, a.canonical))
    return tuple(dict.fromkeys(w.strip() for w in (entry.name, *named) if len(w.strip()) >= LEAST_CHARACTERS))


def hide_source(desk: Desk, intake_id: str, asked: Hiding) -> Intake | Refusal:
    """Move an identity to the vault; return the draft without it. Raises NoIdentity.

    Refusals: ``role``, ``intake.absent``, ``intake.released``, ``vault.no-link``, ``vault.signed``,
    ``vault.pseudonym``, ``compartment``, those of submit.
    """

    def act(tx: WriteTx) -> Intake | Refusal:
        found = intake_of(desk, tx, intake_id)
        if isinstance(found, Refusal):
            return found
        if (no := _stands(found.file, asked.link)) is not None:
            return no
        words = _words(found.file, asked)
        if (no := _signed_already(tx, found.file, words)) is not None:
            return no
        pseudonym = asked.pseudonym or f"{desk.party}-S-{desk.entropy.take(4).hex().upper()}"
        no = _put(tx, desk, asked, words, pseudonym)
        if no is not None:
            return no
        tx.journal(
            "source-hide", officer=desk.officer.id, detail=f"{intake_id} {pseudonym}", at_ms=desk.now_ms
        )
        file = without(found.file, asked.link, words, pseudonym, asked.public.strip()[:PUBLIC_CHARACTERS])
        forget(tx, intake_id)
        for held in enclosing(tx, found.file.file):
            let_go(tx, held, at_ms=desk.now_ms)  # the original names him too, and what it came in
        return keep(tx, desk, Intake(intake_id, desk.now_ms, file))

    return whole(desk.store, act)


def without(file: IntakeFile, link: int, words: Iterable[str], pseudonym: str, public: str) -> IntakeFile:
    """Return a draft in which a pseudonym stands for an identity, wherever its words stood (rules 1, 3)."""
    forms = sorted((key(w) for w in words), key=len, reverse=True)
    spans = tuple(_found(fold(file.text), forms))
    own = _own_names(file, spans)

    def say(said: str) -> str:
        return pseudonym if key(said) in own else masked(said, _found(fold(said), forms), pseudonym).text

    moved = masked(file.text, spans, pseudonym)
    draft = renamed(followed(file.machine, moved).draft, say)
    links = {link} | {n for n, e in enumerate(file.machine.chain) if any(_meet(e.span, s) for s in spans)}
    shown = f"{public} ({pseudonym})" if public else pseudonym
    chain = tuple(
        replace(e, name=shown, anonymous=True) if n in links else e for n, e in enumerate(draft.chain)
    )
    marks = {a: replace(m, value=say(m.value), why=say(m.why)) for a, m in file.marks.items()}
    learned = {a: replace(t, value=say(t.value), name=say(t.name)) for a, t in file.learned.items()}
    called = {f"chain.{n}.name" for n in links}
    return replace(
        file,
        name=say(file.name),
        text=moved.text,
        machine=replace(draft, chain=chain),
        label={name: [say(value) for value in values] for name, values in file.label.items()},
        promises={say(sentence): record for sentence, record in file.promises.items()},
        marks={a: m for a, m in marks.items() if a not in called},
        learned={a: t for a, t in learned.items() if a not in called},
        history=(),
        split=None,
        dated=replace(file.dated, why=say(file.dated.why)) if file.dated is not None else None,
        file="",
        pages=(),
        flags=(),
        hidden=(*file.hidden, *(Hidden(n, pseudonym) for n in sorted(links))),
    )


def _own_names(file: IntakeFile, spans: tuple[Span, ...]) -> frozenset[str]:
    """Return what else the draft calls who is hidden: sources and persons that meet the hidden words."""
    called = [e.name for e in file.machine.chain if any(_meet(e.span, s) for s in spans)]
    for actor in file.machine.actors:
        if actor.kind == "person" and any(_meet(m, s) for m in actor.mentions for s in spans):
            called += [actor.canonical]
    return frozenset(map(key, called))


def entries(rx: ReadTx, view: View) -> tuple[tuple[RecordId, str, int], ...]:
    """Return the entries that a reader may open: record, pseudonym, when it was put in (rule 4)."""
    page = list_records(rx, view, kind=KIND, limit=200)
    return tuple((row.id, row.title, row.created_ms) for row in page.rows)


def open_entry(desk: Desk, record_id: RecordId, reason: str) -> Entry | Refusal:
    """Open one entry with a reason; the journal says who, which and why.

    Refusals: ``role``, ``ask.reason``, ``absent`` (also what the officer may not open).
    """
    if (no := desk.lacks("open")) is not None:
        return no
    if not reason.strip():
        return Refusal("ask.reason")

    def act(tx: WriteTx) -> Entry | Refusal:
        named = readable(tx, desk, record_id)
        body = None if named is None or named[0].record is None else named[0].body
        if not isinstance(body, SourceVault):
            return Refusal("absent")
        tx.journal(
            "source-open",
            officer=desk.officer.id,
            record=record_id,
            detail=f"{body.source_pseudonym} {reason.strip()[:REASON_CHARACTERS]}",
            at_ms=desk.now_ms,
        )
        return Entry(body.source_pseudonym or "", body.identity_note, body.risk_note, body.keeper_role or "")

    return whole(desk.store, act)


def _put(tx: WriteTx, desk: Desk, asked: Hiding, words: tuple[str, ...], pseudonym: str) -> Refusal | None:
    """Sign the entry, or see that the pseudonym is one of the vault's (rule 2)."""
    if SOURCE not in desk.officer.reader.compartments:
        return Refusal("compartment", frozenset({SOURCE}))
    if asked.pseudonym and asked.pseudonym not in _pseudonyms(tx, desk):
        return Refusal("vault.pseudonym")
    note = "\n".join(x for x in ("؛ ".join(words), asked.note.strip()[:NOTE_CHARACTERS]) if x)
    body = SourceVault(
        title=pseudonym,
        source_pseudonym=pseudonym,
        identity_note=note,
        keeper_role=desk.officer.role,
        risk_note=asked.risk.strip()[:NOTE_CHARACTERS],
    )
    bears = label([desk.party], level="confidential", compartments=[SOURCE], rules=["NOEXT", "ORCON"])
    made = submit_within(tx, desk, Draft(kind=KIND, body=body, label=bears))
    return made if isinstance(made, Refusal) else None


def _pseudonyms(rx: ReadTx, desk: Desk) -> frozenset[str]:
    """Return the pseudonyms of the entries that the officer may open."""
    bodies = (held.body for held in shelf_of(rx, desk).of("source-vault"))
    return frozenset(b.source_pseudonym for b in bodies if isinstance(b, SourceVault) and b.source_pseudonym)


def _stands(file: IntakeFile, link: int) -> Refusal | None:
    if file.released is not None:
        return Refusal("intake.released", frozenset({file.released}))
    if not 0 <= link < len(file.machine.chain) or any(h.link == link for h in file.hidden):
        return Refusal("vault.no-link")
    return None


def _signed_already(rx: ReadTx, file: IntakeFile, identity: Iterable[str]) -> Refusal | None:
    """What was signed out of the text may name the source already: it is taken back first.

    That is a part of it, and a promise, a gap or a request that says his name in any of its versions.
    """
    if file.split is not None and file.split.records:
        return Refusal("vault.signed", frozenset(file.split.records.values()))
    forms = [key(w) for w in identity]
    signed = dict.fromkeys((*file.promises.values(), *_asked(rx, file)))
    named = [one for one in signed if any(_says(version, forms) for version in rx.versions(one))]
    return Refusal("vault.signed", frozenset(named)) if named else None


def _asked(rx: ReadTx, file: IntakeFile) -> Iterator[RecordId]:
    """Yield the requests made of gaps, and the gaps."""
    for one in file.asked.values():
        yield one
        held = (version for version in rx.versions(one) if not version.buried)
        yield from (id_of(ref.to) for version in held for ref in version.header.refs if ref.role == GAP)


def _says(version: StoredRecord, forms: Iterable[str]) -> bool:
    """Whether a version names who is meant, if only by the end of a name that its words begin with."""
    if version.buried:
        return False
    try:
        said = list(_strings(to_builtins(version.body)))
    except BodyClosed:
        return True
    begun = [key(piece.strip()) for each in said for piece in each.split("…")[1:]]
    plain = [key(each).replace("\n", " ") for each in said]
    return any(
        any(form in each for each in plain) or any(each.startswith(_ends(form)) for each in begun)
        for form in forms
    )


def _ends(form: str) -> tuple[str, ...]:
    """Return the last words of a name, as many as they are."""
    words = form.split()
    ends = (" ".join(words[n:]) for n in range(len(words)))
    return tuple(each for each in ends if len(each) >= LEAST_CHARACTERS)


def _strings(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        for each in value.values():
            yield from _strings(each)
    elif isinstance(value, list | tuple):
        for each in value:
            yield from _strings(each)


def _words(file: IntakeFile, asked: Hiding) -> tuple[str, ...]:
    given = tuple(dict.fromkeys(w.strip() for w in asked.words if w.strip()))
    if not given or any(len(key(w)) < LEAST_CHARACTERS for w in given):
        raise NoIdentity("no words, or too short ones")
    folded = fold(file.text)
    if not any(True for _ in _found(folded, [key(w) for w in given])):
        raise NoIdentity("the words do not stand in the text")
    return given


def _found(folded: Folded, forms: Iterable[str]) -> Iterator[Span]:
    """Return where folded forms stand, whole words or with what is joined to them."""
    plain = folded.text.replace("\n", " ")
    for form in forms:
        at = plain.find(form)
        while at >= 0:
            yield folded.span(at, at + len(form))
            at = plain.find(form, at + 1)


def _meet(one: Span, other: Span) -> bool:
    return one[0] < other[1] and other[0] < one[1]
