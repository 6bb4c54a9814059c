"""``tansiq restore``: a node out of its backup and its keys."""

from __future__ import annotations

from pathlib import Path

import click

from tansiq.base.clock import SystemClock
from tansiq.base.ids import SystemEntropy
from tansiq.cli.sealing import FILE, opening
from tansiq.node.backup import restore


@click.command()
@click.argument("source", type=FILE)
@click.argument("folder", type=click.Path(file_okay=False, path_type=Path))
@click.option("--keys", required=True, type=FILE, help="The file of the node's keys.")
@click.option("--store", "store_url", help="Another database than the backup's, which must be empty.")
@click.option("--passphrase-file", type=FILE)
@click.option("--identity", type=FILE, help="A file of age identities.")
def group(
    source: Path,
    folder: Path,
    keys: Path,
    store_url: str | None,
    passphrase_file: Path | None,
    identity: Path | None,
) -> int:
    """Verify the backup SOURCE and make a node of it in FOLDER, which must not hold one."""
    under = opening(passphrase_file, identity)
    report = restore(
        source, keys, folder, under, store_url=store_url, clock=SystemClock(), entropy=SystemEntropy()
    )
    for line in report.lines:
        click.echo(f"ok {line.name} {line.checked}")
    return 0
