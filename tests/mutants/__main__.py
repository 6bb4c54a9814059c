"""``make mutants``: every mutant of ``policy`` and ``seal``, and what became of it (mutmut).

A mutant lives when no test of the two floors fails. Those that cannot be told from the program (equivalent),
and those left alive on purpose, stand in ``survivors.json`` with the reason; any other that lives is printed.
Arguments: patterns of mutants (``tansiq.policy*``); ``--again`` tells of the last run without running.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from fnmatch import fnmatch
from pathlib import Path

import msgspec
from mutmut.mutation.diff_apply import get_diff_for_mutant

HERE = Path(__file__).parent
RESULTS = Path("mutants")
AIM = 0.95
FLOORS = ("tansiq.policy", "tansiq.seal")
KILLED = frozenset({1, 3, 36, 37, 152, -24, 24, -9, -11, 255})
"""mutmut's exit codes of a mutant that a test, the type checker or the time limit caught."""
LIVES = frozenset({0, 5, 33})


class Known(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A mutant known to live: the function, a line before and after, and why."""

    where: str
    was: str
    becomes: str
    why: str
    equivalent: bool = True


@dataclass(frozen=True)
class Mutant:
    """One mutant that lives."""

    name: str
    was: str
    becomes: str

    @property
    def where(self) -> str:
        """The function it stands in, with its module."""
        module, _, function = self.name.partition("__mutmut_")[0].rpartition(".")
        return f"{module}.{function.removeprefix('x_')}"

    def is_known(self, known: Known) -> bool:
        """Whether the entry speaks of this mutant."""
        return (known.where, known.was, known.becomes) == (self.where, self.was, self.becomes)


def known_survivors() -> list[Known]:
    """Return the mutants that may live."""
    return msgspec.json.decode((HERE / "survivors.json").read_bytes(), type=list[Known])


def verdicts(patterns: list[str]) -> Iterator[tuple[str, int]]:
    """Yield each mutant's name and mutmut's exit code for it."""
    for path in sorted(RESULTS.glob("src/**/*.meta")):
        for name, code in json.loads(path.read_text())["exit_code_by_key"].items():
            if code is not None and (not patterns or any(fnmatch(name, p) for p in patterns)):
                yield name, code


def living(name: str) -> Mutant:
    """Return a mutant with the lines in which it differs."""
    lines = get_diff_for_mutant(name).splitlines()
    was = " ".join(at[1:].strip() for at in lines if at.startswith("-") and not at.startswith("---"))
    becomes = " ".join(at[1:].strip() for at in lines if at.startswith("+") and not at.startswith("+++"))
    return Mutant(name, was, becomes)


def told(floor: str, found: list[tuple[str, int]], known: list[Known]) -> bool:
    """Print one floor's figures and unexplained survivors; return whether it reaches the aim."""
    mine = [(name, code) for name, code in found if name.startswith(floor)]
    if not mine:
        return True
    alive = [living(name) for name, code in mine if code in LIVES]
    explained = {m.name: k for m in alive for k in known if m.is_known(k)}
    equivalent = sum(k.equivalent for k in explained.values())
    judged = len(mine) - equivalent
    killed = sum(code in KILLED for _, code in mine)
    print(
        f"{floor}: {killed:,} of {judged:,} killed = {killed / judged:.1%}; {equivalent} equivalent", end="; "
    )
    print(f"{len(alive) - len(explained)} unexplained")
    for mutant in alive:
        if mutant.name not in explained:
            print(f"  {mutant.name}\n    - {mutant.was}\n    + {mutant.becomes}")
    return killed / judged >= AIM


def run(patterns: list[str]) -> None:
    """Let mutmut run; it goes on where it was stopped."""
    command = [
        str(Path(sys.executable).parent / "mutmut"),
        "run",
        "--max-children",
        os.environ.get("JOBS", "2"),
    ]
    plain = {k: v for k, v in os.environ.items() if k != "PYTHONPATH"}
    subprocess.run([*command, *patterns], env=plain, check=False, stdout=subprocess.DEVNULL)


def main() -> int:
    """Run, tell, and return 1 when a floor misses the aim."""
    patterns = [a for a in sys.argv[1:] if not a.startswith("--")]
    if "--again" not in sys.argv:
        run(patterns)
    found, known = list(verdicts(patterns)), known_survivors()
    if not found:
        print("no mutant was judged")
        return 1
    reached = [told(floor, found, known) for floor in FLOORS]
    return int(not all(reached))


if __name__ == "__main__":
    sys.exit(main())
