"""The root of the command line and its one table from error to exit."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from importlib import import_module
from importlib.util import find_spec
from typing import Final

import click

from tansiq import __version__
from tansiq.base.errors import TansiqError
from tansiq.base.messages import LANGS, Lang, hint_of, title_of

GROUPS: Final = (
    "backup",
    "carrier",
    "charter",
    "demo",
    "exercise",
    "intake",
    "keys",
    "node",
    "officer",
    "outside",
    "parcel",
    "rebuild",
    "recover",
    "restore",
    "verify",
)
"""Command groups: each is ``group`` in the module of its name, loaded only when it is asked for."""


class _Lazy(click.Group):
    """A group whose commands are loaded one by one: ``intake draft`` needs no server."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 (click names it)
        return [name for name in GROUPS if find_spec(f"tansiq.cli.{name}") is not None]

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in self.list_commands(ctx):
            return None
        group: click.Command = import_module(f"tansiq.cli.{cmd_name}").group
        return group


@click.group(cls=_Lazy, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 110})
@click.version_option(__version__, prog_name="tansiq")
def root() -> None:
    """Tansiq (تنسيق): coordination among sovereign states."""


def spoken_here() -> Lang:
    """Return the language the terminal is set to (``LC_ALL``, ``LC_MESSAGES``, ``LANG``), else English."""
    said = next((v for n in ("LC_ALL", "LC_MESSAGES", "LANG") if (v := os.environ.get(n))), "")
    return next((lang for lang in LANGS if said.startswith(lang)), "en")


def main(argv: Sequence[str] | None = None) -> int:
    """Run the command line; a fault is one line and one hint on standard error, exit 1."""
    try:
        code = root.main(args=list(argv) if argv is not None else None, standalone_mode=False)
    except TansiqError as error:
        lang = spoken_here()
        said = str(error) if lang == "en" else title_of(error.code, lang)
        print(f"tansiq: {said} [{error.code}]", file=sys.stderr)
        if hint := hint_of(error.code, lang):
            print(f"hint: {hint}", file=sys.stderr)
        return 1
    except click.exceptions.Abort:
        return 130
    except click.ClickException as error:
        error.show()
        return error.exit_code
    return code if isinstance(code, int) else 0
