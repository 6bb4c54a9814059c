"""Backup and restore of a node: a store's rows and the folder's files in one sealed file; keys in another.

1. A backup is taken while the node runs: one moment of the store. It holds everything but sessions and the
   party's keys; bodies rest in it as in the store, under the secret that the folder keeps.
2. ``restore`` reads all of it, puts it beside, verifies chains, hashes, signatures, projections, and then
   gives it its place. It never writes over a node.
3. A restored node knows that it is one: what it holds is hidden and it sends nothing, until the others have
   told what was withdrawn since and which numbers of its feeds are in use (``exchange.recovery``).
"""

from __future__ import annotations

import hashlib
import shutil
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import BinaryIO, Final

import msgspec
from msgspec import Struct

from tansiq.base.clock import Clock, millis
from tansiq.base.errors import UNREADABLE, InputError, SetupError
from tansiq.base.ids import Entropy
from tansiq.exchange import safe
from tansiq.node.locked import held
from tansiq.node.settings import NodeSettings, read_settings, write_private
from tansiq.node.starting import Keeper
from tansiq.node.upkeep import verified
from tansiq.seal.vessel import open_vessel, unpacked, write_vessel
from tansiq.store.dump import Rows, dumped, load, unload
from tansiq.store.store import Store
from tansiq.store.verify import Report

FORM: Final = 1
KEY_FILES: Final = ("keys", "private")
FILES: Final = ("node.json", "charter", "secret")
FRAME_LIMIT_BYTES: Final = 256 * 1024 * 1024
RESTORED: Final = "restored"
MACHINE: Final = "node"


class FolderTaken(SetupError):
    """The folder holds something already; a restoration never writes over a node."""

    code = "backup.folder-taken"


class BackupBroken(InputError):
    """The backup is not whole, or does not verify: nothing was put in its place."""

    code = "backup.broken"


class Start(Struct, frozen=True, tag="start", array_like=True):
    """The first frame: what the file is."""

    form: int
    party: str
    made_ms: int


class FileOf(Struct, frozen=True, tag="file", array_like=True):
    """A file of the folder."""

    name: str
    raw: bytes


class Part(Struct, frozen=True, tag="rows", array_like=True):
    """Some rows of the store."""

    rows: Rows


class End(Struct, frozen=True, tag="end", array_like=True):
    """The last frame: SHA-256 of all frames before it."""

    digest: bytes


Frame = Start | FileOf | Part | End
_FRAMES: Final = msgspec.msgpack.Decoder(Frame)


class Under(Struct, frozen=True):
    """How a file is sealed or opened: a passphrase, or age recipients and their identities."""

    passphrase: str | None = None
    recipients: tuple[str, ...] = ()
    identities: tuple[str, ...] = ()


def backup(folder: Path, out: Path, under: Under, *, clock: Clock, entropy: Entropy) -> None:
    """Write a backup of the node in ``folder``, which may run. Raises StoreError, FileExistsError."""
    settings = read_settings(folder)
    rows = (Part(r) for r in dumped(settings.store_at(folder)))
    _write(out, settings, _files(folder, FILES), rows, under, clock, entropy)


def backup_keys(folder: Path, out: Path, under: Under, *, clock: Clock, entropy: Entropy) -> None:
    """Write the node's keys, to be kept apart from every backup. Raises FileExistsError."""
    settings = read_settings(folder)
    _write(out, settings, _files(folder, (*FILES, *KEY_FILES)), iter(()), under, clock, entropy)


def _files(folder: Path, names: Sequence[str]) -> Iterator[FileOf]:
    for name in names:
        if (folder / name).is_file():
            yield FileOf(name, (folder / name).read_bytes())


def _write(
    out: Path,
    settings: NodeSettings,
    files: Iterator[FileOf],
    rows: Iterator[Part],
    under: Under,
    clock: Clock,
    entropy: Entropy,
) -> None:
    start = Start(FORM, settings.party, millis(clock.now()))
    fresh = out.with_name(out.name + ".new")
    fresh.touch(mode=0o600)
    with fresh.open("wb") as sink:
        write_vessel(
            sink,
            _framed([start], files, rows),
            entropy=entropy,
            passphrase=under.passphrase,
            recipients=under.recipients,
        )
    fresh.rename(out)


def _framed(*kinds: Iterator[Frame] | Sequence[Frame]) -> Iterator[bytes]:
    whole = hashlib.sha256(b"tansiq.backup/1")
    for kind in kinds:
        for frame in kind:
            raw = msgspec.msgpack.encode(frame)
            whole.update(raw)
            yield len(raw).to_bytes(4, "big") + raw
    raw = msgspec.msgpack.encode(End(whole.digest()))
    yield len(raw).to_bytes(4, "big") + raw


def frames(opened: BinaryIO) -> Iterator[Frame]:
    """Yield the frames of an opened backup. Raises BackupBroken where it does not end as it was written."""
    whole, last = hashlib.sha256(b"tansiq.backup/1"), False
    for raw in _raw_frames(opened):
        try:
            frame = _FRAMES.decode(raw)
        except UNREADABLE as error:
            raise BackupBroken("a part of the backup cannot be read") from error
        if isinstance(frame, End):
            last = frame.digest == whole.digest()
            break
        whole.update(raw)
        yield frame
    if not last:
        raise BackupBroken("the backup does not end as it was written")


def _raw_frames(opened: BinaryIO) -> Iterator[bytes]:
    pending = bytearray()
    for piece in unpacked(opened):
        pending += piece
        while len(pending) >= 4:
            size = int.from_bytes(pending[:4], "big")
            if size > FRAME_LIMIT_BYTES:
                raise BackupBroken("a part of the backup is too large")
            if len(pending) < 4 + size:
                break
            yield bytes(pending[4 : 4 + size])
            del pending[: 4 + size]
    if pending:
        raise BackupBroken("the backup ends in the middle of a part")


def restore(
    source: Path,
    keys: Path,
    folder: Path,
    under: Under,
    *,
    store_url: str | None = None,
    clock: Clock,
    entropy: Entropy,
) -> Report:
    """Make a node of a backup and its keys in a folder that does not exist yet; return what was verified.

    ``store_url`` = another database than the backup's. Raises FolderTaken, BackupBroken, BadVessel,
    WrongPassphrase, StoreError; then the folder is not there.
    """  # fmt: skip
    if folder.exists() and any(folder.iterdir()):
        raise FolderTaken(f"{folder.name} is not empty")
    beside = Path(tempfile.mkdtemp(prefix=f".{folder.name}-", dir=folder.parent))
    try:
        _spread(keys, beside, under, store_url=None)
        _spread(source, beside, under, store_url=store_url)
        report = _checked(beside, clock, entropy)
        if folder.exists():
            folder.rmdir()
        beside.rename(folder)
    except BaseException:
        shutil.rmtree(beside, ignore_errors=True)
        raise
    return report


def begin_anew(
    keys: Path, folder: Path, under: Under, *, store_url: str | None = None, clock: Clock, entropy: Entropy
) -> None:
    """Make a node of its keys alone, with an empty store: the others give back what is its own.

    Raises FolderTaken, BackupBroken, BadVessel, WrongPassphrase, StoreError.
    """
    if folder.exists() and any(folder.iterdir()):
        raise FolderTaken(f"{folder.name} is not empty")
    folder.mkdir(parents=True, exist_ok=True)
    _spread(keys, folder, under, store_url=store_url)
    settings = read_settings(folder)
    store = Store.create(
        settings.store_at(folder),
        party=settings.party,
        exercise=settings.exercise,
        secret=held(folder).secret,
        clock=clock,
        entropy=entropy,
    )
    try:
        _mark(folder, store, clock)
    finally:
        store.close()


def _spread(source: Path, folder: Path, under: Under, *, store_url: str | None) -> None:
    """Open a file of ours and put what it holds into a folder and a database."""
    with tempfile.TemporaryFile(dir=folder) as opened:
        with source.open("rb") as sealed:
            open_vessel(sealed, opened, passphrase=under.passphrase, identities=under.identities)
        opened.seek(0)
        found = frames(opened)
        start = next(found, None)
        if not isinstance(start, Start) or start.form != FORM:
            raise BackupBroken("not a backup, or one of a later form")
        rows = _rows_after_files(found, folder, store_url)
        first = next(rows, None)
        if first is not None:
            load(read_settings(folder).store_at(folder), _chained(first, rows))


def _chained(first: Rows, rest: Iterator[Rows]) -> Iterator[Rows]:
    yield first
    yield from rest


def _rows_after_files(found: Iterator[Frame], folder: Path, store_url: str | None) -> Iterator[Rows]:
    for frame in found:
        if isinstance(frame, FileOf):
            if frame.name not in (*FILES, *KEY_FILES):
                raise BackupBroken("a file that no backup holds")
            write_private(folder / frame.name, frame.raw)
            if frame.name == "node.json" and store_url is not None:
                moved = msgspec.structs.replace(read_settings(folder), store_url=store_url)
                write_private(folder / "node.json", msgspec.json.encode(moved))
        elif isinstance(frame, Part):
            yield frame.rows


def _checked(folder: Path, clock: Clock, entropy: Entropy) -> Report:
    settings = read_settings(folder)
    url = settings.store_at(folder)
    store = Store.open(url, secret=held(folder).secret, clock=clock, entropy=entropy)
    try:
        report = verified(store)
        if report.ok:
            _mark(folder, store, clock)
    finally:
        store.close()
    if not report.ok:
        unload(url)
        first = next(line for line in report.lines if not line.ok)
        raise BackupBroken(f"{first.name}: {first.wrong[0]}")
    return report


def _mark(folder: Path, store: Store, clock: Clock) -> None:
    """Let the node know that its store was put back, and count its starts from here."""
    at_ms = millis(clock.now())
    with store.write() as tx:
        safe.hear(tx)
        found = [safe.Finding(code, "", at_ms) for code in (safe.RESTORED, safe.FEEDS_UNKNOWN)]
        safe.enter(tx, found)
        tx.journal(RESTORED, officer=MACHINE, at_ms=at_ms)
    Keeper(folder, store, clock).keep()
