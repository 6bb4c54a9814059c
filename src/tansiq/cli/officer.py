"""``tansiq officer``: accounts of a node at rest; the first administrator of a live node is made here."""

from __future__ import annotations

from pathlib import Path
from typing import TextIO

import click

from tansiq.base.messages import LANGS, Lang
from tansiq.node.keeping import add_officer, disable_officer, officers
from tansiq.policy.clearance import ROLES, OfficerRole

FOLDER = click.argument("folder", type=click.Path(exists=True, file_okay=False, path_type=Path))


@click.group()
def group() -> None:
    """Accounts of the node in FOLDER, which must be at rest."""


@group.command()
@FOLDER
@click.argument("sign_in_name")
@click.option("--name", required=True, help="Name as pages show it.")
@click.option("--role", type=click.Choice(ROLES), default="admin", show_default=True)
@click.option("--lang", type=click.Choice(LANGS))
@click.option("--password-file", type=click.File("r"), help="Instead of asking; - is standard input.")
def add(
    folder: Path,
    sign_in_name: str,
    name: str,
    role: OfficerRole,
    lang: Lang | None,
    password_file: TextIO | None,
) -> None:
    """Make an account; the password is asked for twice, never given as an argument."""
    password = _password() if password_file is None else password_file.read().split("\n")[0]
    add_officer(folder, sign_in_name, name, role, password, lang=lang)
    click.echo(f"{sign_in_name} {role}")


@group.command("list")
@FOLDER
def list_(folder: Path) -> None:
    """List the accounts."""
    for one in officers(folder):
        state = "active" if one.active else "disabled"
        second = "second-step" if one.second_step else "password-only"
        click.echo(f"{one.id}\t{one.role}\t{state}\t{second}\t{one.name}")


@group.command()
@FOLDER
@click.argument("sign_in_name")
def disable(folder: Path, sign_in_name: str) -> None:
    """Disable an account and end its sessions."""
    disable_officer(folder, sign_in_name)
    click.echo(f"{sign_in_name} disabled")


def _password() -> str:
    said: str = click.prompt("password", hide_input=True, confirmation_prompt=True)
    return said
