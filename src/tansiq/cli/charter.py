"""``tansiq charter``: the charter by file: found, show, propose, sign, adopt; away from any net."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import TypedDict, Unpack

import click
import msgspec

from tansiq.base.clock import millis
from tansiq.base.ids import SystemEntropy
from tansiq.base.messages import say
from tansiq.base.refusal import Refusal
from tansiq.cli.main import spoken_here
from tansiq.model.amendment import Change
from tansiq.model.charter import Charter, CharterRules, KeyId, Names, SignedCharter, decode_charter
from tansiq.model.label import Party
from tansiq.node import ceremony
from tansiq.node.locked import held
from tansiq.node.settings import read_settings, write_private
from tansiq.node.turning import next_of
from tansiq.policy import amend, amend_whole
from tansiq.policy.charter import charter_hash, standing
from tansiq.policy.charter_words import fingerprint, in_words, named, rules_words

FOLDER = click.argument("folder", type=click.Path(exists=True, file_okay=False, path_type=Path))
FILE = click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
WHEN = click.DateTime(("%Y-%m-%dT%H:%MZ", "%Y-%m-%d"))


class _Whole(TypedDict):
    """Options that set a circle, a compartment, the presidency or the rules as a whole."""

    set_circle: str | None
    set_compartment: str | None
    members: tuple[str, ...]
    hidden: bool
    protected: bool
    names: tuple[str, str, str] | None
    drop_circle: str | None
    drop_compartment: str | None
    presidency: str | None
    amend_quorum: int | None
    suspend_quorum: int | None
    heartbeat_h: int | None
    own_compartments: bool | None


@click.group()
def group() -> None:
    """The charter: who takes part, under which keys and rules."""


@group.command()
@FILE
@click.argument("cards", nargs=-1, required=True, type=click.Path(exists=True, path_type=Path))
@click.option("--name", required=True)
@click.option("--amend", "amend_quorum", type=int, default=0, help="Members that sign an amendment; 0 = all.")
@click.option("--suspend", "suspend_quorum", type=int, default=0, help="Members that sign a suspension.")
def found(file: Path, cards: tuple[Path, ...], name: str, amend_quorum: int, suspend_quorum: int) -> None:
    """Write the first charter, unsigned, for the parties of these CARDS into FILE."""
    rules = CharterRules(amend_quorum=amend_quorum, suspend_quorum=suspend_quorum)
    signed = ceremony.first_charter(cards, name=name, rules=rules)
    _write(file, signed)
    _show(signed, None)


@group.command()
@FILE
@click.option(
    "--after", type=click.Path(exists=True, file_okay=False, path_type=Path), help="A node's folder."
)
def show(file: Path, after: Path | None) -> None:
    """Tell in words what the charter in FILE says, or changes of the one in force at a node."""
    _show(ceremony.read_charter(file), None if after is None else ceremony.held_charter(after))


@group.command()
@FOLDER
@FILE
@click.option("--suspend")
@click.option("--lift")
@click.option("--leave", help="The party that leaves; --at says when.")
@click.option("--revoke", help="The sign key; --at says from when.")
@click.option("--join", "card", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--circle", "circles", multiple=True, help="A circle in which who joins has a seat.")
@click.option("--rotate", is_flag=True, help="The keys that ``tansiq keys rotate`` made at this node.")
@click.option("--boxes", is_flag=True, help="New mailboxes for the party of this node.")
@click.option("--set-circle", help="The circle's code; --member says who sits in it.")
@click.option("--set-compartment", help="The compartment's code; --member says who holds it, none = anybody.")
@click.option("--member", "members", multiple=True)
@click.option("--hidden", is_flag=True, help="The compartment's existence is not shown.")
@click.option("--protected", is_flag=True, help="The compartment's records are under officers' keys.")
@click.option("--names", nargs=3, help="Of the circle or compartment: Arabic, French, English.")
@click.option("--drop-circle")
@click.option("--drop-compartment")
@click.option("--presidency", help="The party that holds it; --at says from when.")
@click.option(
    "--amend", "amend_quorum", type=click.IntRange(0), help="Members that sign an amendment; 0 = all."
)
@click.option("--suspend-quorum", type=click.IntRange(0), help="Members that sign a suspension; 0 = all.")
@click.option("--heartbeat", "heartbeat_h", type=click.IntRange(1), help="Hours between head lists.")
@click.option(
    "--own-compartments/--listed-compartments", default=None, help="Those the charter does not list."
)
@click.option("--at", type=WHEN)
def propose(
    folder: Path,
    file: Path,
    suspend: str | None,
    lift: str | None,
    leave: str | None,
    revoke: str | None,
    card: Path | None,
    circles: tuple[str, ...],
    rotate: bool,
    boxes: bool,
    at: datetime | None,
    **whole: Unpack[_Whole],
) -> None:
    """Write the next epoch, unsigned, into FILE: the charter of the node in FOLDER with one change."""

    def changes(charter: Charter, now_ms: int) -> Sequence[Change] | Refusal:
        moment_ms = now_ms if at is None else millis(at.replace(tzinfo=UTC))
        if suspend:
            return amend.suspend(charter, Party(suspend), at_ms=now_ms)
        if lift:
            return amend.lift(charter, Party(lift))
        if leave:
            return amend.leave(charter, Party(leave), until_ms=moment_ms)
        if revoke:
            owner = charter.owner_of_key(revoke) or Party("")
            return amend.revoke(charter, owner, KeyId(revoke), from_ms=moment_ms)
        if card is not None:
            return amend.join(charter, ceremony.read_card(card), circles=circles)
        if boxes:
            return _new_boxes(read_settings(folder).party, charter, now_ms)
        return _rotation(folder, charter, now_ms) if rotate else _of_whole(charter, now_ms, moment_ms, whole)

    signed = ceremony.proposed(folder, changes)
    _write(file, signed)
    _show(signed, ceremony.held_charter(folder))


@group.command()
@FOLDER
@FILE
def sign(folder: Path, file: Path) -> None:
    """Add the signature of the party whose node is in FOLDER to the charter in FILE, and show it."""
    before = ceremony.held_charter(folder)
    _show(ceremony.sign_file(folder, file), before)


@group.command()
@FILE
@click.argument("files", nargs=-1, required=True, type=click.Path(exists=True, path_type=Path))
def merge(file: Path, files: tuple[Path, ...]) -> None:
    """Write one charter with the signatures of all FILES into FILE."""
    _write(file, ceremony.merge_files(files))
    click.echo(str(len(ceremony.read_charter(file).signatures)))


@group.command()
@FOLDER
@FILE
def adopt(folder: Path, file: Path) -> None:
    """Adopt the signed charter, or chain of charters, in FILE at the node in FOLDER, at rest."""
    charter = ceremony.adopt_file(folder, file)
    click.echo(f"{charter.name} {charter.epoch}")


@group.command()
@FOLDER
@FILE
def export(folder: Path, file: Path) -> None:
    """Write the chain of all charters of the node in FOLDER into FILE, for one who joins late."""
    chain = ceremony.held_chain(folder)
    write_private(file, msgspec.msgpack.encode(chain))
    click.echo(str(len(chain)))


def _rotation(folder: Path, charter: Charter, now_ms: int) -> Sequence[Change] | Refusal:
    opened = held(folder)
    newer = next_of(opened.private)
    if newer is None:
        return Refusal("amend.nothing", frozenset({"tansiq keys rotate"}))
    sign_key, seal_key = newer.sign_key(from_ms=now_ms), newer.seal_key(from_ms=now_ms)
    return amend.rotate(
        charter, newer.party, at_ms=now_ms, sign=sign_key, seal=seal_key, overlap_ms=amend.OVERLAP_MS
    )


def _new_boxes(party: Party, charter: Charter, now_ms: int) -> Sequence[Change] | Refusal:
    entropy = SystemEntropy()
    return amend.rotate(charter, party, at_ms=now_ms, mailboxes=(entropy.take(16), entropy.take(16)))


def _of_whole(charter: Charter, now_ms: int, moment_ms: int, said: _Whole) -> Sequence[Change] | Refusal:
    members = tuple(Party(code) for code in said["members"])
    names = Names(*said["names"]) if said["names"] else None
    if code := said["set_circle"]:
        return amend_whole.set_circle(charter, code, members, at_ms=now_ms, names=names)
    if code := said["set_compartment"]:
        hidden, protected = said["hidden"], said["protected"]
        return amend_whole.set_compartment(
            charter, code, hidden=hidden, protected=protected, holders=members, names=names
        )
    if code := said["drop_circle"]:
        return amend_whole.drop_circle(charter, code)
    if code := said["drop_compartment"]:
        return amend_whole.drop_compartment(charter, code)
    if code := said["presidency"]:
        return amend_whole.set_presidency(charter, Party(code), from_ms=moment_ms)
    return amend_whole.set_rules(
        charter,
        amend_quorum=said["amend_quorum"],
        suspend_quorum=said["suspend_quorum"],
        heartbeat_h=said["heartbeat_h"],
        own_compartments=said["own_compartments"],
    )


def _write(file: Path, signed: SignedCharter) -> None:
    write_private(file, msgspec.msgpack.encode(signed))


def _show(signed: SignedCharter, before: SignedCharter | None) -> None:
    lang = spoken_here()
    charter = decode_charter(signed.charter)
    click.echo(f"{charter.name} · {say('charter.page.epoch', lang)} {charter.epoch}")
    click.echo(charter_hash(signed.charter).hex())
    follows = before is not None and charter.previous == charter_hash(before.charter)
    if before is not None and follows:
        for line in in_words(decode_charter(before.charter), charter, lang):
            click.echo(f"  {line}")
    else:
        for entry in charter.parties:
            key = entry.sign_keys[-1]
            click.echo(
                f"  {named(charter, entry.code, lang)} {entry.type} {key.id} {fingerprint(key.public)}"
            )
        click.echo(f"  {rules_words(charter.rules, lang)}")
    if follows or charter.previous is None:
        stands = standing(signed, previous=before if follows else None)
        click.echo(f"{say('charter.page.signed', lang)}: {', '.join(stands.given) or '—'}")
        click.echo(f"{say('charter.page.lacking', lang)}: {', '.join(stands.lacking) or '—'}")
