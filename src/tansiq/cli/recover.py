"""``tansiq recover``: a node out of its keys alone; what is its own comes back from the others."""

from __future__ import annotations

from pathlib import Path

import click

from tansiq.base.clock import SystemClock
from tansiq.base.ids import SystemEntropy
from tansiq.cli.sealing import FILE, opening
from tansiq.node.backup import begin_anew


@click.command()
@click.argument("keys", type=FILE)
@click.argument("folder", type=click.Path(file_okay=False, path_type=Path))
@click.option("--store", "store_url", help="Another database than the node had, which must be empty.")
@click.option("--passphrase-file", type=FILE)
@click.option("--identity", type=FILE, help="A file of age identities.")
def group(
    keys: Path, folder: Path, store_url: str | None, passphrase_file: Path | None, identity: Path | None
) -> int:
    """Make a node in FOLDER of the file KEYS; started, it asks the others for what is its own."""
    under = opening(passphrase_file, identity)
    begin_anew(keys, folder, under, store_url=store_url, clock=SystemClock(), entropy=SystemEntropy())
    click.echo(f"{folder}: tansiq node run {folder}")
    return 0
