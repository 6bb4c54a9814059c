"""``tansiq exercise run``: a script of injects over a real federation, with who must see what."""

from __future__ import annotations

import asyncio
import tempfile
from pathlib import Path

import click

from tansiq.node.exercise.director import Director, summary
from tansiq.node.exercise.report import Report
from tansiq.node.exercise.script import Script, load
from tansiq.node.exercise.stage import staged


@click.group()
def group() -> None:
    """Exercises: scripts of injects with what each party must and must not see."""


@group.command()
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
@click.option(
    "--report", "report_file", type=click.Path(dir_okay=False, path_type=Path), help="Write JSON here."
)
@click.option(
    "--folder", type=click.Path(file_okay=False, path_type=Path), help="Keep the nodes in this folder."
)
@click.option("--quiet", is_flag=True, help="Say only what is broken, and the totals.")
def run(file: Path, report_file: Path | None, folder: Path | None, quiet: bool) -> int:
    """Play FILE over a federation of its own and assert who sees what; exit 1 if anything is broken."""
    script = load(file)
    with tempfile.TemporaryDirectory(prefix="tansiq-exercise-") as scratch:
        report = asyncio.run(_played(script, folder or Path(scratch), quiet))
    if report_file is not None:
        report_file.write_bytes(report.encode())
    for line in summary(report):
        click.echo(line)
    return 1 if report.broken else 0


async def _played(script: Script, folder: Path, quiet: bool) -> Report:
    def tell(line: str) -> None:
        if not quiet:
            click.echo(line)

    async with staged(script, folder, tell) as stage:
        return await Director(script, stage, tell).run()
