"""``make mutants``: every mutant of ``policy`` and ``seal``, and what became of it (mutmut).

A mutant lives when no test of the two floors fails. Those that cannot be told from the program (equivalent),
and those left alive on purpose, stand in ``survivors.json`` with the reason; any other that lives is printed.
One whose function changed since the last run is not judged, and so is not killed, until the next.
Arguments: patterns of mutants (``tansiq.policy*``); ``--again`` tells of the last run without running.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from fnmatch import fnmatch
from pathlib import Path
from typing import Any

import msgspec
from mutmut.mutation.diff_apply import get_diff_for_mutant
from mutmut.mutation.file_mutation import compute_function_hashes

HERE = Path(__file__).parent
RESULTS = Path("mutants")
AIM = 0.95
FLOORS = ("tansiq.policy", "tansiq.seal")
KILLED = frozenset({1, 3, 36, 37, 152, -24, 24, -9, -11, 255})
"""mutmut's exit codes of a mutant that a test, the type checker or the time limit caught."""
LATE = frozenset({36, 152, -24, 24})
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


def verdicts(patterns: list[str]) -> Iterator[tuple[str, int | None]]:
    """Yield each mutant's name and mutmut's exit code; None = not judged as its function now stands."""
    for path in sorted(RESULTS.glob("src/**/*.meta")):
        source = path.relative_to(RESULTS).with_suffix("")
        standing = compute_function_hashes(source.read_text()) if source.exists() else {}
        yield from of_module(json.loads(path.read_text()), standing, patterns)


def of_module(
    meta: Mapping[str, Mapping[str, Any]], standing: Mapping[str, str], patterns: list[str]
) -> Iterator[tuple[str, int | None]]:
    """Yield one module's verdicts; ``standing`` = the hashes of its functions now. What is gone has none."""
    for name, code in meta["exit_code_by_key"].items():
        function = function_of(name)
        if function in standing and (not patterns or any(fnmatch(name, p) for p in patterns)):
            yield name, code if meta["hash_by_function_name"].get(function) == standing[function] else None


def function_of(name: str) -> str:
    """Return mutmut's name of the function that a mutant stands in."""
    return name.partition("__mutmut_")[0].rpartition(".")[2]


def living(name: str) -> Mutant:
    """Return a mutant with the lines in which it differs."""
    lines = get_diff_for_mutant(name).splitlines()
    was = " ".join(at[1:].strip() for at in lines if at.startswith("-") and not at.startswith("---"))
    becomes = " ".join(at[1:].strip() for at in lines if at.startswith("+") and not at.startswith("+++"))
    return Mutant(name, was, becomes)


def told(floor: str, found: list[tuple[str, int | None]], known: list[Known]) -> bool:
    """Print one floor's figures and unexplained survivors; return whether it reaches the aim.

    What was not judged counts as living, and its functions are named.
    """
    mine = [(name, code) for name, code in found if name.startswith(floor)]
    if not mine:
        return True
    alive = [living(name) for name, code in mine if code is not None and code not in KILLED]
    explained = {m.name: k for m in alive for k in known if m.is_known(k)}
    equivalent = sum(k.equivalent for k in explained.values())
    waiting = Counter(name.partition("__mutmut_")[0] for name, code in mine if code is None)
    killed, able = sum(code in KILLED for _, code in mine), len(mine) - equivalent
    print(f"{floor}: {killed:,} of {able:,} killed = {killed / max(able, 1):.1%}", end="; ")
    print(f"{sum(code in LATE for _, code in mine)} of them by the time limit", end="; ")
    print(f"{equivalent} equivalent; {len(explained) - equivalent} left on purpose", end="; ")
    print(f"{len(alive) - len(explained)} unexplained; {waiting.total()} not judged")
    for function, mutants in sorted(waiting.items()):
        print(f"  not judged: {function} ({mutants})")
    for mutant in alive:
        if mutant.name not in explained:
            print(f"  {mutant.name}\n    - {mutant.was}\n    + {mutant.becomes}")
    return killed >= AIM * able


def run(patterns: list[str]) -> None:
    """Make and judge the mutants; a run that was stopped is gone on with."""
    plain = {k: v for k, v in os.environ.items() if k != "PYTHONPATH"}
    subprocess.run([sys.executable, "-m", "tests.mutants.judge", *patterns], env=plain, check=False)


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
