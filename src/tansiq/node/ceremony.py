"""The key ceremony by files: a node with keys of its own, the first charter, later epochs signed apart.

card       what a party shows the others of its node: its entry in the charter, public keys and mailboxes
charter    a signed charter, or the chain of all from the first on

Nothing secret leaves a node's folder: cards and charters are files to hand over and to read aloud.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import datetime
from pathlib import Path
from typing import Final

import msgspec

from tansiq.base.clock import SystemClock, millis
from tansiq.base.errors import UNREADABLE, TrustError
from tansiq.base.ids import SystemEntropy
from tansiq.base.messages import LANGS, Lang
from tansiq.base.refusal import Refusal
from tansiq.exchange import proposals
from tansiq.exchange.charters import CharterBook
from tansiq.model.amendment import Change
from tansiq.model.charter import (
    BadCharter,
    Charter,
    CharterRules,
    Names,
    PartyEntry,
    PartyType,
    Seat,
    SignedCharter,
    decode_card,
    decode_charter,
    encode_charter,
)
from tansiq.model.label import Party
from tansiq.node.locked import Held, held, write_held
from tansiq.node.settings import NodeSettings, read_settings, write_private, write_settings
from tansiq.policy.amend import next_epoch
from tansiq.policy.charter import charter_hash, sign_charter, standing, verify_charter
from tansiq.seal.keys import generate
from tansiq.store.errors import NoStore
from tansiq.store.store import Store

CARD: Final = "card"
CHARTER: Final = "charter"
_CHAINS: Final = msgspec.msgpack.Decoder(tuple[SignedCharter, ...])
_ONES: Final = msgspec.msgpack.Decoder(SignedCharter)
_FAULTS: Final = (*UNREADABLE, OSError)


class CharterRefusedHere(TrustError):
    """A charter that does not hold, or a signature that cannot be; ``reason`` is the refusal's."""

    code = "charter.refused"

    def __init__(self, refusal: Refusal) -> None:
        named = ", ".join(sorted(refusal.missing))
        super().__init__(f"{refusal.reason} {named}".strip())
        self.reason = refusal.reason


def init_node(
    folder: Path,
    party: Party,
    *,
    names: Names,
    type_: PartyType,
    lang: Lang,
    port: int,
    passphrase: str | None,
    timezone: str = "UTC",
    weekend: tuple[int, ...] = (5, 6),
    now: datetime | None = None,
) -> PartyEntry:
    """Make a live node's folder with keys of its own, and its card; return the card."""
    entropy, at_ms = SystemEntropy(), millis(now or SystemClock().now())
    keys = generate(party, entropy=entropy)
    folder.mkdir(parents=True, exist_ok=False)
    write_held(folder, Held(keys, entropy.take(32), {}), passphrase=passphrase, entropy=entropy)
    write_settings(folder, NodeSettings(party=party, lang=lang, port=port))
    card = PartyEntry(
        code=party,
        type=type_,
        names=names,
        langs=(lang, *(each for each in LANGS if each != lang)),
        mailbox=entropy.take(16),
        alert_mailbox=entropy.take(16),
        sign_keys=(keys.sign_key(from_ms=at_ms),),
        seal_keys=(keys.seal_key(from_ms=at_ms),),
        from_ms=at_ms,
        timezone=timezone,
        weekend=weekend,
    )
    write_private(folder / CARD, msgspec.msgpack.encode(card))
    return card


def first_charter(cards: Sequence[Path], *, name: str, rules: CharterRules) -> SignedCharter:
    """Return the first epoch for the parties of these cards, not signed yet. Raises BadCharter."""
    entries = tuple(read_card(path) for path in cards)
    issued_ms = max(e.from_ms for e in entries)
    members = [e.code for e in entries if e.type == "member"]
    charter = Charter(
        epoch=1,
        issued_ms=issued_ms,
        name=name,
        exercise=False,
        parties=entries,
        presidency=tuple(Seat(m, issued_ms) for m in members[:1]),
        rules=rules,
    )
    return SignedCharter(encode_charter(charter))


def read_card(path: Path) -> PartyEntry:
    """Read a card. Raises BadCharter."""
    try:
        return decode_card(path.read_bytes())
    except (BadCharter, OSError) as error:
        raise BadCharter(f"{path.name} is no card") from error


def read_charter(path: Path) -> SignedCharter:
    """Read a file with a charter: of a chain the last. Raises BadCharter."""
    try:
        return read_chain(path.read_bytes())[-1]
    except OSError as error:
        raise BadCharter(f"{path.name} cannot be read") from error


def read_chain(raw: bytes) -> tuple[SignedCharter, ...]:
    """Read a signed charter, or the chain from the first on. Raises BadCharter."""
    for decoder in (_CHAINS, _ONES):
        try:
            found = decoder.decode(raw)
        except _FAULTS:
            continue
        chain = (found,) if isinstance(found, SignedCharter) else found
        if chain:
            return chain
    raise BadCharter("neither a charter nor a chain of charters")


def sign_file(folder: Path, path: Path) -> SignedCharter:
    """Add the signature of the node in ``folder`` to a charter's file; a second one of it changes nothing.

    Raises CharterRefusedHere where the charter in force there cannot be followed by it.
    """
    signed = read_charter(path)
    opened = held(folder)
    before = held_charter(folder)
    found = verify_charter(SignedCharter(signed.charter), previous=before)
    if isinstance(found, Refusal) and found.reason != "charter.quorum":
        raise CharterRefusedHere(found)
    if all(s.party != opened.keys.party for s in signed.signatures):
        signed = sign_charter(signed, [opened.keys])
    if opened.keys.party not in standing(signed, previous=before).given:
        raise CharterRefusedHere(Refusal("charter.not-member", frozenset({opened.keys.party})))
    write_private(path, msgspec.msgpack.encode(signed))
    return signed


def merge_files(paths: Iterable[Path]) -> SignedCharter:
    """Return one charter with the signatures of all these files. Raises BadCharter where they differ."""
    found = [read_charter(path) for path in paths]
    if len({signed.charter for signed in found}) != 1:
        raise BadCharter("the files hold different charters")
    by_party = {s.party: s for signed in found for s in signed.signatures}
    return SignedCharter(found[0].charter, tuple(by_party[p] for p in sorted(by_party)))


def held_charter(folder: Path) -> SignedCharter | None:
    """Return the charter in force at a node at rest; None before the first one."""
    chain = held_chain(folder)
    return chain[-1] if chain else None


def held_chain(folder: Path) -> tuple[SignedCharter, ...]:
    """Return every charter that a node at rest has adopted, the oldest first."""
    adopted = _adopted_in_store(folder)
    path = folder / CHARTER
    return adopted or (read_chain(path.read_bytes()) if path.exists() else ())


def _adopted_in_store(folder: Path) -> tuple[SignedCharter, ...]:
    store = _store(folder, read_settings(folder))
    if store is None:
        return ()
    try:
        return CharterBook(store).since(0)
    finally:
        store.close()


def adopt_file(folder: Path, path: Path) -> Charter:
    """Adopt a charter, or a chain of them, at a node at rest. Raises CharterRefusedHere."""
    settings = read_settings(folder)
    chain = read_chain(path.read_bytes())
    store = _store(folder, settings)
    if store is None:
        return _adopted_beforehand(folder, chain)
    try:
        return _adopted(store, settings.party, chain)
    finally:
        store.close()


def _adopted_beforehand(folder: Path, chain: Iterable[SignedCharter]) -> Charter:
    """Put charters into the folder of a node that has not run yet."""
    known = list(held_chain(folder))
    for signed in chain:
        if all(signed.charter != each.charter for each in known):
            found = verify_charter(signed, previous=known[-1] if known else None)
            if isinstance(found, Refusal):
                raise CharterRefusedHere(found)
            known.append(signed)
    write_private(folder / CHARTER, msgspec.msgpack.encode(known))
    return decode_charter(known[-1].charter)


def _adopted(store: Store, me: Party, chain: Iterable[SignedCharter]) -> Charter:
    book, at_ms = CharterBook(store), millis(SystemClock().now())
    for signed in chain:
        with store.write() as tx:
            found = proposals.adopt(tx, book, signed, me=me, at_ms=at_ms, pass_on=True)
        book.refresh()
        if isinstance(found, Refusal):
            raise CharterRefusedHere(found)
    return book()


def proposed(folder: Path, changes: Callable[[Charter, int], Sequence[Change] | Refusal]) -> SignedCharter:
    """Return the next epoch that changes make of the charter in force at a node, not signed yet."""
    before = held_charter(folder)
    if before is None:
        raise BadCharter("this node has no charter yet")
    charter, at_ms = decode_charter(before.charter), millis(SystemClock().now())
    made = changes(charter, at_ms)
    if isinstance(made, Refusal):
        raise CharterRefusedHere(made)
    after = next_epoch(charter, charter_hash(before.charter), made, issued_ms=at_ms)
    return SignedCharter(encode_charter(after))


def _store(folder: Path, settings: NodeSettings) -> Store | None:
    """Open the store of a node at rest; None where none is yet, or its making was cut off."""
    url, secret = settings.store_at(folder), held(folder).secret
    try:
        return Store.open(url, secret=secret, clock=SystemClock(), entropy=SystemEntropy())
    except NoStore:
        return None
