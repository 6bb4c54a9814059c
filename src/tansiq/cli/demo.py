"""``tansiq demo``: the demonstration, and its proofs."""

from __future__ import annotations

import asyncio
from pathlib import Path

import click

from tansiq.node.demo.show import plan_for, prove, show


@click.command()
@click.option("--all", "every", is_flag=True, help="Eleven parties instead of seven.")
@click.option("--check", is_flag=True, help="No pages: the federation proves by itself what it promises.")
@click.option("--folder", type=click.Path(file_okay=False, path_type=Path), help="Where the nodes live.")
@click.option("--docs", type=click.Path(path_type=Path), help="A folder of your own articles (.txt).")
@click.option("--port", type=int, help="The door's port; else 8700 or a free one.")
def group(every: bool, check: bool, folder: Path | None, docs: Path | None, port: int | None) -> int:
    """Bring up every party, each its own node, and print one address. Ctrl-C stops all."""
    plan = plan_for(every=every)
    if check:
        return 0 if asyncio.run(prove(plan, _tell)) else 1
    home = folder or Path("var") / ("demo-all" if every else "demo")
    asyncio.run(show(home.resolve(), plan, port, docs, _tell))
    return 0


def _tell(line: str) -> None:
    click.echo(line)
