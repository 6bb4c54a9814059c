"""What a node keeps secret, on the disk: under a passphrase on live nodes, as it is on those for exercise.

keys       the party's keys (seal.keys, kept form)
secret     the 32 bytes that lock bodies at rest: as they are, or ``TQS1`` | wrapped
private    names and values for other doors (the carrier's seeds, a provider's secret): ``TQP1`` | kind | JSON

1. The passphrase comes from an open file descriptor (``TANSIQ_PASSPHRASE_FD``), from the service manager's
   credentials (``$CREDENTIALS_DIRECTORY/tansiq-passphrase``), from a file of its owner alone
   (``TANSIQ_PASSPHRASE_FILE``) or from the terminal. Never from an argument, nor from the environment itself:
   other programs read both.
2. It is asked for once and not kept: what it opened is.
3. A change that was broken off is made whole by making it again: each file opens under either passphrase.
"""

from __future__ import annotations

import getpass
import os
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Final, TypeVar

import msgspec
from msgspec import Struct

from tansiq.base.errors import SetupError
from tansiq.base.ids import Entropy
from tansiq.node.settings import write_private
from tansiq.seal.keys import PartyKeys, load, save
from tansiq.seal.wrapped import WrongPassphrase, unwrap, wrap
from tansiq.work.passwords import unfit

_SECRET: Final = b"TQS1"
_PRIVATE: Final = b"TQP1"
_BYTES: Final = 32
_LIMIT: Final = 1_000
FD, FILE, CREDENTIALS = "TANSIQ_PASSPHRASE_FD", "TANSIQ_PASSPHRASE_FILE", "CREDENTIALS_DIRECTORY"


class PassphraseNeeded(SetupError):
    """The node's secrets are under a passphrase, and none was given."""

    code = "node.passphrase-needed"


class PassphraseOpen(SetupError):
    """The file of the passphrase can be read by others, or not at all."""

    code = "node.passphrase-open"


class WeakPassphrase(SetupError):
    """The new passphrase is too short or one that everybody tries."""

    code = "node.passphrase-weak"


class Held(Struct, frozen=True):
    """What is secret, opened. Its own words say nothing of it."""

    keys: PartyKeys
    secret: bytes
    private: dict[str, str]

    def __repr__(self) -> str:
        return f"Held({self.keys!r})"


Ask = Callable[[], str]
T = TypeVar("T")


def held(folder: Path, ask: Ask | None = None) -> Held:
    """Open what a node keeps secret. Raises PassphraseNeeded, PassphraseOpen, WrongPassphrase, BadKeyFile."""
    passphrase = (ask or given)() if is_locked(folder) else None
    return _opened(folder, (passphrase,))


def is_locked(folder: Path) -> bool:
    """Whether any of a node's secrets is under a passphrase."""
    return (
        (folder / "secret").read_bytes()[:4] == _SECRET
        or (folder / "keys").read_bytes()[4:5] == b"\1"
        or _private_raw(folder)[4:5] == b"\1"
    )


def write_held(folder: Path, what: Held, *, passphrase: str | None, entropy: Entropy) -> None:
    """Write what a node keeps secret, each file whole or not at all."""
    private = msgspec.json.encode(what.private)
    secret = what.secret
    if passphrase is not None:
        secret = _SECRET + wrap(secret, passphrase, about=_SECRET, entropy=entropy)
        private = b"\1" + wrap(private, passphrase, about=_PRIVATE, entropy=entropy)
    else:
        private = b"\0" + private
    write_private(folder / "keys", save(what.keys, passphrase=passphrase, entropy=entropy))
    write_private(folder / "secret", secret)
    write_private(folder / "private", _PRIVATE + private)


def relock(folder: Path, old: str | None, new: str, *, entropy: Entropy) -> None:
    """Put a node's secrets under another passphrase (rule 3). Raises WeakPassphrase, WrongPassphrase."""
    if (weak := unfit(new)) is not None:
        raise WeakPassphrase(weak.reason)
    write_held(folder, _opened(folder, (old, new)), passphrase=new, entropy=entropy)


def put_private(folder: Path, name: str, value: str, *, ask: Ask | None = None, entropy: Entropy) -> None:
    """Keep one more secret of the node, under the passphrase the others are under."""
    passphrase = (ask or given)() if is_locked(folder) else None
    found = _opened(folder, (passphrase,))
    more = Held(found.keys, found.secret, found.private | {name: value})
    write_held(folder, more, passphrase=passphrase, entropy=entropy)


def given() -> str:
    """Return the passphrase this process was given (rule 1). Raises PassphraseNeeded, PassphraseOpen."""
    if descriptor := os.environ.get(FD):
        with os.fdopen(os.dup(int(descriptor)), "rb") as pipe:
            return _line(pipe.read(_LIMIT))
    credentials = os.environ.get(CREDENTIALS)
    if credentials and (path := Path(credentials) / "tansiq-passphrase").is_file():
        return _line(path.read_bytes())
    if named := os.environ.get(FILE):
        return _line(_of_owner_alone(Path(named)))
    if sys.stdin is not None and sys.stdin.isatty():
        return getpass.getpass("passphrase: ")
    raise PassphraseNeeded("the node's secrets are under a passphrase and none was given")


def _of_owner_alone(path: Path) -> bytes:
    try:
        if path.stat().st_mode & 0o077:
            raise PassphraseOpen(f"{path.name} can be read by others than its owner")
        return path.read_bytes()[:_LIMIT]
    except OSError as error:
        raise PassphraseOpen(f"{path.name} cannot be read") from error


def _line(raw: bytes) -> str:
    said = raw.decode("utf8", "replace").split("\n")[0].rstrip("\r")
    if not said:
        raise PassphraseNeeded("the passphrase given is empty")
    return said


def _opened(folder: Path, tried: Sequence[str | None]) -> Held:
    raw = _private_raw(folder)
    return Held(
        _first(tried, lambda p: load((folder / "keys").read_bytes(), passphrase=p)),
        _first(tried, lambda p: _secret_of((folder / "secret").read_bytes(), p)),
        _first(tried, lambda p: _private_of(raw, p)),
    )


def _first(tried: Sequence[str | None], opening: Callable[[str | None], T]) -> T:
    for passphrase in tried[:-1]:
        try:
            return opening(passphrase)
        except WrongPassphrase:
            continue
    return opening(tried[-1])


def _secret_of(raw: bytes, passphrase: str | None) -> bytes:
    return raw if raw[:4] != _SECRET or len(raw) == _BYTES else unwrap(raw[4:], passphrase, about=_SECRET)


def _private_of(raw: bytes, passphrase: str | None) -> dict[str, str]:
    plain = unwrap(raw[5:], passphrase, about=_PRIVATE) if raw[4:5] == b"\1" else raw[5:]
    return msgspec.json.decode(plain or b"{}", type=dict[str, str])


def _private_raw(folder: Path) -> bytes:
    path = folder / "private"
    return path.read_bytes() if path.exists() else _PRIVATE + b"\0{}"
