"""``tansiq keys``: a party's keys: new ones, what they are, the next ones."""

from __future__ import annotations

from pathlib import Path
from typing import TextIO

import click

from tansiq.base.ids import SystemEntropy
from tansiq.model.label import Party
from tansiq.node.locked import held
from tansiq.node.settings import write_private
from tansiq.node.turning import make_next, next_of
from tansiq.policy.charter_words import fingerprint
from tansiq.seal.keys import PartyKeys, generate, save

FOLDER = click.argument("folder", type=click.Path(exists=True, file_okay=False, path_type=Path))


@click.group()
def group() -> None:
    """A party's sign and seal keys."""


@group.command()
@click.argument("party")
@click.argument("file", type=click.Path(exists=False, dir_okay=False, path_type=Path))
@click.option("--passphrase-file", type=click.File("r"), help="Instead of asking; - is standard input.")
def new(party: str, file: Path, passphrase_file: TextIO | None) -> None:
    """Make new keys for PARTY and keep them under a passphrase in FILE."""
    if passphrase_file is None:
        word = click.prompt("passphrase", hide_input=True, confirmation_prompt=True)
    else:
        word = passphrase_file.read().split("\n")[0]
    entropy = SystemEntropy()
    keys = generate(Party(party), entropy=entropy)
    write_private(file, save(keys, passphrase=word, entropy=entropy))
    _show(keys)


@group.command()
@FOLDER
def show(folder: Path) -> None:
    """Show the public side of the keys of the node in FOLDER, and of its next keys."""
    opened = held(folder)
    _show(opened.keys)
    newer = next_of(opened.private)
    if newer is not None:
        _show(newer)


@group.command()
@FOLDER
def rotate(folder: Path) -> None:
    """Make the next keys of the node in FOLDER, at rest; ``tansiq charter propose --rotate`` names them."""
    _show(make_next(folder, held(folder).keys, SystemEntropy()))


def _show(keys: PartyKeys) -> None:
    click.echo(f"{keys.party} {keys.signer_id} {fingerprint(keys.public)} {keys.recipient}")
