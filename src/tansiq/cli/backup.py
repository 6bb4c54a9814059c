"""``tansiq backup``: a node in one sealed file, its keys in another."""

from __future__ import annotations

from pathlib import Path

import click

from tansiq.base.clock import SystemClock
from tansiq.base.ids import SystemEntropy
from tansiq.cli.sealing import NEW_FILE, passphrase_of
from tansiq.node.backup import Under, backup, backup_keys


@click.command()
@click.argument("folder", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.argument("out", type=NEW_FILE, required=False)
@click.option("--keys", type=NEW_FILE, help="Write the keys into this file, to be kept elsewhere.")
@click.option("--to", "recipients", multiple=True, metavar="AGE1…", help="Seal for an age recipient.")
@click.option("--passphrase-file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
def group(
    folder: Path,
    out: Path | None,
    keys: Path | None,
    recipients: tuple[str, ...],
    passphrase_file: Path | None,
) -> int:
    """Write a backup of the node in FOLDER, which may run, to OUT; without OUT only the keys."""
    if out is None and keys is None:
        raise click.UsageError("say OUT, or --keys, or both")
    word = None if recipients else passphrase_of(passphrase_file, twice=True)
    under, clock, entropy = Under(word, recipients), SystemClock(), SystemEntropy()
    if out is not None:
        backup(folder, out, under, clock=clock, entropy=entropy)
        click.echo(f"{out} {out.stat().st_size}")
    if keys is not None:
        backup_keys(folder, keys, under, clock=clock, entropy=entropy)
        click.echo(f"{keys} {keys.stat().st_size}")
    return 0
