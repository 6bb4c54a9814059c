"""Build the front end from npm packages into ``src/tansiq/web/dist``; nothing to do when it is fresh."""

from __future__ import annotations

import hashlib
import sys
import time
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from tools.node import BuildFault, Node, find  # noqa: E402

UI = ROOT / "ui"
DIST = ROOT / "src" / "tansiq" / "web" / "dist"
STAMP = UI / ".stamp"
PACKAGES = UI / "node_modules" / ".stamp"


def inputs() -> Iterator[Path]:
    """Yield every file that the assets are made of, in a fixed order."""
    yield from sorted(path for path in UI.glob("*") if path.is_file() and path.name != ".stamp")
    for folder in ("css", "islands"):
        yield from sorted(path for path in (UI / folder).rglob("*") if path.is_file())


def digest(paths: Iterator[Path]) -> str:
    """Return one hash over the names and contents of files."""
    total = hashlib.sha256()
    for path in paths:
        total.update(f"{path.relative_to(ROOT)}\0{path.stat().st_size}\0".encode())
        total.update(path.read_bytes())
    return total.hexdigest()


def _reads(stamp: Path, value: str) -> bool:
    return stamp.is_file() and stamp.read_text(encoding="ascii") == value


def _install(node: Node) -> None:
    value = digest(iter([UI / "package.json", UI / "package-lock.json"]))
    if _reads(PACKAGES, value):
        return
    print("front end: fetching packages", flush=True)
    node.install(UI)
    PACKAGES.write_text(value, encoding="ascii")


def build() -> bool:
    """Make the assets if an input changed since they were made; return whether they were made."""
    value = digest(inputs())
    if _reads(STAMP, value) and (DIST / "manifest.json").is_file():
        return False
    started = time.monotonic()
    node = find()
    _install(node)
    print("front end: building assets", flush=True)
    node.run(UI / "node_modules" / "typescript" / "bin" / "tsc", "--noEmit", "-p", ".", cwd=UI)
    node.run(UI / "build.mjs", str(DIST), cwd=UI)
    STAMP.write_text(value, encoding="ascii")
    print(f"front end: ready ({time.monotonic() - started:.0f} s)", flush=True)
    return True


def main() -> int:
    """Build what is out of date; return the exit code."""
    try:
        build()
    except BuildFault as fault:
        print(f"front end: {fault}", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
