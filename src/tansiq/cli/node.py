"""``tansiq node``: run one party's installation."""

from __future__ import annotations

from pathlib import Path

import click

from tansiq.node.run import run_node


@click.group()
def group() -> None:
    """One party's node."""


@group.command()
@click.argument("folder", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.option("--while-parent-lives", is_flag=True, hidden=True)
def run(folder: Path, while_parent_lives: bool) -> None:
    """Run the node whose settings, keys and store stand in FOLDER."""
    run_node(folder, while_parent_lives=while_parent_lives)
