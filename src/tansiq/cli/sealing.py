"""How commands are given the passphrase or the identity of a sealed file: never as an argument."""

from __future__ import annotations

from pathlib import Path
from typing import Final

import click

from tansiq.node.backup import Under

FILE: Final = click.Path(exists=True, dir_okay=False, path_type=Path)
NEW_FILE: Final = click.Path(exists=False, dir_okay=False, path_type=Path)


def passphrase_of(path: Path | None, *, twice: bool = False) -> str:
    """Return the passphrase in a file's first line, or ask for it."""
    if path is not None:
        return path.read_text(encoding="utf8").partition("\n")[0]
    found: str = click.prompt("passphrase", hide_input=True, confirmation_prompt=twice, err=True)
    return found


def opening(passphrase_file: Path | None, identity: Path | None) -> Under:
    """Return how to open: with the identities in an age key file, or with a passphrase."""
    if identity is None:
        return Under(passphrase_of(passphrase_file))
    lines = identity.read_text(encoding="utf8").split()
    return Under(identities=tuple(line for line in lines if line.startswith("AGE-SECRET-KEY-")))
