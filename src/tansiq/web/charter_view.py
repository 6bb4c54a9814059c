"""The charter and its proposals as pages and JSON show them: in words, in the reader's language.

A compartment whose existence is not shown stands on the page of those alone who hold it; whoever signs for
the party sees everything that he signs (rule 1).
"""

from __future__ import annotations

from typing import Any

from tansiq.base.clock import moment
from tansiq.exchange import proposals
from tansiq.exchange.charters import CharterBook
from tansiq.model.amendment import Change, CompartmentDropped, CompartmentSet
from tansiq.model.charter import Charter, PartyEntry, Seat, decode_charter
from tansiq.policy.amend import differences, told_whole
from tansiq.policy.charter import charter_hash
from tansiq.policy.charter_words import at, fingerprint, named, rules_words, sentence
from tansiq.policy.clearance import may
from tansiq.store.epochs import ProposalRow
from tansiq.store.store import ReadTx
from tansiq.web.labels import compartment_name, in_lang
from tansiq.web.visit import Visit


def book_of(visit: Visit) -> CharterBook:
    """Return the node's book of charters."""
    given = visit.wiring.charter
    return given if isinstance(given, CharterBook) else CharterBook(visit.wiring.store)


def charter_shown(visit: Visit) -> dict[str, Any]:
    """Return the charter in force: parties, circles, compartments, presidency, rules."""
    charter, lang = visit.charter, visit.lang
    return {
        "name": charter.name,
        "epoch": charter.epoch,
        "issued": at(charter.issued_ms),
        "rules": rules_words(charter.rules, lang),
        "parties": [_party(visit, entry) for entry in charter.parties],
        "circles": [
            {"code": c.code, "name": in_lang(c.names, lang), "members": _now(visit, c.members)}
            for c in charter.circles
        ],
        "compartments": [
            {
                "code": c.code,
                "name": compartment_name(charter, c.code, lang),
                "hidden": c.hidden,
                "protected": c.protected,
                "holders": [named(charter, h, lang) for h in c.holders],
            }
            for c in charter.compartments
            if shows_compartment(visit, c.code, hidden=c.hidden)
        ],
        "presidency": _now(visit, charter.presidency),
    }


def shows_compartment(visit: Visit, code: str, *, hidden: bool) -> bool:
    """Whether this officer may know that a compartment exists (rule 1)."""
    return not hidden or code in visit.known.reader.compartments or may(visit.known.role, "charter")


def epochs_shown(visit: Visit, rx: ReadTx) -> list[dict[str, Any]]:
    """Return every epoch, the newest first: what it changed, and how long each party took to know it."""
    charters = book_of(visit).all() or (visit.charter,)
    pairs = list(zip((None, *charters), charters, strict=False))
    heard = rx.known_epochs()
    found = []
    for before, charter in reversed(pairs):
        known = {row.party: row.since_ms or row.heard_ms for row in heard if row.epoch == charter.epoch}
        found.append(
            {
                "epoch": charter.epoch,
                "issued": at(charter.issued_ms),
                "words": words_shown(visit, before, charter) if before else [],
                "known": [
                    {
                        "party": p,
                        "name": named(charter, p, visit.lang),
                        "own": p == visit.wiring.party,
                        **_elapsed(charter, known.get(p)),
                    }
                    for p in charter.active_parties(now=visit.now)
                ],
            }
        )
    return found


def words_shown(visit: Visit, before: Charter, after: Charter) -> list[str]:
    """Return what an epoch changes, as far as this officer may know of it."""
    changes = (c for c in differences(before, after) if _may_know(visit, before, c))
    return [sentence(c, before, after, visit.lang) for c in changes]


def proposal_shown(visit: Visit, rx: ReadTx, row: ProposalRow) -> dict[str, Any]:
    """Return a proposal in words: what it changes, by which rule, who signed, who may still."""
    book, after = book_of(visit), decode_charter(row.raw)
    before = book.at(row.epoch - 1)
    standing = proposals.standing_of(rx, row, book)
    said = {v.party: v.act for v in rx.voices(row.digest)}
    signed = book.signed_at(row.epoch)
    decided = signed is not None
    adopted = signed is not None and charter_hash(signed.charter) == row.digest
    return {
        "id": row.digest.hex(),
        "epoch": row.epoch,
        "by": named(after, row.by, visit.lang),
        "issued": at(row.at_ms),
        "words": words_shown(visit, before, after),
        "whole": told_whole(before, after),
        "kind": standing.kind,
        "needed": standing.needed,
        "signed": [named(before, p, visit.lang) for p in standing.given],
        "lacking": [named(before, p, visit.lang) for p in standing.lacking],
        "declined": [named(before, p, visit.lang) for p, act in said.items() if act == "decline"],
        "state": "adopted" if adopted else "lost" if decided else "open",
        "ours": said.get(visit.wiring.party, ""),
    }


def _party(visit: Visit, entry: PartyEntry) -> dict[str, Any]:
    active = entry.active_at(visit.now_ms)
    state = "active" if active else "suspended" if entry.suspended_ms is not None else "ended"
    return {
        "code": entry.code,
        "name": in_lang(entry.names, visit.lang),
        "type": visit.tongue.t(f"charter.type.{entry.type}"),
        "state": state,
        "since": at(entry.from_ms),
        "keys": [
            {
                "id": k.id,
                "fingerprint": fingerprint(k.public),
                "since": at(k.from_ms),
                "until": at(k.until_ms) if k.until_ms is not None else "",
                "revoked": at(k.revoked_ms) if k.revoked_ms is not None else "",
            }
            for k in entry.sign_keys
        ],
        "seals": [{"id": k.id, "since": at(k.from_ms)} for k in entry.seal_keys_at(visit.now_ms)],
    }


def _now(visit: Visit, seats: tuple[Seat, ...]) -> list[str]:
    at_ms = visit.now_ms
    held = (s for s in seats if s.from_ms <= at_ms and (s.until_ms is None or at_ms < s.until_ms))
    return [named(visit.charter, s.party, visit.lang) for s in held]


def _elapsed(charter: Charter, since_ms: int | None) -> dict[str, Any]:
    if since_ms is None:
        return {"since": "", "iso": "", "elapsed_s": None}
    elapsed_s = max(0, (since_ms - charter.issued_ms) // 1000)
    return {"since": at(since_ms), "iso": moment(since_ms).isoformat(), "elapsed_s": elapsed_s}


def _may_know(visit: Visit, before: Charter, change: Change) -> bool:
    match change:
        case CompartmentSet(cell):
            return shows_compartment(visit, cell.code, hidden=cell.hidden)
        case CompartmentDropped(code):
            old = before.compartment(code)
            return old is None or shows_compartment(visit, code, hidden=old.hidden)
        case _:
            return True
