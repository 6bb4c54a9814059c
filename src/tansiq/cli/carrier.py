"""``tansiq carrier``: for whoever runs a carrier, and for the node that asks to be let in."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import TextIO

import click

from tansiq.base.ids import SystemEntropy
from tansiq.exchange.logins import BadLogin, login_of, public_of
from tansiq.exchange.provisioning import write_logins
from tansiq.node import carrier

FILE = click.Path(exists=True, dir_okay=False, path_type=Path)


@click.group()
def group() -> None:
    """The carrier's mailboxes and who takes from them: tokens only, no names."""


@group.command()
@click.argument("tokens", type=FILE)
@click.argument("logins", type=FILE)
@click.argument("settings", type=click.Path(dir_okay=False, path_type=Path))
@click.option(
    "--address-file", type=click.File("r"), required=True, help="The operator's; - = standard input."
)
def provision(tokens: Path, logins: Path, settings: Path, address_file: TextIO) -> None:
    """Set up the mailboxes of the list TOKENS and write who may take from them into SETTINGS.

    LOGINS is brought up to date. The server takes SETTINGS up with ``nats-server --signal reload``. What is
    printed are tokens that no login takes from yet.
    """
    url = address_file.read().strip()
    seed = login_of(url).seed
    if not seed:
        raise BadLogin("the operator's address holds no seed")
    work = carrier.provide(tokens.read_bytes(), logins, settings, url=url, operator=public_of(seed))
    made = asyncio.run(work)
    for token in made.unclaimed:
        click.echo(token.hex())


@group.command()
@click.argument("folder", type=click.Path(exists=True, file_okay=False, path_type=Path))
def login(folder: Path) -> None:
    """Make the carrier's logins of the node in FOLDER, at rest; print the lines for the carrier's LOGINS."""
    made = carrier.make_logins(folder, SystemEntropy())
    click.echo(write_logins(made).decode(), nl=False)
