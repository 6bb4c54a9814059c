"""``tansiq parcel``: make a parcel, take one in, look into one, put several together.

``out`` and ``in`` work over the folder of a node that does not run; a running one has its page.
``inspect`` and ``join`` need neither node nor keys.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

import click

from tansiq.base.clock import millis
from tansiq.base.errors import InputError
from tansiq.base.ids import SystemEntropy
from tansiq.base.refusal import Refusal
from tansiq.exchange.parcels import Courier, inspect, join
from tansiq.model.label import Party
from tansiq.node.alone import Alone
from tansiq.node.settings import read_settings
from tansiq.node.wire import wire

_FOLDER = click.Path(exists=True, file_okay=False, path_type=Path)
_FILE = click.Path(exists=True, dir_okay=False, path_type=Path)
_NEW = click.Path(dir_okay=False, path_type=Path)
OFFICER = "command line"


class PartyNotActive(InputError):
    """A parcel for a party that gets nothing under the charter in force."""

    code = "parcel.party-not-active"


@click.group()
def group() -> None:
    """Envelopes in a file, carried by hand."""


@group.command("out")
@click.argument("folder", type=_FOLDER)
@click.option(
    "--for", "parties", multiple=True, required=True, metavar="PARTY", help="For whom; several times."
)
@click.option("--to", "path", required=True, type=_NEW, metavar="FILE", help="The parcel to write.")
@click.option(
    "--since", type=click.DateTime(["%Y-%m-%d"]), help="Put in everything made since this day (UTC) as well."
)
def out(folder: Path, parties: tuple[str, ...], path: Path, since: datetime | None) -> None:
    """Write what these parties lack of the node in FOLDER into a parcel."""
    since_ms = None if since is None else millis(since.replace(tzinfo=UTC))
    with _at_rest(folder) as courier:
        made = courier.make([Party(p) for p in parties], path, since_ms=since_ms, officer=OFFICER)
    if isinstance(made, Refusal):
        raise PartyNotActive(f"not active in the charter: {', '.join(sorted(made.missing))}")
    click.echo(f"{path}: {made.frames} envelopes, {made.size_bytes} bytes, left over {made.left_over}")


@group.command("in")
@click.argument("folder", type=_FOLDER)
@click.argument("path", type=_FILE, metavar="FILE")
def take(folder: Path, path: Path) -> int:
    """Take the parcel FILE into the node in FOLDER; exit 1 when anything in it was refused or damaged."""
    with _at_rest(folder) as courier:
        taken = courier.take(path, officer=OFFICER)
    if taken.all_known:
        click.echo(f"all {taken.known} known; nothing changed")
        return 0
    click.echo(
        f"envelopes: {taken.frames} new, {taken.known} known, {taken.others} for others, {taken.held} held; "
        f"records: {taken.records} new, {taken.waiting} waiting"
    )
    for code in dict.fromkeys((*taken.refused, *taken.faults)):
        click.echo(f"refused or damaged: {code}")
    return int(bool(taken.refused or taken.faults))


@group.command("inspect")
@click.argument("path", type=_FILE, metavar="FILE")
def look(path: Path) -> int:
    """Say what FILE shows to one without keys; exit 1 when it is damaged."""
    found = inspect(path)
    click.echo(f"parcel {found.id.hex()}: {found.frames} envelopes, {found.size_bytes} bytes")
    for box, count in found.mailboxes:
        click.echo(f"mailbox {box.hex()}: {count}")
    for code in dict.fromkeys(found.faults):
        click.echo(f"damaged: {code}")
    return int(bool(found.faults))


@group.command("join")
@click.argument("into", type=_NEW)
@click.argument("paths", nargs=-1, required=True, type=_FILE, metavar="FILE...")
def put_together(into: Path, paths: tuple[Path, ...]) -> int:
    """Put the envelopes of several parcels into one, each once; no keys are needed."""
    frames, faults = join(paths, into, SystemEntropy())
    click.echo(f"{into}: {frames} envelopes")
    for code in dict.fromkeys(faults):
        click.echo(f"damaged: {code}")
    return int(bool(faults))


@contextmanager
def _at_rest(folder: Path) -> Iterator[Courier]:
    """Give the courier of a node that does not run. Raises NoNode, FolderInUse."""
    read_settings(folder)
    alone = Alone(folder)
    try:
        node = wire(folder)
        try:
            yield Courier(node.store, node.link, node.clock, SystemEntropy())
        finally:
            node.close()
    finally:
        alone.release()
