"""``tansiq verify``: whether a node's store is what it says."""

from __future__ import annotations

from pathlib import Path

import click

from tansiq.node.upkeep import at_rest, verified


@click.command()
@click.argument("folder", type=click.Path(exists=True, file_okay=False, path_type=Path))
def group(folder: Path) -> int:
    """Check everything that the store of the node in FOLDER holds; the node must be at rest."""
    with at_rest(folder) as store:
        report = verified(store)
    for line in report.lines:
        click.echo(f"{'ok' if line.ok else 'broken'} {line.name} {line.checked}")
        for wrong in line.wrong:
            click.echo(f"   {wrong}")
    return 0 if report.ok else 1
