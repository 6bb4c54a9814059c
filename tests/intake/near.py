"""How often the text that tells the same event in another language stands first, without and with embeddings.

The pairs are those of the opened set: its ledger says which reports tell of which event. A report is asked
about against all reports in the two other languages.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from resource import RUSAGE_CHILDREN, getrusage
from time import process_time
from typing import Any, Final

import msgspec

from tansiq.base.errors import SetupError
from tansiq.gateways.embeddings import Embeddings
from tansiq.intake.draft import draft
from tansiq.intake.near import Embedder, Told, Vector, compared, head_of, near, told_by

OPENED: Final = Path(__file__).parent / "opened"


def texts(folder: Path = OPENED) -> dict[str, str]:
    """Return the reports of a set by name."""
    return {p.stem: p.read_text(encoding="utf8") for p in sorted((folder / "docs").glob("*.txt"))}


def events(folder: Path = OPENED) -> dict[str, set[str]]:
    """Return which events of the ledger each report tells of."""
    ledger: dict[str, Any] = msgspec.json.decode((folder / "ledger.json").read_bytes())
    found: dict[str, set[str]] = {}
    for event in ledger["events"]:
        for name in event["told_in"]:
            found.setdefault(name, set()).add(event["id"])
    return found


def told(held: dict[str, str], embedder: Embedder | None) -> dict[str, Told]:
    """Return what is compared of each text."""
    vectors = embedder.vectors([head_of(t) for t in held.values()]) if embedder else [None] * len(held)
    return {n: told_by(draft(t, name=n), v) for (n, t), v in zip(held.items(), vectors, strict=True)}


def among(held: dict[str, str], drafted: dict[str, Told]) -> Callable[[str], dict[str, Told]]:
    """Return what a report is asked against: those in other languages as records are read, with vectors."""

    def others(name: str) -> dict[str, Told]:
        read = compared(drafted[name], {n: t for n, t in held.items() if n[:2] != name[:2]})
        return {n: each._replace(vector=drafted[n].vector) for n, each in read.items()}

    return others


def figures(
    held: dict[str, Told], asked_of: Callable[[str], dict[str, Told]], same: dict[str, set[str]]
) -> dict[str, str]:
    """Return the figures of one column: each of ``held`` asked against what ``asked_of`` gives for it."""
    first = any_of_three = asked = shown = right = wanted = 0
    for name, one in held.items():
        others = asked_of(name)
        true = {n for n in others if same.get(n, set()) & same.get(name, set())}
        found = [n for n, _ in near(one, others, worded(others) if one.vector else None)]
        shown, right, wanted = shown + len(found), right + len(true & set(found)), wanted + len(true)
        if true:
            asked += 1
            first += bool(found) and found[0] in true
            any_of_three += bool(true & set(found[:3]))
    precision, recall = right / max(shown, 1), right / max(wanted, 1)
    return {
        "the first is true": _rate(first, asked),
        "one of the first three": _rate(any_of_three, asked),
        "of those shown, true": _rate(right, shown),
        "of the true, shown": _rate(right, wanted),
        "F1": f"{2 * precision * recall / max(precision + recall, 1e-9):.3f}",
    }


def worded(held: dict[str, Told]) -> Callable[[Sequence[str]], list[Vector]]:
    """Return what gives the vectors of some texts."""
    return lambda names: [v for n in names if (v := held[n].vector) is not None]


def _rate(part: int, whole: int) -> str:
    return f"{part / max(whole, 1):.3f} ({part} of {whole})"


def spent_s() -> float:
    """Return the processor time of this process and of the children that have ended."""
    ended = getrusage(RUSAGE_CHILDREN)
    return process_time() + ended.ru_utime + ended.ru_stime


def columns(held: dict[str, str]) -> dict[str, dict[str, str]]:
    """Return the figures without and, where they can run, with embeddings."""
    same, drafted = events(), told(held, None)
    found = {"without": figures(drafted, among(held, drafted), same)}
    try:
        embedder = Embeddings()
    except SetupError as fault:
        print(f"embeddings: left out ({fault.code}: {fault})")
        return found
    began = spent_s()
    with_vectors = told(held, embedder)
    embedder.close()
    took = spent_s() - began
    speed = {"documents/s, draft and vector": f"{len(held) / took:.1f}"}
    return found | {"with embeddings": figures(with_vectors, among(held, with_vectors), same) | speed}


def table(shown: dict[str, dict[str, str]]) -> Sequence[str]:
    """Return the columns as lines."""
    names = list(dict.fromkeys(k for each in shown.values() for k in each))
    head = f"{'texts that tell the same':30}" + "".join(f"{n:>26}" for n in shown)
    return [head, *(f"{k:30}" + "".join(f"{c.get(k, '–'):>26}" for c in shown.values()) for k in names)]


def main() -> int:
    """Print the columns."""
    print("\n".join(table(columns(texts()))))
    return 0


if __name__ == "__main__":
    sys.exit(main())
