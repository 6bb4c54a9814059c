"""Wires one node: store, keys, charter, exchange, pages. The only place where all floors meet."""

from __future__ import annotations

import time
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Final

import structlog

from tansiq.base.clock import Clock, SetClock, SystemClock, millis, moment
from tansiq.base.errors import TrustError, place_of
from tansiq.base.ids import Entropy, SystemEntropy
from tansiq.base.messages import say
from tansiq.base.refusal import Refusal
from tansiq.exchange.carriers.jetstream import JetStreamCarrier
from tansiq.exchange.charters import CharterBook
from tansiq.exchange.heard_clock import HeardClock
from tansiq.exchange.logins import as_user
from tansiq.exchange.node_link import Link
from tansiq.exchange.pace import REHEARSED
from tansiq.exchange.parcels import Courier
from tansiq.exchange.protocol import Carrier, Lane
from tansiq.exchange.running import LinkRunner
from tansiq.gateways.language_model import model_of
from tansiq.gateways.layers import layers_of
from tansiq.node.carrier import keep_tokens
from tansiq.node.ceremony import read_chain
from tansiq.node.locked import held
from tansiq.node.outside import Outside, outside_of
from tansiq.node.settings import NodeSettings, read_settings
from tansiq.node.tls import key_word
from tansiq.node.turning import Turning
from tansiq.node.watching import Watching
from tansiq.policy.clearance import OfficerRole
from tansiq.policy.compartments import Protected, protected_of
from tansiq.seal.keys import PartyKeys
from tansiq.store.errors import NoStore, NotWiped, StoreBusy
from tansiq.store.store import Store
from tansiq.web.wiring import Wiring
from tansiq.work.accept import Acceptance
from tansiq.work.credentials import door_secret, make_credential
from tansiq.work.effects import regained
from tansiq.work.layers import Layers
from tansiq.work.one_time import Doorkeeper
from tansiq.work.open_compartments import open_for_all
from tansiq.work.outside import Post
from tansiq.work.provider import Provider
from tansiq.work.purge import declare, end
from tansiq.work.sign_in import Given, enrol
from tansiq.work.take_files import Reader
from tansiq.work.tending import tend

NOW: Final = "exercise.now_ms"
DOOR_ROLES: Final[tuple[OfficerRole, ...]] = (
    "duty",
    "analyst",
    "release",
    "legal",
    "auditor",
    "interpreter",
    "admin",
)
_LOG: Final = structlog.get_logger("tansiq.node")


class CharterRefused(TrustError):
    """The charter in the node's folder does not verify."""

    code = "node.charter-refused"


@dataclass
class Node:
    """One running installation."""

    folder: Path
    settings: NodeSettings
    store: Store
    keys: PartyKeys
    clock: HeardClock
    book: CharterBook
    link: Link
    runner: LinkRunner
    wiring: Wiring
    tls_word: str
    outside: Outside
    watching: Watching

    def close(self) -> None:
        """Let the store go."""
        self.store.close()


def open_store(
    folder: Path,
    settings: NodeSettings,
    clock: Clock,
    entropy: Entropy,
    protected: Protected | None = None,
    secret: bytes | None = None,
) -> Store:
    """Open a node's store, making it at the first start; ``secret`` None = as the folder holds it."""
    cells = protected or Protected()
    url, secret = settings.store_at(folder), held(folder).secret if secret is None else secret
    try:
        return Store.open(url, secret=secret, clock=clock, entropy=entropy, protected=cells)
    except NoStore:
        return Store.create(
            url,
            party=settings.party,
            exercise=settings.exercise,
            secret=secret,
            clock=clock,
            entropy=entropy,
            protected=cells,
        )


def wire(folder: Path) -> Node:
    """Open everything a node is made of. Raises SetupError, StoreError, TrustError."""
    settings, entropy = read_settings(folder), SystemEntropy()
    opened = held(folder)
    keys = opened.keys
    own = SetClock(SystemClock().now()) if settings.clock == "set" else SystemClock()
    clock = HeardClock(own, time.monotonic, follow=not isinstance(own, SetClock))
    protected = Protected()
    store = open_store(folder, settings, clock, entropy, protected, opened.secret)
    if isinstance(own, SetClock):
        _resume(own, store)
    book = _charter(folder, store, clock)
    protected.charter = book
    if settings.exercise:
        _enrol(store, book, entropy, settings)
    carriers = _carriers(settings, opened.private)
    accept, pace = Acceptance(keys, book, clock), REHEARSED if settings.exercise else None
    link = Link(store, keys, carriers, clock, entropy, book=book, accept=accept, pace=pace)
    link.receiver.hear = clock.hear
    link.receiver.effect = partial(regained, clock)
    link.after_drain = partial(_declare, store, keys, clock, entropy)
    keep_tokens(folder, book, clock)
    post = Post(store, book, clock)
    turning = Turning(folder, opened, book, store, entropy)
    outside = outside_of(
        folder,
        settings.outside,
        opened.private,
        post,
        entropy,
        address=settings.address,
        lang=settings.lang,
    )
    layers = _layers(settings)
    wiring = Wiring(
        store=store,
        keys=keys,
        charter=book,
        clock=clock,
        entropy=entropy,
        lang=settings.lang,
        rules=settings.door_rules,
        gauge=settings.gauge,
        provider=_provider(settings, opened.private),
        model=model_of(settings.model, opened.private),
        layers=layers,
        secure_cookies=bool(settings.tls_certificate),
        link=link,
        courier=Courier(store, link, clock, entropy),
        doorkeeper=_doorkeeper(settings),
        door_secret=bytes.fromhex(settings.door_secret),
        set_clock=partial(_set_and_keep, own, post) if isinstance(own, SetClock) else None,
        rotate=turning.prepare,
        ways=outside.ways,
        log_fault=log_fault,
    )
    runner = LinkRunner(link, store, clock)
    reader = Reader(store, keys, book, clock, entropy, layers.names)
    watching = Watching(reader, settings.watched)
    word = key_word(opened.secret)
    return Node(folder, settings, store, keys, clock, book, link, runner, wiring, word, outside, watching)


def _layers(settings: NodeSettings) -> Layers:
    """Load the optional layers; what cannot run is noted, and the node goes on without it."""
    found = layers_of(settings.layers)
    for each in found.missing:
        _LOG.warning("layer left out", layer=each.name, code=each.code)
    return found


def log_fault(error: Exception) -> None:
    """Note a fault of the pages: of what type and where, never its words, which may tell of records."""
    _LOG.error("web.fault", fault=type(error).__name__, at=place_of(error))


def _carriers(settings: NodeSettings, private: Mapping[str, str]) -> dict[Lane, Carrier]:
    """Return a carrier for each lane, each under a login of its own where there is one."""
    names: tuple[Lane, ...] = ("routine", "alert")
    found: dict[Lane, Carrier] = {}
    for lane in names:
        name, _, proof = private.get(f"carrier.{lane}", "").partition(":")
        url = as_user(settings.carrier_url, name, proof) if proof else settings.carrier_url
        found[lane] = JetStreamCarrier(url)
    return found


def _charter(folder: Path, store: Store, clock: Clock) -> CharterBook:
    book = CharterBook(store)
    with store.read() as rx:
        held = rx.charter()
    if held is None:
        chain = read_chain((folder / "charter").read_bytes())
        refused = book.found(chain, at_ms=millis(clock.now()))
        if isinstance(refused, Refusal):
            raise CharterRefused(f"the charter in {folder.name} is refused: {refused.reason}")
    return book


def _enrol(store: Store, book: CharterBook, entropy: Entropy, settings: NodeSettings) -> None:
    """Give an exercise node one officer for each role of the door; they have no passwords.

    They hold every compartment that their party may hold and act for every purpose: they try everything.
    """
    with store.read() as rx:
        known = {o.id for o in rx.officers()}
    cells = (c.code for c in book().compartments if not c.holders or store.party in c.holders)
    given = Given(compartments=tuple(sorted(cells)), uses=settings.purposes)
    door = bytes.fromhex(settings.door_secret)
    with store.write() as tx:
        for role in (r for r in DOOR_ROLES if r not in known):
            name = say(f"door.role.{role}", settings.lang)
            enrol(tx, role, name, role, password=None, lang=settings.lang, given=given, entropy=entropy)
        for role in (r for r in DOOR_ROLES if tx.officer_key(r) is None):
            secret, now_ms = door_secret(door, role), millis(tx.core.clock.now())
            make_credential(tx, role, role, secret, entropy=entropy, now_ms=now_ms)
        open_for_all(tx, protected_of(book(), store.party), DOOR_ROLES, at_ms=millis(tx.core.clock.now()))


def _provider(settings: NodeSettings, private: Mapping[str, str]) -> Provider | None:
    if settings.provider is None:
        return None
    return Provider(settings.provider, secret=private.get("oidc.secret", ""))


def _doorkeeper(settings: NodeSettings) -> Doorkeeper | None:
    if not (settings.exercise and settings.door_secret):
        return None
    return Doorkeeper(bytes.fromhex(settings.door_secret), settings.party)


def _resume(clock: SetClock, store: Store) -> None:
    with store.read() as rx:
        kept = rx.setting(NOW)
    if kept is not None:
        clock.set(moment(int(kept)))


def keep_up(node: Node) -> None:
    """What must be done every minute: grants end, what has ended is destroyed, nothing waits for ever."""
    at_ms = millis(node.clock.now())
    with node.store.write() as tx:
        tx.lapse_grants(at_ms)
        tx.end_asks(now_ms=at_ms)
        end(tx, node.keys, sure_ms=node.clock.sure_ms, at_ms=at_ms)
    node.link.receiver.tidy()
    _declare(node.store, node.keys, node.clock, node.wiring.entropy)
    _tend(Post(node.store, node.book, node.clock))


def _tend(post: Post) -> None:
    """Tell of the clocks that have turned; where another writes for long, the next minute tells."""
    with suppress(StoreBusy):
        tend(post)


def _declare(store: Store, keys: PartyKeys, clock: Clock, entropy: Entropy) -> None:
    """Declare what deletions are due; one that a reader or the disk is in the way of is tried again."""
    try:
        declare(store, keys, clock, entropy)
    except StoreBusy:
        return
    except NotWiped as error:
        _LOG.error("deletion not declared", code=error.code, why=str(error))


def _set_and_keep(clock: SetClock, post: Post, to: datetime) -> None:
    """Put an exercise node's clock, keep where it stands, and tell of what turned meanwhile."""
    clock.set(to)
    with post.store.write() as tx:
        tx.set_setting(NOW, str(millis(to)))
    _tend(post)
