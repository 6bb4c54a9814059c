"""``tansiq outside``: how a node's notices leave it; the node must be started again afterwards."""

from __future__ import annotations

from pathlib import Path
from typing import TextIO

import click

from tansiq.base.clock import SystemClock
from tansiq.base.ids import SystemEntropy
from tansiq.gateways.mail import SECURITIES
from tansiq.gateways.notices import MailSettings, PhoneSettings
from tansiq.node.outside import set_outside

FOLDER = click.argument("folder", type=click.Path(exists=True, file_okay=False, path_type=Path))
ADDRESS = click.option("--address", default="", help="Where officers find this node, as notices say it.")
SECRET = click.option("--secret-file", type=click.File("r"), help="Its password; - is standard input.")


@click.group()
def group() -> None:
    """Notices outside the page of the node in FOLDER: number, urgency, clock, never content."""


@group.command()
@FOLDER
@click.option("--host", required=True)
@click.option("--port", type=int, default=587, show_default=True)
@click.option("--security", type=click.Choice(SECURITIES), default="starttls", show_default=True)
@click.option("--sender", required=True, help="The address notices come from.")
@click.option("--user", default="")
@click.option("--ca", default="", help="A file of certificates, as seen from FOLDER.")
@ADDRESS
@SECRET
def mail(
    folder: Path,
    host: str,
    port: int,
    security: str,
    sender: str,
    user: str,
    ca: str,
    address: str,
    secret_file: TextIO | None,
) -> None:
    """Send notices by e-mail through the party's own server."""
    settings = MailSettings(host=host, port=port, security=security, sender=sender, user=user, ca=ca)
    set_outside(
        folder, mail=settings, address=address, secret=_first(secret_file), clock=SystemClock(),
        entropy=SystemEntropy(),
    )  # fmt: skip
    click.echo(f"mail {security} {host}:{port}")


@group.command()
@FOLDER
@click.option("--url", default="", help="An address of this machine or its network, in figures.")
@click.option("--command", default="", help="The whole path of a command.")
@ADDRESS
@SECRET
def phone(folder: Path, url: str, command: str, address: str, secret_file: TextIO | None) -> None:
    """Send notices by a telephone gateway: an HTTP address or a command."""
    settings = PhoneSettings(url=url, command=(command,) if command else ())
    set_outside(
        folder, phone=settings, address=address, secret=_first(secret_file), clock=SystemClock(),
        entropy=SystemEntropy(),
    )  # fmt: skip
    click.echo("phone http" if url else "phone command")


def _first(file: TextIO | None) -> str:
    return "" if file is None else file.read().partition("\n")[0]
