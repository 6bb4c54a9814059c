"""``tansiq rebuild``: the projections made again from the log."""

from __future__ import annotations

from pathlib import Path

import click

from tansiq.node.upkeep import at_rest, rebuilt


@click.command()
@click.argument("folder", type=click.Path(exists=True, file_okay=False, path_type=Path))
def group(folder: Path) -> int:
    """Make the projections of the node in FOLDER again and say whether they are the same."""
    with at_rest(folder) as store:
        before, after = rebuilt(store)
    click.echo(f"before {before}\nafter  {after}")
    return 0 if before == after else 1
