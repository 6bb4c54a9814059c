"""What whoever runs a carrier is told after an epoch: mailboxes by their tokens. It names nobody.

1. A chain is one mailbox through the epochs: its newest token first, then the older ones that are still read.
   That a new token follows an old one is told: who may take from the old may take from the new.
2. A list of tokens is text: ``tansiq-tokens 1 EPOCH``, then a chain a line, tokens in hex, lines sorted, so
   that their order tells nothing. Of two lists the one of the newer epoch counts.
3. A list of logins is text: a login a line, the public half of its NKey, its name, the tokens it takes from.
   The name is a token too: the one its node connects under.
4. A login that takes from one token of a chain takes from all of it, and from no token that its chain has
   dropped. One whose tokens are in no chain stays as it is: a party that is still to join.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final

from msgspec import Struct
from msgspec.structs import replace

from tansiq.base.errors import SetupError
from tansiq.exchange.charters import CharterBook
from tansiq.exchange.logins import is_public
from tansiq.exchange.server import ServerUser

HEAD: Final = "tansiq-tokens 1"
TOKEN_BYTES: Final = 16
LIST_LIMIT: Final = 1 << 20

Chain = tuple[bytes, ...]


class BadTokens(SetupError):
    """A list of tokens or of logins cannot be read."""

    code = "carrier.bad-tokens"


class Tokens(Struct, frozen=True):
    """The mailboxes of one epoch of the charter, each as its chain (rule 1)."""

    epoch: int
    chains: tuple[Chain, ...]

    @property
    def every(self) -> tuple[bytes, ...]:
        """Return every token, old ones too."""
        return tuple(token for chain in self.chains for token in chain)


class Granted(Struct, frozen=True):
    """Logins as a list of tokens grants them, and the newest tokens that no login takes from yet."""

    logins: tuple[ServerUser, ...]
    unclaimed: tuple[bytes, ...]


def tokens_of(book: CharterBook, *, at_ms: int) -> Tokens:
    """Return the list that belongs to the charter in force."""
    chains: set[Chain] = set()
    for entry in book().parties:
        boxes = book.boxes(entry.code, at_ms=at_ms)
        chains.add(tuple(dict.fromkeys(routine for routine, _ in boxes)))
        chains.add(tuple(dict.fromkeys(alert for _, alert in boxes)))
    return Tokens(book.epoch, tuple(sorted(chains)))


def write_tokens(tokens: Tokens) -> bytes:
    """Return a list of tokens as its file (rule 2)."""
    lines = (" ".join(token.hex() for token in chain) for chain in sorted(tokens.chains))
    return "\n".join((f"{HEAD} {tokens.epoch}", *lines, "")).encode()


def read_tokens(raw: bytes) -> Tokens:
    """Read a list of tokens. Raises BadTokens."""
    head, *lines = _lines(raw) or [""]
    said, _, epoch = head.rpartition(" ")
    if said != HEAD or not (epoch.isascii() and epoch.isdecimal()):
        raise BadTokens("this is no list of a carrier's tokens")
    chains = tuple(tuple(_token(word) for word in line.split()) for line in lines)
    found = Tokens(int(epoch), chains)
    if len(set(found.every)) != len(found.every):
        raise BadTokens("a token stands twice in the list")
    return found


def write_logins(logins: Iterable[ServerUser]) -> bytes:
    """Return logins as their file (rule 3), the public half of each NKey only."""
    lines = (" ".join((u.password, u.name, *(box.hex() for box in u.mailboxes))) for u in logins)
    return "\n".join((*sorted(lines), "")).encode()


def read_logins(raw: bytes) -> tuple[ServerUser, ...]:
    """Read a list of logins. Raises BadTokens."""
    return tuple(_login(line.split()) for line in _lines(raw))


def granted(logins: Sequence[ServerUser], tokens: Tokens) -> Granted:
    """Return the logins with the tokens they take from by this list (rule 4)."""
    chain_of = {token: chain for chain in tokens.chains for token in chain}
    made = []
    for login in logins:
        chains = dict.fromkeys(chain_of[box] for box in login.mailboxes if box in chain_of)
        boxes = tuple(token for chain in chains for token in chain) or login.mailboxes
        made.append(ServerUser(login.name, login.password, boxes))
    claimed = {box for login in made for box in login.mailboxes}
    return Granted(tuple(made), tuple(chain[0] for chain in tokens.chains if chain[0] not in claimed))


def newest_of(lists: Iterable[Tokens]) -> Tokens:
    """Return the list of the newest epoch; of one epoch, everything that any of them names."""
    found = sorted(lists, key=lambda each: each.epoch)
    newest = [each for each in found if each.epoch == found[-1].epoch]
    longest: dict[bytes, Chain] = {}
    for chain in sorted((c for each in newest for c in each.chains), key=len):
        longest[chain[0]] = chain
    return replace(newest[0], chains=tuple(sorted(longest.values())))


def _lines(raw: bytes) -> list[str]:
    if len(raw) > LIST_LIMIT:
        raise BadTokens("the list is too long")
    try:
        return [line for line in raw.decode("ascii").splitlines() if line.strip()]
    except UnicodeDecodeError as error:
        raise BadTokens("the list is not plain text") from error


def _login(words: list[str]) -> ServerUser:
    if len(words) < 3 or not is_public(words[0]):
        raise BadTokens("a login is a public NKey, its name and its tokens")
    _token(words[1])
    return ServerUser(words[1], words[0], tuple(_token(word) for word in words[2:]))


def _token(word: str) -> bytes:
    try:
        found = bytes.fromhex(word)
    except ValueError as error:
        raise BadTokens("a token is hexadecimal") from error
    if len(found) != TOKEN_BYTES or found.hex() != word:
        raise BadTokens(f"a token has {2 * TOKEN_BYTES} small hexadecimal digits")
    return found
