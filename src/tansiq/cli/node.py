"""``tansiq node``: run one party's installation; its passphrase, certificate and secrets."""

from __future__ import annotations

from pathlib import Path
from typing import TextIO, get_args

import click

from tansiq.base.messages import LANGS, Lang
from tansiq.model.charter import Names, PartyType
from tansiq.model.label import Party
from tansiq.node.ceremony import init_node
from tansiq.node.keeping import change_passphrase, keep_secret, make_certificate
from tansiq.node.run import run_node
from tansiq.policy.charter_words import fingerprint


@click.group()
def group() -> None:
    """One party's node."""


@group.command()
@click.argument("folder", type=click.Path(exists=False, path_type=Path))
@click.option("--party", required=True, help="The code under which the charter knows the party.")
@click.option("--ar", "name_ar", required=True, help="The party's name in Arabic.")
@click.option("--fr", "name_fr", required=True, help="The party's name in French.")
@click.option("--en", "name_en", required=True, help="The party's name in English.")
@click.option("--type", "type_", type=click.Choice(get_args(PartyType)), default="member", show_default=True)
@click.option("--lang", type=click.Choice(LANGS), default="ar", show_default=True)
@click.option("--port", type=click.IntRange(1, 65535), default=8443, show_default=True)
@click.option("--timezone", default="UTC", show_default=True)
@click.option("--passphrase-file", type=click.File("r"), help="Instead of asking; - is standard input.")
def init(
    folder: Path,
    party: str,
    name_ar: str,
    name_fr: str,
    name_en: str,
    type_: PartyType,
    lang: Lang,
    port: int,
    timezone: str,
    passphrase_file: TextIO | None,
) -> None:
    """Make a live node in FOLDER with keys of its own, under a passphrase, and its card for the ceremony."""
    if passphrase_file is None:
        word = click.prompt("passphrase", hide_input=True, confirmation_prompt=True)
    else:
        word = passphrase_file.read().split("\n")[0]
    names = Names(name_ar, name_fr, name_en)
    card = init_node(
        folder,
        Party(party),
        names=names,
        type_=type_,
        lang=lang,
        port=port,
        passphrase=word,
        timezone=timezone,
    )
    key = card.sign_keys[0]
    click.echo(f"{card.code} {key.id} {fingerprint(key.public)}")


@group.command()
@click.argument("folder", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.option("--while-parent-lives", is_flag=True, hidden=True)
def run(folder: Path, while_parent_lives: bool) -> None:
    """Run the node whose settings, keys and store stand in FOLDER."""
    run_node(folder, while_parent_lives=while_parent_lives)


@group.command()
@click.argument("folder", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.option("--new-file", type=click.File("r"), help="The new one from a file; - is standard input.")
def passphrase(folder: Path, new_file: TextIO | None) -> None:
    """Put the secrets of the node in FOLDER under a passphrase, or under another one; the node is at rest.

    The one in force is read from TANSIQ_PASSPHRASE_FD, the service manager's credentials,
    TANSIQ_PASSPHRASE_FILE or the terminal; never from an argument.
    """
    if new_file is not None:
        new = new_file.read().split("\n")[0]
    else:
        new = click.prompt("new passphrase", hide_input=True, confirmation_prompt=True)
    change_passphrase(folder, new)
    click.echo("passphrase changed")


@group.command()
@click.argument("folder", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.option("--name", "names", multiple=True, help="Host name or address; may be given more than once.")
@click.option("--days", type=click.IntRange(1, 3650), default=397, show_default=True)
def tls(folder: Path, names: tuple[str, ...], days: int) -> None:
    """Make a certificate of its own for the pages of the node in FOLDER and print its fingerprint."""
    click.echo(f"SHA-256 {make_certificate(folder, names, days=days)}")


@group.command()
@click.argument("folder", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.argument("name")
@click.option("--file", "source", type=click.File("r"), help="Instead of asking; - is standard input.")
def secret(folder: Path, name: str, source: TextIO | None) -> None:
    """Keep one more secret of the node in FOLDER: ``carrier.routine``, ``carrier.alert``, ``oidc.secret``."""
    value = click.prompt(name, hide_input=True) if source is None else source.read().split("\n")[0]
    keep_secret(folder, name, value)
    click.echo(name)
