"""What a node hands to whoever runs its carrier: the list of tokens, and logins of its own lanes.

Source: DESIGN 6. The files name no party (``exchange.provisioning``).
"""

from __future__ import annotations

from pathlib import Path
from typing import Final

from tansiq.base.clock import Clock, millis
from tansiq.base.ids import Entropy
from tansiq.exchange.carriers.jetstream import provision
from tansiq.exchange.charters import CharterBook
from tansiq.exchange.logins import new_seed, public_of
from tansiq.exchange.provisioning import (
    Granted,
    granted,
    read_logins,
    read_tokens,
    tokens_of,
    write_logins,
    write_tokens,
)
from tansiq.exchange.server import OPERATOR, ServerUser, permissions
from tansiq.node.ceremony import CARD, read_card
from tansiq.node.locked import put_private
from tansiq.node.settings import write_private

TOKENS: Final = "tokens"
LANES: Final = ("routine", "alert")


def keep_tokens(folder: Path, book: CharterBook, clock: Clock) -> None:
    """Write the list of tokens of the charter in force into a node's folder, now and with every epoch."""

    def write(_: object = None) -> None:
        if book.epoch:
            raw = write_tokens(tokens_of(book, at_ms=millis(clock.now())))
            write_private(folder / TOKENS, raw)

    book.on_new(write)
    write()


def make_logins(folder: Path, entropy: Entropy) -> tuple[ServerUser, ...]:
    """Make the seeds of a node's lanes and keep them; return the logins as its carrier lists them.

    The mailboxes are those of the node's card. Raises BadCharter, PassphraseNeeded.
    """
    card = read_card(folder / CARD)
    made = []
    for lane, box in zip(LANES, (card.mailbox, card.alert_mailbox), strict=True):
        seed = new_seed(entropy)
        put_private(folder, f"carrier.{lane}", f"{box.hex()}:{seed}", entropy=entropy)
        made.append(ServerUser(box.hex(), public_of(seed), (box,)))
    return tuple(made)


async def provide(
    tokens: bytes, logins_file: Path, settings_file: Path, *, url: str, operator: str
) -> Granted:
    """Set up the mailboxes of a list of tokens and grant them; ``operator`` is its NKey's public half.

    Writes the logins back and the server's permissions beside them. Raises BadTokens, CarrierDown.
    """
    found = read_tokens(tokens)
    made = granted(read_logins(logins_file.read_bytes()), found)
    users = (ServerUser(OPERATOR, operator), *made.logins)
    write_private(settings_file, permissions(users).encode())
    write_private(logins_file, write_logins(made.logins))
    await provision(url, list(found.every))
    return made
