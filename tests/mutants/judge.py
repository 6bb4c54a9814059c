"""Judges mutants that mutmut made: the tests are collected once, and each mutant is a fork of that.

mutmut would start pytest anew for each mutant, and most of them die in the first milliseconds. Its mutants,
its trampolines and its files of verdicts are used as they are. A run is its own process: the mutated tree
takes the place of the program.

1. A mutant's tests are those that call its function: its module's own first (``test_keys*`` of ``keys``),
   then the quickest; the first failure is its death. Of a function that nobody was seen to call yet, those
   that call its module.
2. Without patterns those are judged that have no verdict as their function now stands, or that live without
   a reason; with patterns all that match.
3. ``SLOWEST_S`` in the environment leaves out tests that took longer when they were watched: a mutant that
   only those kill is then taken for living, never the other way round.
"""

from __future__ import annotations

import gc
import os
import resource
import shutil
import sys
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from fnmatch import fnmatch
from functools import partial
from hashlib import sha256
from pathlib import Path
from time import process_time
from typing import Final, TypeVar

import msgspec
import mutmut.mutation.trampoline as trampoline
import pytest
from mutmut.__main__ import create_mutants
from mutmut.mutation.data import SourceFileMutationData

from tests.mutants.__main__ import known_survivors, living

RESULTS: Final = Path("mutants")
TESTS: Final = ("tests/policy", "tests/seal")
NO_TESTS: Final = 33
DOUBTFUL: Final = 35
"""The judge failed, and not a test."""
K = TypeVar("K")
_MEMORY_BYTES: Final = 6 << 30
_ENOUGH: Final = 10
"""A mutant may take so many times what its tests took of the processor, and five seconds."""


class Ran(msgspec.Struct, frozen=True):
    """A test: how long it took, and the functions that it called, by their mangled names."""

    took_s: float
    called: tuple[str, ...]


class _Callers:
    """The tests that call a function, or else its module."""

    def __init__(self, items: Iterable[pytest.Item], ran: Mapping[str, Ran]) -> None:
        self._of_function: dict[str, dict[pytest.Item, None]] = defaultdict(dict)
        self._of_module: dict[str, dict[pytest.Item, None]] = defaultdict(dict)
        for item in items:
            for function in ran[item.nodeid].called:
                self._of_function[function][item] = None
                self._of_module[function.rpartition(".")[0]][item] = None

    def of(self, mutant: str) -> list[pytest.Item]:
        """Return a mutant's tests, its module's own before the others, else in the order given."""
        function = mutant.partition("__mutmut_")[0]
        module = function.rpartition(".")[0]
        own = f"test_{module.rpartition('.')[2]}"
        found = self._of_function.get(function) or self._of_module[module]
        return sorted(found, key=lambda i: not i.path.stem.startswith(own))


class Judge:
    """A plugin of pytest that runs mutants in place of the tests."""

    def __init__(self, patterns: Sequence[str], children: int) -> None:
        self._patterns = patterns
        self._children = children
        self._failed = False
        self._known_alive = known_survivors()

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """Note a failure."""
        self._failed |= report.failed

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtestloop(self, session: pytest.Session) -> bool:
        """Judge what there is to judge."""
        import tansiq  # noqa: PLC0415 - only now does the mutated tree stand before the program

        if (RESULTS / "src").resolve() not in Path(str(tansiq.__file__)).resolve().parents:
            raise pytest.UsageError("the program was taken from elsewhere than the mutated tree")
        gc.freeze()
        ran = self._known(session.items)
        slowest_s = float(os.environ.get("SLOWEST_S", "inf"))
        quick = (i for i in session.items if ran[i.nodeid].took_s <= slowest_s)
        tests = _Callers(sorted(quick, key=lambda i: ran[i.nodeid].took_s), ran)
        found = {path: _verdicts(path) for path in sorted(RESULTS.glob("src/**/*.meta"))}
        wanted = [(name, data) for data in found.values() for name in self._wanted(data)]
        self._all(wanted, tests, ran)
        return True

    def _wanted(self, data: SourceFileMutationData) -> Iterable[str]:
        for name, code in data.exit_code_by_key.items():
            asked = any(fnmatch(name, p) for p in self._patterns)
            open_still = code in (None, NO_TESTS, DOUBTFUL) or self._unexplained(name, code)
            if asked if self._patterns else open_still:
                yield name

    def _unexplained(self, name: str, code: int | None) -> bool:
        return code == 0 and not any(living(name).is_known(k) for k in self._known_alive)

    def _all(
        self,
        wanted: list[tuple[str, SourceFileMutationData]],
        tests: _Callers,
        ran: dict[str, Ran],
    ) -> None:
        cost_s = {name: sum(ran[i.nodeid].took_s for i in tests.of(name)) for name, _ in wanted}
        of = dict(wanted)
        for name in (n for n in cost_s if not tests.of(n)):
            of.pop(name).exit_code_by_key[name] = NO_TESTS
        waiting = ((n, self._trial(n, tests.of(n), cost_s[n])) for n in sorted(of, key=cost_s.__getitem__))
        for done, (name, code) in enumerate(self._pooled(waiting), start=1):
            of[name].exit_code_by_key[name] = code
            if done % 25 == 0:
                _kept(wanted)
                print(f"{done} of {len(of)} judged", file=sys.stderr, flush=True)
        _kept(wanted)

    def _trial(self, name: str, items: list[pytest.Item], cost_s: float) -> Callable[[], int]:
        def run() -> int:
            trampoline.set_mutant_under_test(name)
            limit_s = int(process_time() + 5 + _ENOUGH * cost_s)
            resource.setrlimit(resource.RLIMIT_CPU, (limit_s, limit_s + 2))
            resource.setrlimit(resource.RLIMIT_AS, (_MEMORY_BYTES, _MEMORY_BYTES))
            for item in items:
                vars(item)["repr_failure"] = lambda excinfo: ""  # noqa: ARG005 - nobody reads how it failed
            return int(any(self._fails(item) for item in items))

        return run

    def _fails(self, item: pytest.Item) -> bool:
        self._failed = False
        item.config.hook.pytest_runtest_protocol(item=item, nextitem=None)
        return self._failed

    def _pooled(self, acts: Iterable[tuple[K, Callable[[], int]]]) -> Iterator[tuple[K, int]]:
        """Run acts in children, so many at a time; yield each with its exit code as it ends."""
        running: dict[int, K] = {}

        def ended() -> tuple[K, int]:
            pid, status = os.wait()
            return running.pop(pid), os.waitstatus_to_exitcode(status)

        for key, act in acts:
            if len(running) == self._children:
                yield ended()
            running[_fork(act)] = key
        while running:
            yield ended()

    def _known(self, items: list[pytest.Item]) -> dict[str, Ran]:
        """Return what each test calls; what was seen of a file before counts while nothing has changed."""
        files: dict[Path, list[pytest.Item]] = defaultdict(list)
        for item in items:
            files[item.path].append(item)
        kept = {path: RESULTS / "called" / f"{_stamp(path)}.json" for path in files}
        new = ((p, partial(self._watched, files[p], at)) for p, at in kept.items() if not at.exists())
        broken = [str(path) for path, code in self._pooled(new) if code]
        if broken:
            raise pytest.UsageError(f"tests fail without any mutant: {', '.join(broken)}")
        ran: dict[str, Ran] = {}
        for at in kept.values():
            ran |= msgspec.json.decode(at.read_bytes(), type=dict[str, Ran])
        return ran

    def _watched(self, items: list[pytest.Item], out: Path) -> int:
        hits: set[str] = set()
        vars(trampoline)["record_trampoline_hit"] = lambda name, caller: hits.add(name)  # noqa: ARG005
        trampoline.set_mutant_under_test("stats")
        seen: dict[str, Ran] = {}
        for item in items:
            hits.clear()
            begun = process_time()
            if self._fails(item):
                return 1
            seen[item.nodeid] = Ran(process_time() - begun, tuple(sorted(hits)))
        out.parent.mkdir(exist_ok=True)
        out.write_bytes(msgspec.json.encode(seen))
        return 0


def _fork(act: Callable[[], int]) -> int:
    """Run an act in a child that is heard of by its exit code alone."""
    pid = os.fork()
    if pid == 0:
        try:
            quiet = os.open(os.devnull, os.O_WRONLY)
            os.dup2(quiet, 1)
            os.dup2(quiet, 2)
            os._exit(act())
        finally:
            os._exit(DOUBTFUL)
    return pid


def _verdicts(meta: Path) -> SourceFileMutationData:
    data = SourceFileMutationData(path=meta.relative_to(RESULTS).with_suffix(""))
    data.load()
    return data


def _kept(wanted: Iterable[tuple[str, SourceFileMutationData]]) -> None:
    for data in {id(d): d for _, d in wanted}.values():
        data.save()


def _stamp(test: Path) -> str:
    """What a test's calls hang on: its file and what tests share. The program may change: see rule 1."""
    digest = sha256(test.read_bytes())
    for path in sorted([*Path("tests").glob("*.py"), *test.parent.glob("[!t]*.py")]):
        digest.update(path.read_bytes())
    return f"{test.stem}-{digest.hexdigest()[:12]}"


def made() -> None:
    """Let mutmut make the mutants of what changed."""
    trampoline.set_mutant_under_test("mutant_generation")
    beside = shutil.ignore_patterns("*.py", "__pycache__")
    shutil.copytree("src", RESULTS / "src", ignore=beside, dirs_exist_ok=True)
    out, sys.stdout = sys.stdout, open(os.devnull, "w")  # noqa: SIM115
    try:
        create_mutants(2)
    finally:
        sys.stdout = out
    trampoline.set_mutant_under_test("")


def main() -> int:
    """Make the mutants and judge them. Arguments: patterns, and tests (``tests/…``) to judge by alone."""
    made()
    tests = [a for a in sys.argv[1:] if a.startswith("tests/")]
    patterns = [a for a in sys.argv[1:] if a not in tests]
    judge = Judge(patterns, int(os.environ.get("JOBS", "2")))
    given = ["-q", "-s", "-o", f"pythonpath={RESULTS}/src .", "-p", "no:cacheprovider", "-p", "no:xdist"]
    given += [part for plugin in ("faker", "anyio", "schemathesis") for part in ("-p", f"no:{plugin}")]
    given += ["-o", "timeout=900", "--tb=native", "--hypothesis-profile=mutants"]
    return int(pytest.main([*given, *(tests or TESTS)], plugins=[judge]))


if __name__ == "__main__":
    sys.exit(main())
