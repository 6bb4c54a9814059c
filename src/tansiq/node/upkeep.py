"""Verify and rebuild a node's store while the node is at rest."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import msgspec

from tansiq.base.clock import SystemClock, millis
from tansiq.base.ids import SystemEntropy
from tansiq.base.refusal import Refusal
from tansiq.exchange.charters import CharterBook
from tansiq.model.record import Record
from tansiq.node.alone import Alone
from tansiq.node.anchor import STARTS, against, anchor_of, read_anchor, write_anchor
from tansiq.node.locked import held
from tansiq.node.settings import NodeSettings, read_settings
from tansiq.policy.charter import SignedCharter, verify_charter
from tansiq.seal.sign import genuine, verify_record
from tansiq.store.rebuild import dump_hash, rebuild
from tansiq.store.store import Store
from tansiq.store.verify import Line, Report, verify, verify_quickly


@contextmanager
def at_rest(folder: Path) -> Iterator[Store]:
    """Open the store of a node that does not run. Raises NoNode, FolderInUse."""
    settings = read_settings(folder)
    alone = Alone(folder)
    try:
        yield from _opened(folder, settings)
    finally:
        alone.release()


def _opened(folder: Path, settings: NodeSettings) -> Iterator[Store]:
    store = Store.open(
        settings.store_at(folder),
        secret=held(folder).secret,
        clock=SystemClock(),
        entropy=SystemEntropy(),
    )
    try:
        with _anchored(folder, store):
            yield store
    finally:
        store.close()


@contextmanager
def _anchored(folder: Path, store: Store) -> Iterator[None]:
    """Move the anchor over what is changed here; one that the store does not bear out stays as it is."""
    with store.read() as rx:
        vault = rx.core.vault
        held = read_anchor(folder, vault)
        sound = held is not None and not any(against(rx, held, int(rx.setting(STARTS) or 0)))
    yield
    if held is not None and sound:
        with store.read() as rx:
            anchor = anchor_of(rx, starts=held.starts, clean=held.clean, at_ms=millis(SystemClock().now()))
        write_anchor(folder, anchor, vault)


def verified(store: Store) -> Report:
    """Check chains, hashes, bodies, tombstones, projections, charters, and every signature by the charter."""
    report = verify(store, _judge(store))
    return Report((*report.lines, _charters(store)))


def verified_quickly(store: Store) -> Report:
    """Check the ends of the chains, the stamps, the charters and a sample of the records."""
    report = verify_quickly(store, _judge(store))
    return Report((*report.lines, _charters(store)))


def _charters(store: Store) -> Line:
    """Whether every charter held follows from the one before by the signatures it demands."""
    wrong, previous = [], None
    with store.read() as rx:
        raws = rx.charters()
    for number, raw in enumerate(raws, 1):
        signed = msgspec.msgpack.decode(raw, type=SignedCharter)
        found = verify_charter(signed, previous=previous)
        if isinstance(found, Refusal):
            wrong.append(f"charter {number}: {found.reason}")
        previous = signed
    return Line("charters", len(raws), tuple(wrong))


def rebuilt(store: Store) -> tuple[str, str]:
    """Make the projections again; return the hash of their dump before and after."""
    before = dump_hash(store)
    rebuild(store)
    return before, dump_hash(store)


def _judge(store: Store) -> Callable[[Record], str | None]:
    """Return what judges a record's signature by the charter in force.

    Our own records, and those an officer has to settle or has settled, are judged by their signature alone:
    a key that was revoked since, or a suspension, is no fault of the store.
    """
    book = CharterBook(store)
    with store.read() as rx:
        settled = {row.digest for row in rx.held_back(settled=True, limit=100_000)}

    def judged(record: Record) -> str | None:
        if record.header.originator == store.party or record.digest in settled:
            return None if genuine(record, book()) else "record.bad-signature"
        refused = verify_record(record, book())
        return None if refused is None else refused.reason

    return judged
