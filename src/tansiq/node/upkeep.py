"""Verify and rebuild a node's store while the node is at rest."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path

from tansiq.base.clock import SystemClock
from tansiq.base.ids import SystemEntropy
from tansiq.exchange.charters import CharterBook
from tansiq.model.record import Record
from tansiq.node.alone import Alone
from tansiq.node.settings import NodeSettings, read_settings
from tansiq.seal.sign import verify_record
from tansiq.store.rebuild import dump_hash, rebuild
from tansiq.store.store import Store
from tansiq.store.verify import Report, verify


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
        secret=(folder / "secret").read_bytes(),
        clock=SystemClock(),
        entropy=SystemEntropy(),
    )
    try:
        yield store
    finally:
        store.close()


def verified(store: Store) -> Report:
    """Check chains, hashes, bodies, tombstones, projections, and every signature by the charter."""
    return verify(store, partial(_judged, CharterBook(store)))


def rebuilt(store: Store) -> tuple[str, str]:
    """Make the projections again; return the hash of their dump before and after."""
    before = dump_hash(store)
    rebuild(store)
    return before, dump_hash(store)


def _judged(book: CharterBook, record: Record) -> str | None:
    refused = verify_record(record, book())
    return None if refused is None else refused.reason
