"""A shaped link for tests: two namespaces, a relay between them, and programs run on either side."""

from __future__ import annotations

import contextlib
import os
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final, Literal

import msgspec

from tests.links.relay import Shape

Side = Literal["a", "b"]
ADDRESS: Final[dict[Side, str]] = {"a": "10.77.0.1", "b": "10.77.0.2"}
ROOT: Final = Path(__file__).parents[2]


def forbidden() -> str:
    """Return why no link can be made on this machine, or nothing."""
    if os.geteuid() != 0:
        return "only root may make network namespaces"
    if not os.path.exists("/dev/net/tun"):
        return "there is no /dev/net/tun"
    name = f"tq{os.getpid()}-probe"
    made = subprocess.run(["ip", "netns", "add", name], capture_output=True, check=False)
    subprocess.run(["ip", "netns", "del", name], capture_output=True, check=False)
    return "" if made.returncode == 0 else "network namespaces are not permitted here"


@dataclass(frozen=True)
class Link:
    """A running link."""

    name: str

    def started(self, side: Side, *words: str) -> subprocess.Popen[str]:
        """Start a module of ours on one side; it ends when its standard input does."""
        inside = ["ip", "netns", "exec", f"{self.name}-{side}", sys.executable, "-m", *words]
        return subprocess.Popen(
            inside, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, bufsize=1
        )


@contextlib.contextmanager
def linked_by(shape: Shape) -> Iterator[Link]:
    """Give a link of this shape."""
    name = f"tq{os.getpid() % 100_000}"
    words = [sys.executable, "-m", "tests.links.relay", name, msgspec.json.encode(shape).decode()]
    relay = subprocess.Popen(words, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    try:
        assert relay.stdout is not None
        assert relay.stdout.readline().strip() == "ready", "the link could not be made"
        yield Link(name)
    finally:
        relay.communicate("\n", timeout=10)
