"""The command line: one file a command group."""

from tansiq.cli.main import main

__all__ = ["main"]
